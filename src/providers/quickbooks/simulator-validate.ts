/** What QuickBooks Online checks of a journal entry, in its order, with its codes (Intuit, JournalEntry and error codes). */
import { parseBusinessDate } from "../../kernel/day";
import { fromDecimal, toDecimal } from "../../kernel/money";
import {
  businessRule, invalidText, madeInactive, missingLines, missingPostingType, negativeAmount, notSupported, numberTaken,
  outOfBalance, periodClosed, periodClosedByPassword, required, unknownReference, unsupportedProperty, wrongDate,
  wrongDecimal, wrongEnumeration, wrongLength, type Refusal,
} from "./simulator-refusals";
import type { Account, Company, NamedItem, SimulatorState } from "./simulator-state";

export type Fields = Readonly<Record<string, unknown>>;

/** What an entry is checked against. `ownId` is the entry's own id when it is being changed. */
export type Checking = {
  readonly company: Company;
  readonly state: SimulatorState;
  readonly allowsDuplicateNumber: boolean;
  readonly ownId: string | null;
};

type Check = (entry: Fields, checking: Checking) => Refusal | null;

const PROPERTIES = new Set([
  "Id", "SyncToken", "sparse", "domain", "MetaData", "DocNumber", "TxnDate", "PrivateNote", "CurrencyRef", "ExchangeRate",
  "Adjustment", "Line", "TxnTaxDetail", "GlobalTaxCalculation", "DepartmentRef", "TotalAmt", "HomeTotalAmt",
]);
const LINE_PROPERTIES = new Set(["Id", "LineNum", "Description", "Amount", "DetailType", "JournalEntryLineDetail"]);

