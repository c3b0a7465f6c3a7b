/** Accounts and tracking categories in the simulated books. */
import { failed, ok, type Result } from "../../kernel/result";
import { msDate, newGuid, type Fields } from "./simulator-core";
import { CLASS_OF_TYPE, makeAccount } from "./simulator-chart";
import type { Writing } from "./simulator-journals";
import type { StoredAccount } from "./simulator-state";

/** An account that would be created, or every reason against it: names and codes are unique among all that were not deleted. */
export function draftAccount(body: Fields, { simulation, organisation }: Writing): Result<StoredAccount, string[]> {
  const { Name: name, Code: code, Type: type } = body;
  const others = [...simulation.state.accounts(organisation.id).values()].map(({ account }) => account).filter(({ Status }) => Status !== "DELETED");
  const reasons: string[] = [];
  if (typeof name !== "string" || name.trim() === "" || name.length > 150) reasons.push("The account name must have 1 to 150 characters.");
  if (others.some(({ Name }) => Name.toLowerCase() === String(name).toLowerCase())) reasons.push("Please enter a unique Name.");
  if (typeof type !== "string" || CLASS_OF_TYPE[type] === undefined) reasons.push("The account type is not one of Xero's.");
  if (type !== "BANK" && (typeof code !== "string" || code === "" || code.length > 10)) reasons.push("Account code must be specified.");
  if (others.some(({ Code }) => Code !== undefined && Code === code)) reasons.push("Please enter a unique Code.");
  if (reasons.length > 0) return failed(reasons);
  const account = makeAccount(newGuid(simulation.random), { name: String(name), type: String(type), ...(typeof code === "string" ? { code } : {}) });
  return ok({ tenant: organisation.id, account, updatedAt: simulation.clock() });
}

/** An account as the API shows it. */
export function shownAccount({ account, updatedAt }: StoredAccount): Fields {
  return { ...account, EnablePaymentsToAccount: false, ShowInExpenseClaims: false, HasAttachments: false, UpdatedDateUTC: msDate(updatedAt) };
}
