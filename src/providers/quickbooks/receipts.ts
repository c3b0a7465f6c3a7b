/**
 * A day as a sales receipt, for merchants whose reports and sales-tax filing start from QuickBooks' sales forms. Every
 * line of the entry is a line of the receipt through an item of its account: credits positive, debits negative, so that
 * takings take off what sales put on and the receipt comes to nothing (the "zero receipt" of daily sales by hand). What
 * goes to the company's own sales-tax account stands as the receipt's tax, which is where the Sales Tax Center looks.
 */
import type { BusinessDate } from "../../kernel/day";
import { parseBusinessDate } from "../../kernel/day";
import { fromDecimal, sum, toDecimal } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import type { EntryLine, Tag } from "../../ledger/entry";
import type { Access, BookedEntry, EntryOrder } from "../contract";
import { create, lost, read } from "./client";
import { homeCurrency } from "./company";
import { toReferences, toTags } from "./dimensions";
import { explain } from "./explain";
import { itemsFor } from "./items";
import { equals } from "./query";
import { accountPageSchema, deletedReceiptSchema, receiptAnswerSchema, receiptPageSchema, type WireReceipt } from "./wire";

const provider = "quickbooks";

/** Creates once per `requestId`, like an entry. `invalid_input` for a day that no sales receipt can hold, in words. */
export async function createReceipt(access: Access, order: EntryOrder): Promise<Result<BookedEntry>> {
  const taxAccount = await salesTaxAccount(access);
  if (!taxAccount.ok) return taxAccount;
  const form = formOf(order, taxAccount.value);
  if (!form.ok) return form;
  const items = await itemsFor(access, form.value.lines.map(({ account }) => account));
  if (!items.ok) return items;
  const { documentNumber, requestId } = order;
  const body = bodyOf(order, form.value, items.value);
  const answer = await create(access, { path: "salesreceipt", query: { requestid: requestId }, body, documentNumber }, receiptAnswerSchema);
  if (!answer.ok) return failed(await explain(access, order, answer.failure));
  const booked = await translate(access, answer.value.SalesReceipt, taxAccount.value);
  return booked.ok ? booked : lost("a sales receipt was created, and its answer could not be read");
}

/** The receipt with that number and date, or null; numbers are compared exactly. */
export async function findReceipt(access: Access, documentNumber: string, date: BusinessDate): Promise<Result<BookedEntry | null>> {
  const query = `select * from SalesReceipt where ${equals("DocNumber", documentNumber)} and ${equals("TxnDate", date)} startposition 1 maxresults 100`;
  const answer = await read(access, "query", { query }, receiptPageSchema);
  if (!answer.ok) return answer;
  const [first, ...more] = answer.value.QueryResponse.SalesReceipt.filter((receipt) => receipt.DocNumber === documentNumber);
  if (more.length > 0) return failed({ kind: "duplicate_number", documentNumber });
  return first === undefined ? ok(null) : await readBack(access, first);
}

/** Reads a receipt back by its id; `not_found` when a person deleted it. */
export async function readReceipt(access: Access, id: string): Promise<Result<BookedEntry>> {
  if (!/^\d{1,20}$/.test(id)) return failed({ kind: "not_found" });
  const answer = await read(access, `salesreceipt/${id}`, {}, deletedReceiptSchema.or(receiptAnswerSchema));
  if (!answer.ok) return answer;
  const receipt = answer.value.SalesReceipt;
  return "status" in receipt ? failed({ kind: "not_found" }) : await readBack(access, receipt);
}

async function readBack(access: Access, receipt: WireReceipt): Promise<Result<BookedEntry>> {
  const taxAccount = await salesTaxAccount(access);
  return taxAccount.ok ? await translate(access, receipt, taxAccount.value) : taxAccount;
}

/** The account that QuickBooks itself keeps sales tax on; null where it keeps none, or several and so says nothing. */
async function salesTaxAccount(access: Access): Promise<Result<string | null>> {
  const query = "select * from Account where AccountSubType in ('SalesTaxPayable', 'GlobalTaxPayable') startposition 1 maxresults 10";
  const answer = await read(access, "query", { query }, accountPageSchema);
  if (!answer.ok) return answer;
  const [only, ...others] = answer.value.QueryResponse.Account;
  return ok(only !== undefined && others.length === 0 ? only.Id : null);
}

type Form = { readonly lines: readonly EntryLine[]; readonly taxMinor: number; readonly location: Tag | null };

