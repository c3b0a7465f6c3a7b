/**
 * Why a journal was refused. Xero says it in a sentence that names no id, so the books are asked: what is locked, what is
 * archived, what is not there. Where none of it explains the refusal, or they do not answer, the sentence itself stays.
 */
import type { Failure, ProviderAnswer } from "../../kernel/failure";
import type { Access, EntryOrder } from "../contract";
import { accounts } from "./accounts";
import { dimensions } from "./dimensions";
import { describe } from "./organisation";

/** The failure as it can be acted on; any but a refusal of the accounting itself is given back as it came. */
export async function explain(access: Access, order: EntryOrder, failure: Failure): Promise<Failure> {
  if (failure.kind !== "provider_refused" || failure.answer.status === 401 || failure.answer.code !== "ValidationException") return failure;
  const { answer } = failure;
  return await locked(access, order, answer) ?? await unusableAccounts(access, order, answer) ?? await unusableTags(access, order, answer) ?? failure;
}

async function locked(access: Access, { date }: EntryOrder, answer: ProviderAnswer): Promise<Failure | null> {
  const company = await describe(access);
  const closedThrough = company.ok ? company.value.closedThrough : null;
  return closedThrough !== null && date <= closedThrough ? { kind: "period_closed", closedThrough, answer } : null;
}

async function unusableAccounts(access: Access, { entry }: EntryOrder, answer: ProviderAnswer): Promise<Failure | null> {
  const chart = await accounts(access);
  if (!chart.ok) return null;
  const activity = new Map(chart.value.map((account) => [account.id, account.isActive]));
  const used = [...new Set(entry.lines.map((line) => line.account.id))];
  const unknown = used.filter((id) => !activity.has(id));
  if (unknown.length > 0) return { kind: "account_unknown", accountIds: unknown, answer };
  const inactive = used.filter((id) => activity.get(id) === false);
  return inactive.length > 0 ? { kind: "account_inactive", accountIds: inactive, answer } : null;
}

async function unusableTags(access: Access, { entry }: EntryOrder, answer: ProviderAnswer): Promise<Failure | null> {
  const used = new Map(entry.lines.flatMap(({ tags = [] }) => tags).map((tag) => [`${tag.dimension}/${tag.option}`, tag]));
  if (used.size === 0) return null;
  const found = await dimensions(access);
  if (!found.ok) return null;
  for (const { id, options } of found.value) for (const option of options) if (option.isActive) used.delete(`${id}/${option.id}`);
  return used.size === 0 ? null : { kind: "tag_inactive", tags: [...used.values()], answer };
}
