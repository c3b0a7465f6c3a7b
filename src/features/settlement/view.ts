/** Payouts as the web app shows them: what was read, what would be posted, what the books hold, and what it all means. */
import { addDays, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { PayoutId } from "../../kernel/ids";
import { sum } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import { deltaBetween, postedOfTill, withPostedTags } from "../../ledger/correction";
import { buildPayoutEntry, grossOf, payoutLines, type Payout } from "../../ledger/payout";
import type { Visit } from "../../http/guard";
import type { World } from "../../platform/world";
import { connectionsQuery, currentOf, locationsQuery, toLocation } from "../connections/service";
import { toLineViews } from "../days/service";
import { latestQuery, toMapping } from "../mapping/service";
import type { PayoutEntryView, PayoutRowView, PayoutsView, PayoutView } from "../payouts/contract";
import { entriesBetweenQuery, payoutsBetweenQuery, payoutsInQuery, type PayoutEntryRow, type PayoutRow } from "../payouts/service";
import { booksOf, nameOf, postingRuleQuery, ruleOf } from "../sync/service";
import { dateAtBank, loadShopPayout, type ShopPayout } from "./load";
import { tellsPayouts } from "./read";
import { proposalOf } from "./rules";
import { explainPayout } from "./words";

/** The widest range of a list. */
const MOST_PAYOUT_DAYS = 62;
const MOST_NEEDING_WORK = 100;

/** The two dates of a query; `invalid_input` for dates that do not exist and ranges of more than 62 days. */
export function rangeOf(query: { readonly from: string; readonly to: string }): Result<{ readonly from: BusinessDate; readonly to: BusinessDate }> {
  const [from, to] = [parseBusinessDate(query.from), parseBusinessDate(query.to)];
  if (from !== null && to !== null && from <= to && addDays(from, MOST_PAYOUT_DAYS - 1) >= to) return ok({ from, to });
  const message = `A range of dates has a first and a last one, at most ${MOST_PAYOUT_DAYS} days together.`;
  return failed({ kind: "invalid_input", message, fields: [{ path: "from", message }] });
}

/** The payouts that arrive in a range of dates. Fails as `rangeOf`. */
export async function viewPayouts(world: World, { db, shop }: Visit, query: { readonly from: string; readonly to: string }): Promise<Result<PayoutsView>> {
  const range = rangeOf(query);
  if (!range.ok) return range;
  const { from, to } = range.value;
  const [locations, connections, rows, needing, posted, mappings, rules] = await db.orm.batch([
    locationsQuery(db), connectionsQuery(db), payoutsBetweenQuery(db, from, to), payoutsInQuery(db, ["held", "failed", "changed"], MOST_NEEDING_WORK),
    entriesBetweenQuery(db, from, to), latestQuery(db), postingRuleQuery(db),
  ]);
  const till = currentOf(connections, "till");
  const about = { connections, till, books: currentOf(connections, "books"), mapping: toMapping(mappings[0]), rule: ruleOf(rules[0]) };
  const show = (row: PayoutRow) => locations.filter(({ id }) => id === row.locationId).map((location) => (
    toRow({ ...about, payout: row, entries: [], location: toLocation(location) }, posted.filter(({ payoutId }) => payoutId === row.id), dateAtBank(location, world.clock()))
  ));
  return ok({
    toldBy: tellsPayouts(till) ? nameOf(till, "") : null,
    tillName: till === null ? null : nameOf(till, ""),
    locations: locations.filter(({ startsOn, id }) => startsOn !== null || rows.some(({ locationId }) => locationId === id)).map(({ id, name }) => ({ id, name })),
    payouts: rows.flatMap(show),
    needsWork: needing.flatMap(show),
    mode: about.rule.mode,
    today: dateAtBank(shop, world.clock()),
  });
}

/** Everything of one payout's page. `not_found` for a payout of nobody or of another shop. */
export async function viewPayout(world: World, { db }: Visit, id: PayoutId): Promise<Result<PayoutView>> {
  const found = await loadShopPayout(db, id);
  if (found === null) return failed({ kind: "not_found" });
  const { payout, entries, location, books, connections, rule } = found;
  const today = dateAtBank(location, world.clock());
  return ok({
    row: toRow(found, entries, today),
    locationName: location.name,
    processorName: payout.totals.processor.name,
    booksName: books === null ? null : nameOf(books, ""),
    parts: partsOf(payout.totals),
    settles: payout.totals.settles.map(({ date, minor }) => ({ date, minor })),
    proposal: await toProposal(found),
    entries: entries.map((row) => toEntry(row, connections)),
    explanation: explainPayout(found, today),
    attempts: [...payout.attempts],
    mode: rule.mode,
  });
}

/** Fees and everything else that a payout is less than its gross. Signed. */
function keptFrom(totals: Payout): number {
  return sum([totals.feesMinor, totals.disputesMinor, totals.withheldMinor, ...totals.adjustments.map(({ minor }) => minor)]);
}

function toRow(about: ShopPayout, posted: readonly Pick<PayoutEntryRow, "lines">[], today: string): PayoutRowView {
  const { id, locationId, arrivalDate, state, totals, reason } = about.payout;
  return {
    id, locationId, arrivalDate, state, currency: totals.currency, grossMinor: grossOf(totals), keptMinor: keptFrom(totals), netMinor: totals.netMinor,
    ties: posted.length === 0 ? null : doesTie(about, posted), hasFailed: totals.hasFailed,
    headline: reason === null ? null : (explainPayout(about, today)?.title ?? null),
  };
}

/** Whether everything posted comes to what the processor says, line by line; accounts are as they were when it was posted. */
function doesTie({ payout, mapping }: ShopPayout, posted: readonly Pick<PayoutEntryRow, "lines">[]): boolean {
  const lines = postedOfTill(posted.flatMap((entry) => entry.lines));
  const homes = new Map(lines.map(({ key, account }) => [key, account]));
  const accounts = { ...mapping.accounts, ...Object.fromEntries(homes) };
  const target = buildPayoutEntry(payout.totals, { version: mapping.version, accounts });
  if (!target.ok) return payoutLines(payout.totals).length === 0 && deltaBetween([], lines).length === 0;
  return deltaBetween(withPostedTags(target.value.lines, lines), lines).length === 0;
}

function partsOf(totals: Payout): PayoutView["parts"] {
  const { processor, chargesMinor, refundsMinor, feesMinor, disputesMinor, withheldMinor, adjustments } = totals;
  return [
    { label: "Card sales settled", minor: chargesMinor },
    { label: "Refunds", minor: -refundsMinor },
    { label: `${processor.name} fees`, minor: -feesMinor },
    { label: "Chargebacks", minor: -disputesMinor },
    ...adjustments.map(({ label, minor }) => ({ label, minor: -minor })),
    { label: withheldMinor > 0 ? `Held back by ${processor.name}` : `Released by ${processor.name}`, minor: -withheldMinor },
  ].filter(({ minor }) => minor !== 0);
}

async function toProposal(found: ShopPayout): Promise<PayoutView["proposal"]> {
  const pending = found.payout.pending;
  const proposed = pending === null ? proposalOf(found) : ok(pending);
  if (!proposed.ok || proposed.value === null) return null;
  const { entry, bookedOn } = proposed.value;
  return { lines: toLineViews(entry.lines), totalMinor: entry.totalMinor, bookedOn, fingerprint: await fingerprintOfEntry(entry) };
}

function toEntry(row: PayoutEntryRow, connections: ShopPayout["connections"]): PayoutEntryView {
  const { revision, kind, documentNumber, bookedOn, cause, totalMinor, lines, postedAt } = row;
  const holder = connections.find(({ id }) => id === row.booksConnectionId);
  const booksUrl = holder === undefined ? null : (booksOf(holder).manifest.entryUrl?.(holder.externalAccount, row.externalId) ?? null);
  return { revision, kind, documentNumber, bookedOn, cause, totalMinor, lines: toLineViews(lines), postedAt, booksUrl };
}
