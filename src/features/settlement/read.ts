/** Reads a location's payouts, keeps them as totals, and sends those on their way that somebody has to look at. */
import { DAY } from "../../kernel/clock";
import { addDays, businessDateAt } from "../../kernel/day";
import type { Failure, FailureKind } from "../../kernel/failure";
import { ok } from "../../kernel/result";
import { fingerprintOfPayout, type Payout } from "../../ledger/payout";
import { enqueue, message, queueOf } from "../../platform/queue";
import { providerOf } from "../../providers/registry";
import { connectionById, currentConnection, locationById, scheduleOf, type ConnectionRow, type Location } from "../connections/service";
import { isAboutBooks } from "../days/service";
import { movedPayout, payoutAdded, payoutIdOf, payoutsOfLocation, savePayout, settlePayoutMessage, type PayoutRow } from "../payouts/service";
import { ask, FINISHED, nameOf, postingRuleQuery, ruleOf, tillOf, type Outcome } from "../sync/service";
import { LONGEST_WAY_DAYS } from "./bridge";
import type { ReadingJob } from "./job";
import { dateAtBank } from "./load";

/** The list and the parts of a few payouts. The provider's own answers pace longer ones. */
const CALLS_TO_READ_PAYOUTS = 4;

/** Whether a till tells its payouts at all. */
export function tellsPayouts(till: ConnectionRow | null): boolean {
  return till !== null && "readPayouts" in providerOf(till.provider);
}

/** Handles one delivery. Read twice, at once or in any order, a payout is one row. */
export async function readPayouts(job: ReadingJob): Promise<Outcome> {
  const { db, world, request } = job;
  const location = await locationById(db, request.locationId);
  const till = location === null ? null : await connectionById(db, location.connectionId);
  if (location === null || location.startsOn === null || till === null || till.state !== "connected" || !tellsPayouts(till)) return FINISHED;
  const now = world.clock();
  const from = addDays(dateAtBank(location, now), -request.days - LONGEST_WAY_DAYS);
  const known = await payoutsOfLocation(db, location.id, from);
  const asked = await ask(job, till, CALLS_TO_READ_PAYOUTS, async (access) => {
    const versions = new Map(known.map(({ externalId, totals }) => [externalId, totals.version]));
    const read = await tillOf(till).readPayouts?.(access, {
      locationId: location.externalId, currency: location.currency, window: { start: now - request.days * DAY, end: now },
      dateOf: (instant) => businessDateAt(scheduleOf(location), instant), isKnown: (id, version) => versions.get(id) === version,
    });
    return read ?? ok([]);
  });
  if (asked.kind === "no_room") return { kind: "postponed", afterSeconds: asked.afterSeconds };
  if (!asked.result.ok) return notRead(job, asked.result.failure);
  const kept = await keepAll(job, { location, till, known }, asked.result.value);
  await sendOn(job, location, kept);
  return FINISHED;
}

type Place = { readonly location: Location; readonly till: ConnectionRow; readonly known: readonly PayoutRow[] };

/** Keeps what was read; answers the ids of those that are new or have changed. */
async function keepAll(job: ReadingJob, place: Place, payouts: readonly Payout[]): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const payout of payouts) {
    // What arrived before the shop's first day here was booked by somebody else.
    if (place.location.startsOn !== null && payout.arrivalDate < place.location.startsOn) continue;
    const row = place.known.find(({ externalId }) => externalId === payout.id);
    const id = row === undefined ? await add(job, place, payout) : await renew(job, row, payout);
    if (id !== null) kept.add(id);
  }
  return kept;
}

async function add({ db, world }: ReadingJob, { location, till }: Place, payout: Payout): Promise<string> {
  const id = await payoutIdOf(till.id, payout.id);
  const now = world.clock();
  await payoutAdded(db, {
    id, connectionId: till.id, locationId: location.id, externalId: payout.id, arrivalDate: payout.arrivalDate, numberedOn: payout.arrivalDate,
    state: "ready", reason: null, totals: payout, fingerprint: await fingerprintOfPayout(payout), pending: null, leaseToken: null, leaseUntil: null,
    revision: 0, attempts: [{ at: now, text: `Read from ${nameOf(till, "the till")}: its parts folded, none kept` }], changedAt: now,
  });
  return id;
}

/** What is on its way to the books is left alone: tomorrow it is read again. */
async function renew({ db, world }: ReadingJob, row: PayoutRow, payout: Payout): Promise<string | null> {
  if (row.pending !== null) return null;
  const read = { totals: payout, fingerprint: await fingerprintOfPayout(payout), arrivalDate: payout.arrivalDate };
  const isSame = read.fingerprint === row.fingerprint;
  const to = row.revision > 0 ? "changed" : "ready";
  // What only the books can tell stays the reason: it is what makes the next attempt look there first.
  const after = isSame || isAboutBooks(row.reason)
    ? { ...row, ...read, changedAt: row.changedAt + 1 }
    : movedPayout(row, { to, read }, world.clock(), `${payout.processor.name} says something else of it than before`);
  return (await savePayout(db, row, after)) && !isSame ? row.id : null;
}

/** One message for each payout that is new, or that waits for something which may have come meanwhile. */
async function sendOn({ db, env, world, request }: ReadingJob, location: Location, kept: ReadonlySet<string>): Promise<void> {
  const [rule] = await postingRuleQuery(db);
  const isAutomatic = ruleOf(rule).mode === "automatic";
  const today = dateAtBank(location, world.clock());
  const rows = await payoutsOfLocation(db, location.id, addDays(today, -request.days - LONGEST_WAY_DAYS));
  const waiting = rows.filter((row) => kept.has(row.id) || row.pending !== null || (isAutomatic && ["ready", "changed", "held", "failed"].includes(row.state)));
  const books = waiting.length === 0 ? null : await currentConnection(db, "books");
  await enqueue(queueOf(env, books?.provider ?? null), waiting.map(({ id }) => message(settlePayoutMessage, {
    shopId: request.shopId, shard: request.shard, postponed: 0, payoutId: id, post: "as_set", by: "daybook",
  })));
}

/** Failures that pass by themselves. Whatever else it is, the days of the same till tell of it. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["provider_busy", "provider_down", "provider_unreadable", "key_unavailable"]);

function notRead({ world, db, request }: ReadingJob, failure: Failure): Outcome {
  world.log.warn("payouts.not_read", { shopId: db.shopId, locationId: request.locationId, kind: failure.kind });
  if (failure.kind === "provider_busy" && failure.retryAfterSeconds !== null) return { kind: "again", afterSeconds: failure.retryAfterSeconds };
  return PASSING.has(failure.kind) ? { kind: "away" } : FINISHED;
}
