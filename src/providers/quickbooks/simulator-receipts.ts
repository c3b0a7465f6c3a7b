/** Service items and sales receipts in the simulated books, checked as QuickBooks Online checks them (Intuit, Item and SalesReceipt). */
import { fromDecimal } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import type { Writing } from "./simulator-journal";
import { keepRecord } from "./simulator-records";
import {
  madeInactive, missingLines, nameTaken, negativeTotal, required, unknownReference, unsupportedProperty, wrongDecimal,
  wrongEnumeration, type Refusal,
} from "./simulator-refusals";
import type { LooseRecord } from "./simulator-state";
import { checkClosing, checkCurrency, checkDate, checkTag, checkText, currencyOf, isFields, linesOf, valueOf, type Fields } from "./simulator-validate";

const ITEM_PROPERTIES = new Set(["Name", "Type", "IncomeAccountRef", "Description"]);
const RECEIPT_PROPERTIES = new Set(["DocNumber", "TxnDate", "PrivateNote", "CurrencyRef", "DepartmentRef", "Line", "TxnTaxDetail", "CustomerRef", "DepositToAccountRef"]);
const LINE_PROPERTIES = new Set(["Amount", "Description", "DetailType", "SalesItemLineDetail"]);

/** Creates a service item; the one change of items that Daybook knows. */
export function createItem(body: Fields, writing: Writing): Result<LooseRecord, Refusal> {
  const { state, company } = writing;
  const foreign = Object.keys(body).find((name) => !ITEM_PROPERTIES.has(name));
  if (foreign !== undefined) return failed(unsupportedProperty(foreign));
  const name = body["Name"];
  if (typeof name !== "string" || name === "") return failed(required("Name"));
  const wrongName = checkText("Name", name, 100) ?? (name.includes(":") ? unsupportedProperty("Name") : null);
  if (wrongName !== null) return failed(wrongName);
  if (body["Type"] !== "Service") return failed(wrongEnumeration("Type", JSON.stringify(body["Type"])));
  const isTaken = state.records(company.realm, "Item").some(({ record }) => String(record["Name"]).toLowerCase() === name.toLowerCase());
  if (isTaken) return failed(nameTaken);
  const account = state.accounts(company.realm).get(valueOf(body["IncomeAccountRef"]) ?? "")?.account;
  if (account === undefined) return failed(unknownReference("Accounts", valueOf(body["IncomeAccountRef"]) ?? ""));
  if (!account.Active) return failed(madeInactive);
  return ok(keepRecord("Item", { ...body, FullyQualifiedName: name, Active: true, Taxable: false, IncomeAccountRef: { value: account.Id, name: account.Name } }, writing));
}

/** Creates a sales receipt: items on every line, no total below zero, no negative tax; a subtotal line is added as by QuickBooks. */
export function createReceipt(body: Fields, writing: Writing): Result<LooseRecord, Refusal> {
  if (body["Id"] !== undefined) return failed(unsupportedProperty("Id"));
  const dated: Fields = { TxnDate: writing.today, ...body };
  const checking = { ...writing, ownId: null };
  const foreign = Object.keys(dated).find((name) => !RECEIPT_PROPERTIES.has(name));
  const refusal = (foreign === undefined ? null : unsupportedProperty(foreign)) ??
    checkText("DocNumber", dated["DocNumber"], 21) ?? checkText("PrivateNote", dated["PrivateNote"], 4_000) ??
    checkDate(dated, checking) ?? checkCurrency(dated, checking) ?? checkLines(dated, writing) ??
    checkTag("Department", dated["DepartmentRef"], writing.company.tracksDepartments, writing.company.departments) ??
    checkTotals(dated, writing) ?? checkClosing(dated, checking);
  if (refusal !== null) return failed(refusal);
  const currency = currencyOf(dated, writing.company);
  const [subtotal, tax] = [subtotalOf(dated, currency), taxOf(dated, currency) ?? 0];
  const decimal = (minor: number) => minor / 10 ** placesOf(currency);
  return ok(keepRecord("SalesReceipt", {
    ...dated,
    Line: [
      ...linesOf(dated).map((line, index) => ({ Id: String(index + 1), LineNum: index + 1, ...line, SalesItemLineDetail: { ...detailOf(line), ...accountOf(line, writing) } })),
      { Amount: decimal(subtotal), DetailType: "SubTotalLineDetail", SubTotalLineDetail: {} },
    ],
    TxnTaxDetail: { TotalTax: decimal(tax) },
    TotalAmt: decimal(subtotal + tax),
  }, writing));
}

