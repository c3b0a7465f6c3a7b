/** The two export files of a market stall's till, in the headings that Square's dashboard writes, made by a seed. */
import { randomOf } from "../providers/square/simulator-random";
import type { BusinessDate } from "../kernel/day";

const ITEMS = "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location";
const TRANSACTIONS = "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Fees,Net Total,Transaction ID,Payment ID,Event Type,Location,Transaction Status";
const ZONE = "Eastern Time (US & Canada)";

const SHELF = [
  { category: "Noodles", item: "Dan dan noodles", minor: 1_200 }, { category: "Noodles", item: "Cold sesame noodles", minor: 1_050 },
  { category: "Dumplings", item: "Six dumplings", minor: 900 }, { category: "Drinks", item: "Plum soda", minor: 450 },
] as const;
const SALES_A_NIGHT = 34;
/** 8.875 %, rounded for each sale. */
const TAX_PER_100_000 = 8_875;

type Sale = {
  readonly id: string; readonly date: BusinessDate; readonly time: string; readonly shelf: (typeof SHELF)[number];
  readonly grossMinor: number; readonly quantity: number; readonly taxMinor: number; readonly tipMinor: number; readonly isCash: boolean;
};

/** What was sold on these dates: the "Items detail" export. */
export function itemsFile(dates: readonly BusinessDate[]): string {
  return sheet(ITEMS, dates.flatMap(salesOn).map((sale) => ({
    ...stampOf(sale), Category: sale.shelf.category, Item: sale.shelf.item, Qty: String(sale.quantity), "Gross Sales": dollars(sale.grossMinor),
    Discounts: dollars(0), "Net Sales": dollars(sale.grossMinor), Tax: dollars(sale.taxMinor),
  })));
}

/** How it was paid: the "Transactions" export. */
export function transactionsFile(dates: readonly BusinessDate[]): string {
  return sheet(TRANSACTIONS, dates.flatMap(salesOn).map((sale) => {
    const totalMinor = sale.grossMinor + sale.taxMinor + sale.tipMinor;
    return {
      ...stampOf(sale), "Gross Sales": dollars(sale.grossMinor), Discounts: dollars(0), "Net Sales": dollars(sale.grossMinor), "Gift Card Sales": dollars(0),
      Tax: dollars(sale.taxMinor), Tip: dollars(sale.tipMinor), "Partial Refunds": dollars(0), "Total Collected": dollars(totalMinor),
      Card: dollars(sale.isCash ? 0 : totalMinor), Cash: dollars(sale.isCash ? totalMinor : 0), "Square Gift Card": dollars(0), "Other Tender": dollars(0),
      "Transaction Status": "Complete",
    };
  }));
}

function salesOn(date: BusinessDate): Sale[] {
  const random = randomOf(`night-market|${date}`);
  return Array.from({ length: SALES_A_NIGHT }, (_, index) => {
    const shelf = SHELF[Math.floor(random.next() * SHELF.length)] ?? SHELF[0];
    const quantity = 1 + Math.floor(random.next() * 3);
    const grossMinor = shelf.minor * quantity;
    const isCash = random.next() < 0.4;
    return {
      id: `NM${date.replaceAll("-", "")}${String(index).padStart(3, "0")}`, date, shelf, quantity, grossMinor, isCash,
      time: `${17 + Math.floor(index / 7)}:${String((index % 7) * 8).padStart(2, "0")}:00`,
      taxMinor: Math.round((grossMinor * TAX_PER_100_000) / 100_000), tipMinor: isCash || random.next() < 0.6 ? 0 : 200,
    };
  });
}

function stampOf({ id, date, time }: Sale): Record<string, string> {
  return { Date: date, Time: time, "Time Zone": ZONE, "Transaction ID": id, "Payment ID": `${id}P`, "Event Type": "Payment", Location: "Night Market" };
}

/** Nothing in these cells holds a comma or a quote. */
function sheet(headings: string, rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = headings.split(",");
  return [headings, ...rows.map((row) => columns.map((column) => row[column] ?? "").join(","))].join("\n");
}

function dollars(minor: number): string {
  return `$${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
}
