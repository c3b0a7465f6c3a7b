/** What people do with days: read again, try again, post, and say how the shop posts. Each leaves its line in the audit log. */
import { parseBusinessDate, windowOf } from "../../kernel/day";
import type { FailureKind } from "../../kernel/failure";
import type { LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay } from "../../kernel/roles";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import { actorOf, type Visit } from "../../http/guard";
import type { Bindings } from "../../platform/env";
import { auditLine } from "../../platform/audit";
import { once, type Prepared } from "../../platform/once";
import type { World } from "../../platform/world";
import { currentConnection, scheduleOf } from "../connections/service";
import { dayWrittenOrAborted, daysStandingOn, daysStoppedBy, moved, withoutDecision, type PendingEntry } from "../days/service";
import { latestQuery, toMapping } from "../mapping/service";
import { retryStoppedPayouts } from "../payouts/service";
import type { PostingChange, PostingRule } from "./contract";
import { draftOf } from "./draft";
import type { ShopDay } from "./job";
import { loadShopDay, ruleOf } from "./load";
import type { PostWish, SyncDay } from "./messages";
import { faceOf, proposedOrder } from "./proposal";
import { blockOf } from "./rules";
import { sendDays, sendToTills, startOf } from "./send";
import { postingRuleQuery, postingRuleWritten } from "./store";
import { UNCATEGORIZED } from "./target";

/** Who does it, and where. */
export type Act = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

/** An act that was taken on and goes on by itself. */
export type UnderWay = { readonly underWay: true };
/** The answer to every act that the queue carries out. */
export const UNDER_WAY = ok<UnderWay>({ underWay: true });

/** As an address names a day: nothing of it was looked at yet. */
export type Place = { readonly location: string; readonly date: string };

/**
 * Reads a day again. A day that was held or failed then goes where the shop's rule sends it; any other is read only.
 * `not_found`, or `conflict` for a day that has not closed.
 */
export async function readDay(act: Act, place: Place): Promise<Result<UnderWay>> {
  const found = await closedDay(act, place);
  if (!found.ok) return found;
  const isStopped = ["held", "failed"].includes(found.value.day.state);
  return await begin(act, found.value, { action: "day.read_again", why: "retry", post: isStopped ? "as_set" : "no" });
}

/** Failures that only an attempt at posting brings: somebody had decided to post. */
const AT_THE_BOOKS: ReadonlySet<FailureKind> = new Set<FailureKind>([
  "account_inactive", "account_unknown", "duplicate_number", "entry_differs", "subscription_lapsed",
]);

/**
 * Tries a day again. It is posted where the shop posts automatically, and where an attempt at posting was what failed
 * and the person may post; otherwise it comes as far as `ready`. Fails as `readDay`.
 */
export async function retryDay(act: Act, place: Place): Promise<Result<UnderWay>> {
  const found = await closedDay(act, place);
  if (!found.ok) return found;
  const { day } = found.value;
  const wasPosting = day.reason !== null && AT_THE_BOOKS.has(day.reason.kind);
  const post = wasPosting && roleMay(act.visit.role, "days.post") ? "yes" : "as_set";
  return await begin(act, found.value, { action: "day.retried", why: "retry", post });
}

/**
 * Posts a day as the person saw it. The very entry is written down with the approval, so that nothing else can be
 * posted for it; sending it is the queue's job. `conflict` when the entry is another by now or is in the books already;
 * whatever holds the day, where something does.
 */
export async function postDayNow(act: Act, place: Place, fingerprint: string): Promise<Result<UnderWay>> {
  const found = await closedDay(act, place);
  if (!found.ok) return found;
  const { location, day } = found.value;
  const { visit, world } = act;
  const approved = await once<UnderWay>(visit.db, {
    key: `day.post:${location.id}:${day.businessDate}:${day.changedAt}`, input: { fingerprint }, actor: actorOf(visit), action: "day.approved",
    at: world.clock(), random: world.random,
  }, () => approve(act, place, fingerprint));
  if (!approved.ok) return approved;
  // The entry was written down with the approval, after the day was looked at: it is the books' turn.
  await send(act, found.value, { why: "retry", post: "yes" }, { provider: found.value.books?.provider ?? null, stage: "post" });
  return UNDER_WAY;
}

async function approve(act: Act, place: Place, fingerprint: string): Promise<Result<Prepared<UnderWay>>> {
  const { visit, world } = act;
  const found = await closedDay(act, place);
  if (!found.ok) return found;
  const { day, entries, books } = found.value;
  const prepared = (statements: Prepared<UnderWay>["statements"], after: Prepared<UnderWay>["audit"]["after"]) => ok({
    statements, answer: UNDER_WAY.value, audit: { subject: subjectOf(found.value), after },
  });
  if (day.pending !== null) {
    // Pressed twice: the first press is on its way, and the second one only sees to it that it is.
    const isSame = (await fingerprintOfEntry(faceOf(day.pending))) === fingerprint;
    return isSame ? prepared([], { documentNumber: day.pending.documentNumber, again: true }) : changedMeanwhile();
  }
  const proposed = proposedOrder(found.value);
  if (!proposed.ok) return proposed;
  if (proposed.value === null || day.fingerprint === null) {
    return entries.length > 0 ? failed({ kind: "conflict", message: "This day is in your books already." }) : changedMeanwhile();
  }
  const blocked = blockOf(found.value);
  if (blocked !== null || books === null) return failed(blocked ?? { kind: "not_connected", role: "books" });
  if ((await fingerprintOfEntry(faceOf(proposed.value))) !== fingerprint) return changedMeanwhile();
  const pending: PendingEntry = await draftOf(found.value, books, proposed.value, day.fingerprint, actorOf(visit).id);
  // Whoever posts a day that was taken back overrules that.
  const after = withoutDecision(moved(day, { to: "posting", pending, lease: null }, world.clock(), `Approved for posting as ${pending.documentNumber}`), "undone");
  return prepared([dayWrittenOrAborted(visit.db, day, after)], { documentNumber: pending.documentNumber, fingerprint });
}

