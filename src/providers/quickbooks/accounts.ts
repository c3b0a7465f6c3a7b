/** The chart of accounts: read whole, inactive accounts included, and extended on the merchant's word. */
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountClass, Access, Books, BooksAccount } from "../contract";
import { create, lost, read } from "./client";
import { homeCurrency } from "./company";
import { accountAnswerSchema, accountPageSchema, type WireAccount } from "./wire";

/** Intuit's largest page; and a bound, ten times the largest chart that it sells. */
const PAGE_SIZE = 1_000;
const MOST_PAGES = 20;

/** Intuit's limit for an account's name, in characters. */
const LONGEST_NAME = 100;

const provider = "quickbooks";

const CLASSES: Readonly<Record<string, AccountClass>> = {
  Asset: "asset", Equity: "equity", Expense: "expense", Liability: "liability", Revenue: "income",
};

const CLASS_OF_TYPE: Readonly<Record<string, AccountClass>> = {
  "Bank": "asset", "Accounts Receivable": "asset", "Other Current Asset": "asset", "Fixed Asset": "asset",
  "Other Asset": "asset", "Accounts Payable": "liability", "Credit Card": "liability",
  "Other Current Liability": "liability", "Long Term Liability": "liability", "Equity": "equity", "Income": "income",
  "Other Income": "income", "Cost of Goods Sold": "expense", "Expense": "expense", "Other Expense": "expense",
};

/** Receivables and payables need a customer or vendor on the line, and Non-Posting holds no money. */
const NOT_POSTABLE = new Set(["Accounts Receivable", "Accounts Payable", "Non-Posting"]);

/** Intuit's types and sub-types (AccountSubTypeEnum) for accounts that till lines need. */
export const newAccountTypes: Books["newAccountTypes"] = {
  income: { type: "Income", subType: "SalesOfProductIncome" },
  contra_income: { type: "Income", subType: "DiscountsRefundsGiven" },
  liability: { type: "Other Current Liability", subType: "OtherCurrentLiabilities" },
  asset: { type: "Other Current Asset", subType: "OtherCurrentAssets" },
  expense: { type: "Expense", subType: "OtherMiscellaneousServiceCost" },
};

/** Every account. A list query brings the active ones alone unless it names both states. */
export async function accounts(access: Access): Promise<Result<readonly BooksAccount[]>> {
  const all: WireAccount[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `select * from Account where Active in (true, false) orderby Id startposition ${page * PAGE_SIZE + 1} maxresults ${PAGE_SIZE}`;
    const answer = await read(access, "query", { query }, accountPageSchema);
    if (!answer.ok) return answer;
    const found = answer.value.QueryResponse.Account;
    all.push(...found);
    if (found.length < PAGE_SIZE) return await translateAll(access, all);
  }
  return failed({ kind: "provider_unreadable", provider, detail: `more than ${MOST_PAGES * PAGE_SIZE} accounts` });
}

/**
 * Creates an account of Intuit's `type` and `subType` (the latter may be empty). `conflict` when the name is taken,
 * `invalid_input` for a name that QuickBooks Online would refuse: over 100 characters, or with a colon or double quote.
 */
export async function createAccount(
  access: Access, account: { readonly name: string; readonly type: string; readonly subType: string },
): Promise<Result<BooksAccount>> {
  const name = account.name.trim();
  if (name === "" || name.length > LONGEST_NAME || /[:"\p{Cc}]/u.test(name)) {
    const message = `must have 1 to ${LONGEST_NAME} characters, and no colon or double quote`;
    return failed({ kind: "invalid_input", message: "QuickBooks Online cannot hold this name.", fields: [{ path: "name", message }] });
  }
  const subType = account.subType === "" ? {} : { AccountSubType: account.subType };
  const body = JSON.stringify({ Name: name, AccountType: account.type, ...subType });
  const answer = await create(access, { path: "account", query: {}, body, documentNumber: "" }, accountAnswerSchema);
  if (!answer.ok) return answer;
  const created = await translateAll(access, [answer.value.Account]);
  const first = created.ok ? created.value[0] : undefined;
  return first === undefined ? lost("an account was created, and its currency could not be read") : ok(first);
}

async function translateAll(access: Access, wire: readonly WireAccount[]): Promise<Result<BooksAccount[]>> {
  if (wire.every((account) => account.CurrencyRef !== undefined)) return ok(wire.map((account) => translate(account, "")));
  // Companies without multicurrency may leave the currency out; it is then the company's own.
  const home = await homeCurrency(access);
  return home.ok ? ok(wire.map((account) => translate(account, home.value))) : home;
}

function translate(wire: WireAccount, homeCurrency: string): BooksAccount {
  const accountClass = CLASSES[wire.Classification ?? ""] ?? CLASS_OF_TYPE[wire.AccountType];
  return {
    id: wire.Id,
    name: nameOf(wire),
    type: wire.AccountType,
    class: accountClass ?? "expense",
    currency: wire.CurrencyRef?.value ?? homeCurrency,
    isActive: wire.Active,
    // A kind of account that Intuit invents later is shown, and cannot be chosen before we know what it is.
    isPostable: accountClass !== undefined && !NOT_POSTABLE.has(wire.AccountType),
  };
}

/** "Parent:Child", without the mark that QuickBooks appends to the names of inactive accounts. */
function nameOf(wire: WireAccount): string {
  const name = wire.FullyQualifiedName ?? wire.Name;
  return wire.Active ? name : name.replace(/ \(deleted(?: \d+)?\)$/, "");
}
