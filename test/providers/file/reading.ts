/** Files as the tests write them, and what they fold to. */
import type { BusinessDate, CutOff } from "../../../src/kernel/day";
import type { Result } from "../../../src/kernel/result";
import type { SalesDay } from "../../../src/ledger/sales-day";
import { foldFile, recognise, type FileReading, type FoldOrder, type Layout } from "../../../src/providers/file/index";

export type Options = {
  readonly zone?: string; readonly cutOffs?: readonly CutOff[]; readonly layout?: Layout; readonly currency?: string;
  readonly dates?: "mdy" | "dmy"; readonly places?: Readonly<Record<string, string>>; readonly chunk?: number;
};

const MIDNIGHT: readonly CutOff[] = [{ from: "2009-01-01" as BusinessDate, minutes: 0 }];

/** Text or bytes in chunks of a given size. */
export function bodyOf(content: string | Uint8Array, size = 1_000): ReadableStream<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
}

export function orderOf(options: Options = {}): FoldOrder {
  const schedule = { zone: options.zone ?? "America/New_York", cutOffs: options.cutOffs ?? MIDNIGHT };
  return {
    layoutOf: (headings) => options.layout ?? recognise(headings),
    placeOf: (name) => {
      const id = options.places === undefined ? "here" : options.places[name];
      return id === undefined ? null : { id, schedule };
    },
    currency: options.currency ?? "USD", dates: options.dates ?? null,
    range: { first: "2009-01-01" as BusinessDate, last: "2030-01-01" as BusinessDate },
  };
}

export async function reading(content: string | Uint8Array, options: Options = {}): Promise<Result<FileReading>> {
  return await foldFile(bodyOf(content, options.chunk), orderOf(options));
}

/** A file that was taken whole or in part; anything else fails the test. */
export async function folded(content: string | Uint8Array, options: Options = {}): Promise<Extract<FileReading, { kind: "folded" }>> {
  const read = await reading(content, options);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  if (read.value.kind !== "folded") throw new Error(JSON.stringify(read.value));
  return read.value;
}

/** The only day of a file. */
export async function onlyDay(content: string | Uint8Array, options: Options = {}): Promise<SalesDay> {
  const { days, bad } = await folded(content, options);
  const [first] = days;
  if (first === undefined || days.length > 1) throw new Error(`${days.length} days, ${JSON.stringify(bad)}`);
  return first.day;
}

export const ITEMS_2026 = "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix";
export const ITEMS_2018 = "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID";
export const ITEMS_2024 = "Date,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Product Sales,Discounts,Net Sales,Tax,Gross Sales,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Itemization Type,Fulfillment Note,Channel";
export const TRANSACTIONS_2026 = "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,Transaction Status,Cash App,Order Reference ID,Fulfillment Note,Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee";
export const TRANSACTIONS_2018 = "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Other Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname";
export const CLOVER_PAYMENTS = "Payment Date,Payment ID,External Payment ID,Invoice Number,Card Auth Code,Transaction #,Note,Tender,Card Brand,Card Number,Card Entry Type,Currency,Amount,Tax Amount,Tip Amount,Service Charge Amount,Customer Name,Payment Employee ID,Payment Employee Name,Payment Employee Custom ID,Order ID,Order Date,Order Employee ID,Order Employee Name,Order Employee Custom ID,Result,Device,# Refunds,Refund Amount,Custom Fields";
export const CLOVER_ITEMS = "Line Item Date,Order Employee ID,Order Employee Name,Order Employee Custom ID,Item ID,Item Product Code,Item SKU,Order ID,Item Name,Currency,Per Unit Quantity,Item Unit,Item Revenue,Modifiers,Modifiers Revenue,Total Revenue,Discounts,Total Discount,Order Discounts,Order Discount Proportion,Item Total,Item Tax Rate,Item Fee,Tax Amount,Item Total with Tax/Fee Amount,Refunded,Exchanged,Order Payment State,Service Charge";

/** A row of a file whose named cells are given; all others are empty. */
export function row(header: string, cells: Readonly<Record<string, string>>): string {
  const headings = header.split(",");
  const unknown = Object.keys(cells).find((name) => !headings.includes(name));
  if (unknown !== undefined) throw new Error(`the header has no ${unknown}`);
  return headings.map((heading) => quoted(cells[heading] ?? "")).join(",");
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function sheet(header: string, rows: readonly Readonly<Record<string, string>>[], end = "\n"): string {
  return [header, ...rows.map((cells) => row(header, cells))].join(end) + end;
}