/** How the shop posts now. */
export async function postingOf(visit: Visit): Promise<PostingRule> {
  const [row] = await postingRuleQuery(visit.db);
  return ruleOf(row);
}

/** Sets how the shop posts, from the next day that is read. Days that were read before stay as they are. */
export async function setPosting({ visit, world }: Act, change: PostingChange): Promise<PostingRule> {
  const { db, shop } = visit;
  const at = world.clock();
  const before = await postingOf(visit);
  const rule: PostingRule = {
    mode: change.mode ?? before.mode,
    unknownLines: change.unknownLines ?? before.unknownLines,
    openChecks: change.openChecks ?? before.openChecks,
    corrections: change.corrections ?? before.corrections,
    leastCorrectionMinor: change.leastCorrectionMinor ?? before.leastCorrectionMinor,
    method: change.method ?? before.method,
  };
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "posting.changed", subject: `shop:${shop.id}`, before, after: rule });
  await db.orm.batch([postingRuleWritten(db, { ...rule, changedBy: visit.person.id, changedAt: at }), ...audit]);
  return rule;
}

/** Tries all days again that one of these failures has stopped, newest first, at most 500; answers how many. */
export async function retryStopped(act: Act, kinds: readonly FailureKind[]): Promise<number> {
  const { visit, env } = act;
  const days = await daysStoppedBy(visit.db, kinds);
  await sendToTills(env, visit.db, days.map(({ locationId, businessDate }) => ({
    request: { ...originOf(visit), locationId, date: businessDate, why: "retry", post: "as_set" },
  })));
  return days.length;
}

/** Does the same for payouts, on the queue of the books. */
export async function retryPayouts({ visit, env }: Act, kinds: readonly FailureKind[]): Promise<void> {
  const books = await currentConnection(visit.db, "books");
  await retryStoppedPayouts(env, visit.db, { shard: visit.shop.shard, by: actorOf(visit).id, books: books?.provider ?? null, kinds });
}

/**
 * Has the posted days looked at again that stand on the account of unknown lines with one of these keys: they are mapped
 * now, and an ordinary correction brings them to their own accounts. At most 500, newest first; answers how many.
 */
export async function reclassifyPosted(act: Act, keys: readonly string[]): Promise<number> {
  const { visit, env } = act;
  const [row] = await latestQuery(visit.db);
  const uncategorized = toMapping(row).accounts[UNCATEGORIZED];
  const days = uncategorized === undefined ? [] : await daysStandingOn(visit.db, uncategorized.id, keys);
  await sendToTills(env, visit.db, days.map(({ locationId, businessDate }) => ({
    request: { ...originOf(visit), locationId, date: businessDate, why: "retry", post: "as_set" },
  })));
  return days.length;
}

/** What every message of a visit says. */
export function originOf(visit: Visit): Pick<SyncDay, "shopId" | "shard" | "by" | "backfillId" | "postponed"> {
  return { shopId: visit.shop.id, shard: visit.shop.shard, by: actorOf(visit).id, backfillId: null, postponed: 0 };
}

/** A day whose window is over. `not_found`, or `conflict` for one that has not closed. */
export async function closedDay({ visit, world }: Act, place: Place): Promise<Result<ShopDay>> {
  const date = parseBusinessDate(place.date);
  const shopDay = date === null ? null : await loadShopDay(visit.db, place.location as LocationId, date);
  if (date === null || shopDay === null) return failed({ kind: "not_found" });
  const isClosed = windowOf(scheduleOf(shopDay.location), date).end <= world.clock();
  return isClosed ? ok(shopDay) : failed({ kind: "conflict", message: "This day has not closed yet." });
}

type Wish = { readonly action: string; readonly why: SyncDay["why"]; readonly post: PostWish };

async function begin(act: Act, shopDay: ShopDay, { action, why, post }: Wish): Promise<Result<UnderWay>> {
  const { visit, world } = act;
  const audit = auditLine(visit.db, world.random, { at: world.clock(), actor: actorOf(visit), action, subject: subjectOf(shopDay), after: { post } });
  await visit.db.orm.batch(audit);
  await send(act, shopDay, { why, post });
  return UNDER_WAY;
}

/** Puts a day on the queue where it starts, in the name of the person who asked. */
export async function send({ env, visit }: Act, shopDay: ShopDay, { why, post }: Pick<SyncDay, "why" | "post">, start = startOf(shopDay)): Promise<void> {
  const { provider, ...stage } = start;
  const { location, day } = shopDay;
  await sendDays(env, [{ provider, request: { ...originOf(visit), locationId: location.id, date: day.businessDate, why, post, ...stage } }]);
}

/** What an audit line calls a day. */
export function subjectOf({ location, day }: ShopDay): string {
  return `day:${location.id}:${day.businessDate}`;
}

function changedMeanwhile(): Result<never> {
  return failed({ kind: "conflict", message: "The entry is another one by now than the one you saw." });
}
