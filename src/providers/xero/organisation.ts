/** The organisation itself: its name, its currency, and the date through which its books are locked. */
import type { BusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access, BooksCompany } from "../contract";
import { read } from "./client";
import { organisationAnswerSchema, parseXeroDate } from "./wire";

/**
 * Name, currency and lock date. Xero locks twice, for everybody and for all but advisers: we are no adviser, so the later
 * of the two dates is the one that holds.
 */
export async function describe(access: Access): Promise<Result<BooksCompany>> {
  const answer = await read(access, { path: "Organisation" }, organisationAnswerSchema);
  if (!answer.ok) return answer;
  const [organisation] = answer.value.Organisations;
  if (organisation === undefined) return unreadable("no organisation");
  const { Name, BaseCurrency, PeriodLockDate, EndOfYearLockDate } = organisation;
  const dates: BusinessDate[] = [];
  for (const text of [PeriodLockDate ?? "", EndOfYearLockDate ?? ""]) {
    if (text === "") continue; // not locked
    const date = parseXeroDate(text);
    // Read as "open", a date that we cannot read would let entries into a locked period.
    if (date === null) return unreadable("a lock date that is no date");
    dates.push(date);
  }
  known.set(access, BaseCurrency);
  return ok({ name: Name, currency: BaseCurrency, closedThrough: dates.toSorted().at(-1) ?? null });
}

/** A job's access lives as long as the job, and an organisation's currency is chosen once, when it is opened. */
const known = new WeakMap<Access, Currency>();

/** The currency that every manual journal is in; asked once for each access. */
export async function baseCurrency(access: Access): Promise<Result<Currency>> {
  const cached = known.get(access);
  if (cached !== undefined) return ok(cached);
  const company = await describe(access);
  return company.ok ? ok(company.value.currency) : company;
}

function unreadable(detail: string): Result<never> {
  return failed({ kind: "provider_unreadable", provider: "xero", detail });
}
