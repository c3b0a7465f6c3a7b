/** Accounts in the simulated books: created, and changed as a bookkeeper would. */
import { failed, ok, type Result } from "../../kernel/result";
import { CLASSIFICATIONS, makeAccount, withActivity } from "./simulator-chart";
import type { Writing } from "./simulator-journal";
import {
  invalidText, nameTaken, notFound, required, stale, unsupportedProperty, wrongEnumeration, wrongLength, type Refusal,
} from "./simulator-refusals";
import type { Account } from "./simulator-state";
import type { Fields } from "./simulator-validate";

const PROPERTIES = new Set(["Name", "AccountType", "AccountSubType", "AcctNum", "Description", "CurrencyRef", "Classification", "domain", "sparse"]);

/** Creates an account: the name is new among active and inactive ones alike, without regard to case. */
export function createAccount(body: Fields, writing: Writing): Result<Account, Refusal> {
  const { state, company } = writing;
  const foreign = Object.keys(body).find((name) => !PROPERTIES.has(name));
  const refusal = foreign === undefined ? checkName(body["Name"], writing) : unsupportedProperty(foreign);
  if (refusal !== null) return failed(refusal);
  const type = body["AccountType"];
  if (type === undefined) return failed(required("AccountType"));
  if (typeof type !== "string" || CLASSIFICATIONS[type] === undefined) {
    return failed(wrongEnumeration("AccountType", JSON.stringify(type)));
  }
  const subType = typeof body["AccountSubType"] === "string" ? body["AccountSubType"] : type.replaceAll(" ", "");
  if (!/^[A-Za-z]+$/.test(subType)) return failed(wrongEnumeration("AccountSubType", subType));
  const id = state.nextId(company.realm, "account");
  const account = makeAccount(company, id, { name: String(body["Name"]), type, subType }, writing.time);
  state.putAccount({ realm: company.realm, requestId: writing.requestId, account });
  return ok(account);
}

/** Changes an account's activity, the one change of an account that the simulator knows. */
export function updateAccount(body: Fields, writing: Writing): Result<Account, Refusal> {
  const { state, company, time } = writing;
  const stored = state.accounts(company.realm).get(String(body["Id"]));
  if (stored === undefined) return failed(notFound);
  if (body["SyncToken"] !== stored.account.SyncToken) return failed(stale);
  if (typeof body["Active"] !== "boolean") return failed(required("Active"));
  const account = withActivity(stored.account, body["Active"], time);
  state.putAccount({ ...stored, account });
  return ok(account);
}

function checkName(name: unknown, { state, company }: Writing): Refusal | null {
  if (name === undefined || name === "") return required("Name");
  if (typeof name !== "string" || /[:"\p{Cc}]/u.test(name)) return invalidText("Name");
  if (name.length > 100) return wrongLength("Name", 100, name.length);
  const wanted = name.toLowerCase();
  const isTaken = [...state.accounts(company.realm).values()].some(({ account }) => account.Name.toLowerCase() === wanted);
  return isTaken ? nameTaken : null;
}