/** The first refusal, or null for an entry that QuickBooks would take. */
export function checkEntry(entry: Fields, checking: Checking): Refusal | null {
  for (const check of CHECKS) {
    const refusal = check(entry, checking);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** The lines of an entry, as far as they are objects. */
export function linesOf(entry: Fields): Fields[] {
  return Array.isArray(entry["Line"]) ? entry["Line"].filter(isFields) : [];
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The `value` of a reference, or null where there is none. */
export function valueOf(reference: unknown): string | null {
  return isFields(reference) && typeof reference["value"] === "string" ? reference["value"] : null;
}

/** The currency that an entry is in: its own, or the company's. */
export function currencyOf(entry: Fields, company: Company): string {
  return valueOf(entry["CurrencyRef"]) ?? company.currency;
}

const checkProperties: Check = (entry) => {
  const foreign = Object.keys(entry).find((name) => !PROPERTIES.has(name));
  if (foreign !== undefined) return unsupportedProperty(foreign);
  const foreignInLine = linesOf(entry).flatMap((line) => Object.keys(line)).find((name) => !LINE_PROPERTIES.has(name));
  return foreignInLine === undefined ? null : unsupportedProperty(foreignInLine);
};

const checkTexts: Check = (entry) => {
  return checkText("DocNumber", entry["DocNumber"], 21) ?? checkText("PrivateNote", entry["PrivateNote"], 4_000);
};

/** A text field of at most so many characters. */
export function checkText(name: string, value: unknown, max: number): Refusal | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") return invalidText(name);
  return value.length > max ? wrongLength(name, max, value.length) : null;
}

/** The date of a transaction. */
export const checkDate: Check = (entry) => {
  const date = entry["TxnDate"];
  if (date === undefined) return null; // the server's date is used
  return typeof date === "string" && parseBusinessDate(date) !== null ? null : wrongDate("TxnDate");
};

const checkLines: Check = (entry, checking) => {
  const lines = linesOf(entry);
  if (lines.filter((line) => line["DetailType"] !== "DescriptionOnly").length < 2) return missingLines;
  for (const line of lines) {
    const refusal = checkLine(line, currencyOf(entry, checking.company), checking);
    if (refusal !== null) return refusal;
  }
  return null;
};

function checkLine(line: Fields, currency: string, checking: Checking): Refusal | null {
  const description = checkText("Description", line["Description"], 4_000);
  if (description !== null || line["DetailType"] === "DescriptionOnly") return description;
  if (line["DetailType"] === undefined) return required("DetailType");
  if (line["DetailType"] !== "JournalEntryLineDetail") return wrongEnumeration("DetailType", JSON.stringify(line["DetailType"]));
  const detail = line["JournalEntryLineDetail"];
  if (!isFields(detail)) return required("JournalEntryLineDetail");
  return checkAmount(line["Amount"], currency) ?? checkDetail(detail, currency, checking);
}

function checkAmount(amount: unknown, currency: string): Refusal | null {
  if (amount === undefined) return required("Amount");
  if (typeof amount !== "number") return wrongDecimal("Amount");
  if (amount < 0) return negativeAmount;
  return fromDecimal(amount, currency) === null ? wrongDecimal("Amount") : null;
}

function checkDetail(detail: Fields, currency: string, checking: Checking): Refusal | null {
  const side = detail["PostingType"];
  if (side === undefined) return missingPostingType;
  if (side !== "Debit" && side !== "Credit") return wrongEnumeration("PostingType", JSON.stringify(side));
  const { company, state } = checking;
  const id = valueOf(detail["AccountRef"]);
  if (id === null) return required("AccountRef");
  const account = state.accounts(company.realm).get(id)?.account;
  if (account === undefined) return unknownReference("Accounts", id);
  return (
    checkAccount(account, detail, currency, company) ??
    checkTag("Class", detail["ClassRef"], company.tracksClasses, company.classes) ??
    checkTag("Department", detail["DepartmentRef"], company.tracksDepartments, company.departments)
  );
}

function checkAccount(account: Account, detail: Fields, currency: string, company: Company): Refusal | null {
  if (!account.Active) return madeInactive;
  const entityType = isFields(detail["Entity"]) ? detail["Entity"]["Type"] : undefined;
  if (account.AccountType === "Accounts Receivable" && entityType !== "Customer") {
    return businessRule("When you use Accounts Receivable, you must choose a customer in the Name field.");
  }
  if (account.AccountType === "Accounts Payable" && entityType !== "Vendor") {
    return businessRule("When you use Accounts Payable, you must choose a vendor in the Name field.");
  }
  const own = account.CurrencyRef?.value ?? company.currency;
  const isForeign = account.AccountType === "Bank" && own !== currency;
  return isForeign ? businessRule("The currency of the bank account differs from the currency of the transaction.") : null;
}

/** A class or department that the company has, tracks, and has not made inactive. */
export function checkTag(list: "Class" | "Department", reference: unknown, isOn: boolean, items: readonly NamedItem[]): Refusal | null {
  if (reference === undefined) return null;
  if (!isOn) return notSupported(list);
  const id = valueOf(reference);
  const item = items.find(({ Id }) => Id === id);
  if (item === undefined) return unknownReference(list, id ?? "");
  return item.Active ? null : madeInactive;
}

/** The currency of a transaction. */
export const checkCurrency: Check = (entry, { company }) => {
  const currency = currencyOf(entry, company);
  const isForeign = currency !== company.currency && !company.multicurrency;
  return isForeign ? businessRule(`Multicurrency is off: ${currency} is not the home currency.`) : null;
};

const checkBalance: Check = (entry, { company }) => {
  const currency = currencyOf(entry, company);
  const totals = { Debit: 0, Credit: 0 };
  for (const line of linesOf(entry)) {
    const detail = line["JournalEntryLineDetail"];
    const side = isFields(detail) && detail["PostingType"] === "Credit" ? "Credit" : "Debit";
    totals[side] += typeof line["Amount"] === "number" ? (fromDecimal(line["Amount"], currency) ?? 0) : 0;
  }
  const { Debit, Credit } = totals;
  return Debit === Credit ? null : outOfBalance(toDecimal(Debit, currency), toDecimal(Credit, currency));
};

/** The closing date. */
export const checkClosing: Check = (entry, { company }) => {
  const date = entry["TxnDate"];
  const isClosed = company.bookCloseDate !== null && typeof date === "string" && date <= company.bookCloseDate;
  if (!isClosed) return null;
  return company.hasClosingPassword ? periodClosedByPassword : periodClosed;
};

const checkNumber: Check = (entry, { company, state, allowsDuplicateNumber, ownId }) => {
  const documentNumber = entry["DocNumber"];
  if (typeof documentNumber !== "string" || !company.warnsOfDuplicates || allowsDuplicateNumber) return null;
  const holder = state.entriesNumbered(company.realm, documentNumber).find(({ Id }) => Id !== ownId);
  return holder === undefined ? null : numberTaken(documentNumber, holder.Id);
};

const CHECKS: readonly Check[] = [
  checkProperties, checkTexts, checkDate, checkCurrency, checkLines, checkBalance, checkClosing, checkNumber,
];
