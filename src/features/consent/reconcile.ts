/**
 * Sets right what the database says from the register, which is kept apart from it: after a database was set back to an
 * earlier day, and after whatever died between the two and was never delivered again.
 */
import { MINUTE } from "../../kernel/clock";
import { auditLine } from "../../platform/audit";
import { DAYBOOK } from "../../platform/audit-leaf";
import type { Subject } from "../../platform/register";
import { listRegister } from "../../platform/register-client";
import type { Standing } from "../../platform/register-store";
import { lineIdOf, type Ledger } from "./ledger";
import { barringLinesQuery, linesAdded, sourceOf, standingsQuery, standingWritten, type ConsentRow } from "./store";
import { channelOf } from "./subject";

/** What is younger may be on its way still: its own delivery writes it, with its words. */
const SETTLED_MS = 15 * MINUTE;
/** Of a shop's register at once; each is a row to read and at most two to write. */
const MOST_AT_ONCE = 50;

type Entry = Standing & { readonly subject: Subject };

/** What was set right: standings, and lines that were missing. */
export type Reconciled = { readonly standings: number; readonly lines: number };

/**
 * Goes through a shop's register from its beginning to its end. A standing that is older in the database is written anew; a
 * stop or a hold without a line gets one that says when it was said and by which way, without the words, which are lost.
 * Changes nothing where nothing is missing, and nothing in the register, ever.
 */
export async function reconcile(ledger: Ledger): Promise<Reconciled> {
  const total = { standings: 0, lines: 0 };
  for (let after: Subject | "" = ""; ; ) {
    const page: readonly Entry[] = await listRegister(ledger.env, ledger.db.shopId, after, MOST_AT_ONCE);
    const done = await reconcilePage(ledger, page);
    total.standings += done.standings;
    total.lines += done.lines;
    const last = page.at(-1);
    if (last === undefined || page.length < MOST_AT_ONCE) return total;
    after = last.subject;
  }
}

async function reconcilePage(ledger: Ledger, page: readonly Entry[]): Promise<Reconciled> {
  const { world, db } = ledger;
  const known = new Map((await standingsQuery(db, page.map(({ subject }) => subject))).map((row) => [row.subject, row.revision]));
  const settled = world.clock() - SETTLED_MS;
  const stale = page.filter(({ subject, revision, outAt, inAt, heldAt }) => (known.get(subject) ?? 0) < revision && Math.max(outAt ?? 0, inAt ?? 0, heldAt ?? 0) <= settled);
  const [first, ...more] = stale;
  if (first === undefined) return { standings: 0, lines: 0 };
  const lines = await missingLines(ledger, stale);
  await db.orm.batch([
    standingWritten(db, first.subject, first), ...more.map((entry) => standingWritten(db, entry.subject, entry)), ...linesAdded(db, lines),
    ...auditLine(db, world.random, { at: world.clock(), actor: DAYBOOK, action: "consent.reconciled", subject: "consent", after: { standings: stale.length, lines: lines.length } }),
  ]);
  return { standings: stale.length, lines: lines.length };
}

/** The line of a stop or a hold is never older than it. */
async function missingLines(ledger: Ledger, entries: readonly Entry[]): Promise<Omit<ConsentRow, "shopId">[]> {
  const written = await barringLinesQuery(ledger.db, entries.map(({ subject }) => subject));
  const missing = entries.flatMap((entry) => {
    const [act, since] = entry.outAt === null ? ["held", entry.heldAt] as const : ["opted_out", entry.outAt] as const;
    const isThere = since === null || written.some((line) => line.subject === entry.subject && line.act === act && line.at >= since);
    return isThere ? [] : [{ entry, act, since }];
  });
  return await Promise.all(missing.map(async ({ entry: { subject, source, saidAt, reference }, act, since }) => ({
    id: await lineIdOf(ledger, { subject, act, mark: reference ?? "register", since }), subject, channel: channelOf(subject), act, source: sourceOf(source) ?? "staff",
    saidAt: saidAt ?? since, at: since, reference, follows: null, byPerson: null,
  })));
}
