/**
 * Service items: a sales receipt books nothing but items, so each account that a day goes to has one of Daybook's own,
 * found by its account or created. Which account an item books to is its `IncomeAccountRef` (Intuit, Item).
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountRef } from "../../ledger/mapping";
import type { Access } from "../contract";
import { create, read } from "./client";
import { itemAnswerSchema, itemPageSchema, type WireItem } from "./wire";

/** What the names of Daybook's items begin with: a person sees at once whose they are. */
const PREFIX = "Daybook ";

/** Intuit's limit for an item's name, in characters; a colon would make it a sub-item. */
const LONGEST_NAME = 100;

const provider = "quickbooks";

/** The item of each account, by the account's id; missing ones are created. `invalid_input` for one that was made inactive. */
export async function itemsFor(access: Access, accounts: readonly AccountRef[]): Promise<Result<ReadonlyMap<string, string>>> {
  const known = await ownItems(access);
  if (!known.ok) return known;
  const found = new Map<string, string>();
  for (const account of new Map(accounts.map((one) => [one.id, one])).values()) {
    const item = await itemOf(access, account, known.value);
    if (!item.ok) return item;
    found.set(account.id, item.value);
  }
  return ok(found);
}

async function ownItems(access: Access): Promise<Result<readonly WireItem[]>> {
  const query = `select * from Item where Name like '${PREFIX}%' and Active in (true, false) startposition 1 maxresults 1000`;
  const answer = await read(access, "query", { query }, itemPageSchema);
  return answer.ok ? ok(answer.value.QueryResponse.Item) : answer;
}

async function itemOf(access: Access, account: AccountRef, known: readonly WireItem[]): Promise<Result<string>> {
  const own = known.filter(({ IncomeAccountRef }) => IncomeAccountRef?.value === account.id);
  const active = own.find(({ Active }) => Active);
  if (active !== undefined) return ok(active.Id);
  const [inactive] = own;
  if (inactive !== undefined) {
    const message = `The item “${inactive.Name}” was made inactive in QuickBooks Online. Make it active again there, or post as journal entries.`;
    return failed({ kind: "invalid_input", message, fields: [] });
  }
  const body = JSON.stringify({ Name: nameFor(account), Type: "Service", IncomeAccountRef: { value: account.id } });
  const answer = await create(access, { path: "item", query: { requestid: `daybook-item-${account.id}` }, body, documentNumber: "" }, itemAnswerSchema);
  if (answer.ok) return ok(answer.value.Item.Id);
  // An item without a receipt moves no money: whatever became of it, the next attempt finds it or makes it.
  return answer.failure.kind === "answer_lost" ? failed({ kind: "provider_down", provider, detail: answer.failure.detail }) : answer;
}

/** Its account's id makes it the only one of its name, also when two accounts are called alike under different parents. */
function nameFor({ id, name }: AccountRef): string {
  const end = ` (${id})`;
  const plain = name.toWellFormed().replace(/[:"\p{Cc}]+/gu, " ").trim();
  return `${PREFIX}${plain}`.slice(0, LONGEST_NAME - end.length) + end;
}