function formOf({ entry }: EntryOrder, taxAccount: string | null): Result<Form> {
  const taxMinor = sum(entry.lines.filter(({ account }) => account.id === taxAccount).map(creditOf));
  const lines = entry.lines.filter(({ account }) => account.id !== taxAccount);
  if (taxMinor < 0) return refused("It gives back more sales tax than it took, and a sales receipt cannot hold negative tax. Post it as a journal entry.");
  if (lines.length === 0) return refused("It holds nothing but sales tax, which a sales receipt cannot. Post it as a journal entry.");
  const locations = lines.map(({ tags }) => tags?.find(({ dimension }) => dimension === "location") ?? null);
  const [location = null] = locations;
  // A receipt has one location for all its lines (Intuit, SalesReceipt.DepartmentRef).
  const isOne = locations.every((one) => one?.option === location?.option);
  return isOne ? ok({ lines, taxMinor, location }) : refused("Its lines carry different locations, and a sales receipt has one. Give them one location in the mapping, or post journal entries.");
}

function refused(why: string): Result<never> {
  return failed({ kind: "invalid_input", message: `This day cannot be a sales receipt. ${why}`, fields: [] });
}

function creditOf({ side, minor }: EntryLine): number {
  return side === "credit" ? minor : -minor;
}

/** JSON by hand around the amounts only, as for entries: what is written is the decimal itself. */
function bodyOf({ entry, date, documentNumber, memo }: EntryOrder, { lines, taxMinor, location }: Form, items: ReadonlyMap<string, string>): string {
  const decimal = (minor: number) => toDecimal(minor, entry.currency);
  const head = JSON.stringify({
    TxnDate: date, DocNumber: documentNumber, PrivateNote: memo, CurrencyRef: { value: entry.currency },
    ...toReferences(location === null ? [] : [location]),
  });
  const wire = lines.map((line) => {
    const amount = decimal(creditOf(line));
    const detail = JSON.stringify({
      ItemRef: { value: items.get(line.account.id) ?? "" }, Qty: 1, TaxCodeRef: { value: isTaxed(line, taxMinor) ? "TAX" : "NON" },
      ...toReferences(line.tags?.filter(({ dimension }) => dimension !== "location")),
    });
    const rest = JSON.stringify({ Description: line.description, DetailType: "SalesItemLineDetail" });
    return `{"Amount":${amount},${rest.slice(1, -1)},"SalesItemLineDetail":{"UnitPrice":${amount},${detail.slice(1)}}`;
  });
  const tax = taxMinor === 0 ? "" : `,"TxnTaxDetail":{"TotalTax":${decimal(taxMinor)}}`;
  return `${head.slice(0, -1)},"Line":[${wire.join(",")}]${tax}}`;
}

/** What the tax was taken on: goods, and what lessened them. */
function isTaxed({ key }: EntryLine, taxMinor: number): boolean {
  return taxMinor !== 0 && /^(?:sales:|return:|discount$|comp$)/.test(key);
}

async function translate(access: Access, wire: WireReceipt, taxAccount: string | null): Promise<Result<BookedEntry>> {
  const currency = wire.CurrencyRef === undefined ? await homeCurrency(access) : ok(wire.CurrencyRef.value);
  if (!currency.ok) return currency;
  const date = parseBusinessDate(wire.TxnDate);
  if (date === null) return unreadable("a sales receipt without a date");
  const lines: BookedEntry["lines"][number][] = [];
  for (const { Amount, SalesItemLineDetail: detail } of wire.Line) {
    if (detail === undefined) continue; // the subtotal, or a remark
    const minor = fromDecimal(Amount ?? "", currency.value);
    if (minor === null || detail.ItemAccountRef === undefined) return unreadable("a line of a sales receipt without an amount or an account");
    lines.push({ accountId: detail.ItemAccountRef.value, ...sideOf(minor), tags: toTags({ ClassRef: detail.ClassRef, DepartmentRef: wire.DepartmentRef }) });
  }
  const taxMinor = fromDecimal(wire.TxnTaxDetail?.TotalTax ?? 0, currency.value);
  if (taxMinor === null) return unreadable("tax that is no amount of its currency");
  if (taxAccount !== null || taxMinor !== 0) lines.push({ accountId: taxAccount ?? "sales tax", ...sideOf(taxMinor), isSum: true });
  return ok({ id: wire.Id, documentNumber: wire.DocNumber, date, currency: currency.value, lines });
}

function sideOf(creditMinor: number): Pick<BookedEntry["lines"][number], "side" | "minor"> {
  return { side: creditMinor < 0 ? "debit" : "credit", minor: Math.abs(creditMinor) };
}

function unreadable(detail: string): Result<never> {
  return failed({ kind: "provider_unreadable", provider, detail });
}
