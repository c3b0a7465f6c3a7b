/** What a change of the mapping would do to entries, worked out on days that were read, before anything is saved. */
import type { BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { buildEntry, type EntryLine } from "../../ledger/entry";
import type { Mapping } from "../../ledger/mapping";
import { hasNoSales } from "../../ledger/sales-day";
import { keyOfTags } from "../../ledger/tag";
import type { Visit } from "../../http/guard";
import { recentTotals, type DatedTotals } from "../days/service";
import { applyChange } from "./choose";
import type { EffectView, MappingChange } from "./contract";
import { loadDesk } from "./load";

/** How many business days are looked at, and how far back they are looked for. */
const DAYS_SHOWN = 7;
const DAYS_BACK = 60;

/**
 * What the entries of the last seven read days would change by, per account and tags. Nothing is written. `conflict`
 * for a version that holds no more; `invalid_input` and `not_connected` as saving would.
 */
export async function viewEffect(visit: Visit, change: MappingChange): Promise<Result<EffectView>> {
  const [desk, recent] = await Promise.all([loadDesk(visit), recentTotals(visit.db, DAYS_BACK)]);
  if (!desk.ok) return desk;
  const { current, currency } = desk.value;
  if (current.version !== change.version) return failed({ kind: "conflict", message: "Somebody saved the mapping while you were choosing." });
  const chosen = applyChange(current, { ...desk.value, change });
  if (!chosen.ok) return chosen;
  const days = lastDays(recent.filter(({ totals }) => totals.currency === currency && !hasNoSales(totals)));
  return ok({ currency, ...compare(days, current, { ...chosen.value, version: current.version }) });
}

function lastDays(days: readonly DatedTotals[]): DatedTotals[] {
  const dates = [...new Set(days.map(({ date }) => date))].toSorted().slice(-DAYS_SHOWN);
  const [first] = dates;
  return first === undefined ? [] : days.filter(({ date }) => date >= first);
}

function compare(days: readonly DatedTotals[], before: Mapping, after: Mapping): Omit<EffectView, "currency"> {
  const rows = new Map<string, EffectView["rows"][number]>();
  let [unlockedDays, stillWaitingDays] = [0, 0];
  for (const day of days) {
    const [old, now] = [linesOf(day, before), linesOf(day, after)];
    if (now === null) stillWaitingDays += 1;
    else if (old === null) unlockedDays += 1;
    for (const line of old ?? []) add(rows, line, "before");
    for (const line of now ?? []) add(rows, line, "after");
  }
  const dates: readonly BusinessDate[] = days.map(({ date }) => date).toSorted();
  return {
    from: dates[0] ?? null, to: dates.at(-1) ?? null, dayCount: days.length, unlockedDays, stillWaitingDays,
    rows: [...rows.values()].filter(isChanged).toSorted((one, other) => moved(other) - moved(one) || (one.account < other.account ? -1 : 1)),
  };
}

/** The entry's lines, or null where the day cannot become one. */
function linesOf({ totals, locationId }: DatedTotals, mapping: Mapping): readonly EntryLine[] | null {
  const entry = buildEntry(totals, mapping, { locationId });
  return entry.ok ? entry.value.lines : null;
}

type Row = EffectView["rows"][number];

function add(rows: Map<string, Row>, { account, tags, side, minor }: EntryLine, when: "before" | "after"): void {
  const key = JSON.stringify([account.id, keyOfTags(tags)]);
  const nothing = { debitMinor: 0, creditMinor: 0 };
  const row = rows.get(key) ?? { account: account.name, tags: (tags ?? []).map(({ name }) => name), before: nothing, after: nothing };
  const name = side === "debit" ? "debitMinor" : "creditMinor";
  rows.set(key, { ...row, [when]: { ...row[when], [name]: row[when][name] + minor } });
}

function isChanged({ before, after }: Row): boolean {
  return before.debitMinor !== after.debitMinor || before.creditMinor !== after.creditMinor;
}

function moved({ before, after }: Row): number {
  return Math.abs(before.debitMinor - after.debitMinor) + Math.abs(before.creditMinor - after.creditMinor);
}
