/**
 * One row of an export as the amounts that it adds to a day, by its layout. Everything is read before anything is
 * booked, so that a row is taken whole or not at all; what is wrong is said by its column, never by its content.
 */
import { parseBusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import { readAmount, readProduct } from "./amount";
import { headingOf, type DateOrder, type Field, type Layout } from "./layout";
import { remembering } from "./remembering";
import { idOf, labelOf, tenderOf, type TenderName } from "./tender-words";
import { readWhen, type When } from "./when";

/** What one row adds. Signed minor units: negative is what came back, was reversed, refunded or given back. */
export type SaleLine = {
  readonly when: When;
  readonly zoneName: string;
  readonly place: string;
  readonly order: string;
  readonly category: { readonly id: string; readonly label: string };
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly tipMinor: number;
  readonly serviceMinor: number;
  readonly giftSoldMinor: number;
  /** Not negative: refunds that name no goods. */
  readonly refundedMinor: number;
  readonly tenders: readonly (TenderName & { readonly minor: number })[];
  /** Whether what was sold on this row came back the same day. */
  readonly cameBack: boolean;
};

/** `skipped`: a row that does not count by the till's own word, such as a payment that failed. */
export type ReadLine = { readonly line: SaleLine } | { readonly skipped: true } | { readonly wrong: string };

/** Goods without a category. */
export const UNCATEGORIZED = { id: "uncategorized", label: "Uncategorized" } as const;

const YES: ReadonlySet<string> = new Set(["true", "yes", "y", "1", "x", "refund", "refunded", "return", "returned", "exchange"]);

type Amounts = Pick<SaleLine, "grossMinor" | "discountMinor" | "taxMinor" | "tipMinor" | "serviceMinor" | "giftSoldMinor" | "refundedMinor">;

/** Thrown inside a row and caught around it: a cell that is no amount. */
class WrongCell extends Error {
  constructor(readonly reason: string) {
    super("a cell cannot be read");
  }
}

function categoryNamed(cell: string): SaleLine["category"] {
  const label = labelOf(cell);
  return label === "" || label.toLowerCase() === "none" ? UNCATEGORIZED : { id: idOf(label), label };
}

/** Reads the rows of one file. Columns are looked up once. */
export class LineReader {
  private readonly at: ReadonlyMap<string, number>;
  private readonly fields: Partial<Record<Field, number>> = {};
  private readonly dateOf = remembering(parseBusinessDate);
  private readonly categoryOf = remembering(categoryNamed);
  private readonly placeOf = remembering(labelOf);
  private readonly tenderOf = remembering(tenderOf);

  constructor(private readonly layout: Layout, private readonly dates: DateOrder, private readonly currency: Currency, headings: readonly string[]) {
    this.at = new Map(headings.map((heading, index) => [headingOf(heading), index] as const).toReversed());
    for (const [field, heading] of Object.entries(layout.columns)) {
      const index = this.at.get(heading);
      if (index !== undefined) this.fields[field as Field] = index;
    }
  }

  /** Reads one row. */
  read(record: readonly string[]): ReadLine {
    if (!this.counts(record)) return { skipped: true };
    const when = readWhen(this.text(record, "date"), this.text(record, "time"), this.dates, this.dateOf);
    if (when === null) return { wrong: "The date or time cannot be read." };
    try {
      const amounts = this.amounts(record);
      return { line: { when, ...this.names(record), ...amounts, tenders: this.tenders(record, amounts), cameBack: this.says(record, "refund") && this.layout.refundMeans === "came_back" } };
    } catch (error) {
      if (error instanceof WrongCell) return { wrong: error.reason };
      throw error;
    }
  }

  private counts(record: readonly string[]): boolean {
    const { counted } = this.layout;
    return counted.length === 0 || this.fields.state === undefined || counted.includes(this.text(record, "state").trim().toLowerCase());
  }

  private names(record: readonly string[]): Pick<SaleLine, "zoneName" | "place" | "order" | "category"> {
    return {
      zoneName: this.text(record, "zone").trim(), place: this.placeOf(this.text(record, "place")), order: this.text(record, "order"),
      category: this.categoryOf(this.text(record, "category")),
    };
  }

  private amounts(record: readonly string[]): Amounts {
    const isRefund = this.says(record, "refund") && this.layout.refundMeans === "is_refund";
    const turned = (minor: number) => (isRefund ? -Math.abs(minor) : minor);
    const [tax, tip, service, giftSold] = (["tax", "tip", "service", "gift_sold"] as const).map((field) => turned(this.amount(record, field))) as [number, number, number, number];
    const gross = turned(this.gross(record, { tax: Math.abs(tax), tip: Math.abs(tip), service: Math.abs(service) }));
    const discount = Math.abs(this.fields.net === undefined ? this.amount(record, "discount") : this.amount(record, "gross") - this.amount(record, "net"));
    const plain = {
      grossMinor: gross, discountMinor: gross < 0 || (gross === 0 && isRefund) ? -discount : discount, taxMinor: tax, tipMinor: tip,
      serviceMinor: service, giftSoldMinor: giftSold, refundedMinor: Math.abs(this.amount(record, "refund_amount")),
    };
    if (this.says(record, "is_service")) return { ...plain, grossMinor: 0, serviceMinor: service + gross };
    return /gift card/i.test(this.text(record, "kind")) ? { ...plain, grossMinor: 0, giftSoldMinor: giftSold + gross } : plain;
  }

  /** What the goods were worth; where no column says it, what was paid less all that was paid for something else. */
  private gross(record: readonly string[], { tax, tip, service }: { readonly tax: number; readonly tip: number; readonly service: number }): number {
    if (this.fields.gross !== undefined) return this.amount(record, "gross");
    if (this.fields.price !== undefined) {
      const quantity = this.fields.quantity === undefined ? "1" : this.text(record, "quantity");
      const product = readProduct(quantity, this.text(record, "price"), this.currency, this.layout.decimals);
      if (product === null) throw new WrongCell("The price or the quantity is no figure.");
      return product;
    }
    const paid = this.amount(record, "amount");
    const other = tax + service + (this.layout.tipInAmount ? tip : 0) - Math.abs(this.amount(record, "discount"));
    return paid < 0 ? paid + other : paid - other;
  }

  private tenders(record: readonly string[], amounts: Amounts): SaleLine["tenders"] {
    if (this.layout.part === "goods") return [];
    if (this.layout.tenderColumns.length > 0) return this.columnTenders(record);
    const { grossMinor, discountMinor, taxMinor, tipMinor, serviceMinor, giftSoldMinor, refundedMinor } = amounts;
    const owed = grossMinor - discountMinor + taxMinor + tipMinor + serviceMinor + giftSoldMinor;
    const isSaid = this.fields.amount !== undefined;
    const said = this.amount(record, "amount") + (this.layout.tipInAmount ? 0 : tipMinor);
    const paid = isSaid ? (owed < 0 ? -Math.abs(said) : said) : owed;
    const name = this.tenderOf(this.fields.tender === undefined ? this.layout.tender ?? "" : this.text(record, "tender"));
    return refundedMinor === 0 ? [{ ...name, minor: paid }] : [{ ...name, minor: paid }, { ...name, minor: -refundedMinor }];
  }

  /** A tender that is part of another one's column is dropped: the line's own total tells which of the two it is. */
  private columnTenders(record: readonly string[]): SaleLine["tenders"] {
    const all = this.layout.tenderColumns.map(({ column, kind, label, named }) => {
      const minor = this.amountAt(record, this.at.get(column), column);
      const word = named === undefined || minor === 0 ? "" : labelOf(record[this.at.get(named) ?? -1] ?? "");
      return { ...(word === "" ? { kind, id: kind === "wallet" ? idOf(label) : "", label } : this.tenderOf(word)), minor };
    });
    const tenders = all.filter(({ minor }) => minor !== 0);
    if (this.layout.total === null) return tenders;
    const total = this.amountAt(record, this.at.get(this.layout.total), this.layout.total);
    const sumOf = (some: typeof tenders) => some.reduce((sum, { minor }) => sum + minor, 0);
    if (sumOf(tenders) === total) return tenders;
    const withoutWallets = tenders.filter(({ kind }) => kind !== "wallet");
    if (sumOf(withoutWallets) === total) return withoutWallets;
    throw new WrongCell(`The tenders of this line do not add up to its "${this.layout.total}".`);
  }

  private says(record: readonly string[], field: Field): boolean {
    return YES.has(this.text(record, field).trim().toLowerCase());
  }

  private text(record: readonly string[], field: Field): string {
    const index = this.fields[field];
    return index === undefined ? "" : (record[index] ?? "");
  }

  private amount(record: readonly string[], field: Field): number {
    return this.amountAt(record, this.fields[field], this.layout.columns[field] ?? field);
  }

  private amountAt(record: readonly string[], index: number | undefined, heading: string): number {
    if (index === undefined) return 0;
    const minor = readAmount((record[index] ?? "").trim(), this.currency, this.layout.decimals);
    if (minor === null) throw new WrongCell(`What stands under "${heading}" is no amount.`);
    return minor;
  }
}
