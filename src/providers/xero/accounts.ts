/** The chart of accounts: read whole, archived accounts included, and extended on the merchant's word. */
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountClass, Access, Books, BooksAccount } from "../contract";
import { create, lost, read } from "./client";
import { baseCurrency } from "./organisation";
import { accountsAnswerSchema, type WireAccount } from "./wire";

/** Xero's limit for an account's name, in characters. */
const LONGEST_NAME = 150;

const CLASSES: Readonly<Record<string, AccountClass>> = {
  ASSET: "asset", EQUITY: "equity", EXPENSE: "expense", LIABILITY: "liability", REVENUE: "income",
};

/** Xero's account types (AccountType) for accounts that till lines need; it has no finer ones. */
export const newAccountTypes: Books["newAccountTypes"] = {
  income: { type: "REVENUE", subType: "" },
  contra_income: { type: "REVENUE", subType: "" },
  liability: { type: "CURRLIAB", subType: "" },
  asset: { type: "CURRENT", subType: "" },
  expense: { type: "EXPENSE", subType: "" },
};

/** Where codes of a type begin in the chart that Xero gives to a new organisation. */
const FIRST_CODES: Readonly<Record<string, number>> = { REVENUE: 200, EXPENSE: 400, CURRENT: 600, CURRLIAB: 800 };

/** Every account that was not deleted. Xero answers with the whole chart at once. */
export async function accounts(access: Access): Promise<Result<readonly BooksAccount[]>> {
  const chart = await readChart(access);
  if (!chart.ok) return chart;
  const currency = await baseCurrency(access);
  return currency.ok ? ok(chart.value.map((account) => translate(account, currency.value))) : currency;
}

/**
 * Creates an account of Xero's `type`, under the first free code of those that such accounts have: Xero asks for one and
 * makes none up. `conflict` when the name is taken, `invalid_input` for a name that Xero would refuse.
 */
export async function createAccount(
  access: Access, account: { readonly name: string; readonly type: string; readonly subType: string },
): Promise<Result<BooksAccount>> {
  const name = account.name.trim();
  if (name === "" || name.length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
    const message = `must have 1 to ${LONGEST_NAME} characters`;
    return failed({ kind: "invalid_input", message: "Xero cannot hold this name.", fields: [{ path: "name", message }] });
  }
  const currency = await baseCurrency(access);
  if (!currency.ok) return currency;
  const chart = await readChart(access);
  if (!chart.ok) return chart;
  if (chart.value.some((one) => one.Name.toLowerCase() === name.toLowerCase())) {
    return failed({ kind: "conflict", message: `Xero has an account of the name "${name}" already. Choose that one, or another name.` });
  }
  const body = JSON.stringify({ Accounts: [{ Code: freeCode(chart.value, account.type), Name: name, Type: account.type }] });
  const answer = await create(access, { path: "Accounts", body, idempotencyKey: null }, accountsAnswerSchema);
  if (!answer.ok) return answer;
  const [made] = answer.value.Accounts;
  return made === undefined ? lost("an account was created, and its answer is empty") : ok(translate(made, currency.value));
}

async function readChart(access: Access): Promise<Result<readonly WireAccount[]>> {
  const answer = await read(access, { path: "Accounts" }, accountsAnswerSchema);
  return answer.ok ? ok(answer.value.Accounts.filter(({ Status }) => Status !== "DELETED")) : answer;
}

/** A chart is finite, so the search ends. */
function freeCode(chart: readonly WireAccount[], type: string): string {
  const taken = new Set(chart.map(({ Code }) => Code ?? ""));
  let code = FIRST_CODES[type] ?? 900;
  while (taken.has(String(code))) code += 1;
  return String(code);
}

function translate(wire: WireAccount, currency: string): BooksAccount {
  const accountClass = CLASSES[wire.Class ?? ""];
  const code = wire.Code ?? "";
  return {
    id: wire.AccountID,
    // Bookkeepers who use Xero know accounts by their codes; bank accounts may have none.
    name: code === "" ? wire.Name : `${code} ${wire.Name}`,
    type: wire.Type,
    class: accountClass ?? "expense",
    currency,
    isActive: wire.Status === "ACTIVE",
    // Bank accounts, receivables, payables and what else Xero keeps by itself take no line of a manual journal.
    isPostable: accountClass !== undefined && wire.Type !== "BANK" && (wire.SystemAccount ?? "") === "",
  };
}
