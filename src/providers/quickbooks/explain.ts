/** What a refusal of an entry leaves unsaid: which account, which class or location, through which date the books are closed. */
import type { Failure } from "../../kernel/failure";
import type { Tag } from "../../ledger/entry";
import type { Access, EntryOrder } from "../contract";
import { accounts } from "./accounts";
import { closedThrough } from "./company";
import { dimensions, unusableTags } from "./dimensions";

/** 5030: classes or locations were switched off, or the plan no longer has them (Intuit, error codes). */
const FEATURE_OFF = "5030";

/** A refusal names no account, no tag and no date: chart, lists and preferences do. Where they do not answer, it stays vague. */
export async function explain(access: Access, order: EntryOrder, failure: Failure): Promise<Failure> {
  if (failure.kind === "period_closed") {
    const closed = await closedThrough(access);
    return { ...failure, closedThrough: closed.ok ? closed.value : null };
  }
  if (failure.kind === "provider_refused" && failure.answer.code === FEATURE_OFF) return await explainTags(access, order, failure);
  if (failure.kind !== "account_inactive" && failure.kind !== "account_unknown") return failure;
  const accountIds = await refusedAccounts(access, order, failure.kind);
  if (accountIds === null) return failure;
  // The same code speaks of accounts and of classes: where every account is in order it was one of the latter.
  return accountIds.length === 0 ? await explainTags(access, order, failure) : { ...failure, accountIds };
}

/** The accounts of an entry that the books call inactive, or do not know; null where the chart cannot be read. */
async function refusedAccounts(access: Access, { entry }: EntryOrder, kind: "account_inactive" | "account_unknown"): Promise<readonly string[] | null> {
  const chart = await accounts(access);
  if (!chart.ok) return null;
  const activity = new Map(chart.value.map((account) => [account.id, account.isActive]));
  const wanted = kind === "account_inactive" ? false : undefined;
  return [...new Set(entry.lines.map((line) => line.account.id).filter((id) => activity.get(id) === wanted))];
}

async function explainTags(access: Access, { entry }: EntryOrder, failure: Extract<Failure, { kind: "account_inactive" | "account_unknown" | "provider_refused" }>): Promise<Failure> {
  const carried: readonly Tag[] = entry.lines.flatMap((line) => line.tags ?? []);
  const known = carried.length === 0 ? null : await dimensions(access);
  const tags = known?.ok === true ? unusableTags(carried, known.value) : [];
  if (tags.length === 0) return failure;
  return { kind: "tag_inactive", tags, ...(failure.answer === undefined ? {} : { answer: failure.answer }) };
}