function checkLines(body: Fields, writing: Writing): Refusal | null {
  const lines = linesOf(body);
  if (lines.length === 0) return missingLines;
  for (const line of lines) {
    const foreign = Object.keys(line).find((name) => !LINE_PROPERTIES.has(name));
    const refusal = foreign === undefined ? checkLine(line, currencyOf(body, writing.company), writing) : unsupportedProperty(foreign);
    if (refusal !== null) return refusal;
  }
  return null;
}

function checkLine(line: Fields, currency: string, { company, state }: Writing): Refusal | null {
  if (line["DetailType"] !== "SalesItemLineDetail") return wrongEnumeration("DetailType", JSON.stringify(line["DetailType"]));
  const detail = detailOf(line);
  const amount = minorOf(line["Amount"], currency);
  if (amount === null) return wrongDecimal("Amount");
  // Amount is Qty times UnitPrice, and QuickBooks refuses anything else (6070).
  if (detail["UnitPrice"] !== undefined && minorOf(detail["UnitPrice"], currency) !== amount) return wrongDecimal("UnitPrice");
  const id = valueOf(detail["ItemRef"]) ?? "";
  const item = state.records(company.realm, "Item").find(({ record }) => record.Id === id)?.record;
  if (item === undefined) return unknownReference("Item", id);
  const account = state.accounts(company.realm).get(valueOf(item["IncomeAccountRef"]) ?? "")?.account;
  if (item["Active"] !== true || account?.Active !== true) return madeInactive;
  const taxCode = valueOf(detail["TaxCodeRef"]) ?? "NON";
  if (taxCode !== "TAX" && taxCode !== "NON") return unknownReference("TaxCode", taxCode);
  return checkText("Description", line["Description"], 4_000) ?? checkTag("Class", detail["ClassRef"], company.tracksClasses, company.classes);
}

function checkTotals(body: Fields, { company }: Writing): Refusal | null {
  const currency = currencyOf(body, company);
  const tax = taxOf(body, currency);
  if (tax === null || tax < 0) return wrongDecimal("TotalTax");
  return subtotalOf(body, currency) + tax < 0 ? negativeTotal : null;
}

function detailOf(line: Fields): Fields {
  const detail = line["SalesItemLineDetail"];
  return isFields(detail) ? detail : {};
}

/** What answers show beside the item: the account that it books to. */
function accountOf(line: Fields, { company, state }: Writing): Fields {
  const id = valueOf(detailOf(line)["ItemRef"]);
  const item = state.records(company.realm, "Item").find(({ record }) => record.Id === id)?.record;
  return { ItemAccountRef: item?.["IncomeAccountRef"] };
}

function subtotalOf(body: Fields, currency: string): number {
  return linesOf(body).reduce((sum, line) => sum + (minorOf(line["Amount"], currency) ?? 0), 0);
}

function taxOf(body: Fields, currency: string): number | null {
  const detail = body["TxnTaxDetail"];
  return isFields(detail) && detail["TotalTax"] !== undefined ? minorOf(detail["TotalTax"], currency) : 0;
}

function minorOf(amount: unknown, currency: string): number | null {
  return typeof amount === "number" ? fromDecimal(amount, currency) : null;
}

function placesOf(currency: string): number {
  const one = fromDecimal(1, currency) ?? 1;
  return Math.round(Math.log10(one));
}
