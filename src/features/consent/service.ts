/**
 * The one way to say that somebody may be written to, and to ask. The register is told first and decides; the ledger says
 * why. A crash in between leaves somebody barred without a line, never reachable with one: the same word, delivered again,
 * writes it and is answered as it would have been.
 */
import { readConfig, type Bindings } from "../../platform/env";
import type { ShopDb } from "../../platform/database";
import type { Barred, Dated, Reached, Recipient, Subject } from "../../platform/register";
import { barredOf, carryStanding, reach, readStandings, recordReturn } from "../../platform/register-client";
import type { Stop } from "../../platform/register-store";
import { lineIdOf, writeLines, type Ledger, type Said, type Spot } from "./ledger";
import { HELD, lineOf, OUT, record, RELEASED } from "./record";
import { isAnswer } from "./rules";
import { agreedQuery, evidenceErased, linesQuery, sourceOf, standingsQuery, toldLinesQuery, type StandingRow, type ToldLine } from "./store";
import { subjectOf, type Address } from "./subject";

export { contactMail, type ContactMail } from "./contact-mail";
export { groundsOf, type Grounds } from "./grounds";
export { classify, type Classified } from "./rules";
export type { Ledger, Said } from "./ledger";
export type { StandingRow, ToldLine } from "./store";
export { evidenceErased } from "./store";
export { reconcile, type Reconciled } from "./reconcile";
export { stopFormUrl } from "./stop-form";
export { subjectOf, type Address } from "./subject";
export type { Barred, Dated } from "../../platform/register";

/** Somebody as they are written to: where, and where else the same person is known to be. */
export type Person = { readonly address: Address; readonly others: readonly Address[] };

/**
 * Records a stop at every address of a person. `isFirst`: it is the word by which they are out, so that it is confirmed; the
 * same word answers the same however often it is delivered, another one that comes later does not.
 */
export async function optOut(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await record(ledger, await spotsOf(ledger, person), said, OUT);
}

/** Keeps everybody from writing to a person until somebody has read what they said. */
export async function holdForPerson(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await record(ledger, await spotsOf(ledger, person), said, HELD);
}

/** Lets a person be written to again, who was held by the word of `said.reference` and did not mean stop. */
export async function release(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await record(ledger, await spotsOf(ledger, person), said, RELEASED);
}

/**
 * Ends the stops at one address, which must be the one that the word came from. `older` where the word was not certainly
 * said after each of them; `stops` is what their source says of them, where it can be asked: see `stopsOnRecord`. A "yes"
 * ends a stop and is otherwise an answer to something else.
 */
export async function optIn(
  ledger: Ledger, address: Address, said: Said, stops: readonly Dated[],
): Promise<"restored" | "older" | "unchanged"> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const subject = await subjectOf(readConfig(env), db.shopId, address);
  const { saidAt, source, reference } = said;
  const { outcome, standing } = await recordReturn(env, db.shopId, { subject, at, saidAt, source, reference, stops, onlyEnds: isAnswer(said.words) });
  if (outcome !== "restored") return outcome;
  const line = await lineOf(ledger, { subject, channel: address.channel, value: address.value }, said, { act: "opted_in", at: standing.inAt ?? at, since: standing.inAt, standing, follows: null });
  await writeLines(ledger, [line], { words: said.words, audit: { actor: said.actor, action: "consent.opted_in", source, at } });
  return outcome;
}

/** Notes that somebody agreed beforehand to be written to at an address. It ends no stop. */
export async function agree(ledger: Ledger, address: Address, said: Said): Promise<void> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const subject = await subjectOf(readConfig(env), db.shopId, address);
  const [standing] = await readStandings(env, db.shopId, [subject]);
  if (standing === undefined) throw new Error("the register answers for every subject");
  const line = await lineOf(ledger, { subject, channel: address.channel, value: address.value }, said, { act: "agreed", at, since: null, standing, follows: null });
  await writeLines(ledger, [line], { words: said.words, audit: { actor: said.actor, action: "consent.agreed", source: said.source, at } });
}

/** The stops that consent has to follow to end them at an address, in the order in which they came; none where none stands. */
export async function stopsOnRecord({ env, db }: Ledger, address: Address): Promise<readonly Stop[]> {
  const [standing] = await readStandings(env, db.shopId, [await subjectOf(readConfig(env), db.shopId, address)]);
  return standing === undefined || standing.outAt === null ? [] : [{ reference: standing.reference, at: standing.outAt }, ...standing.further];
}

/**
 * Makes a stop, or a hold, that stands at any of a person's addresses stand at another of theirs, which is added to them;
 * its line follows the one that it came from. Answers whether something was carried. Nothing is, twice.
 */
export async function carryOver(ledger: Ledger, { from, to }: { readonly from: readonly Address[]; readonly to: Address }): Promise<boolean> {
  const { world, env, db } = ledger;
  const config = readConfig(env);
  const [subject, ...known] = await Promise.all([to, ...from].map(async (address) => await subjectOf(config, db.shopId, address)));
  if (subject === undefined) return false;
  const carried = await carryStanding(env, db.shopId, known, subject);
  if (carried.from === null) return false;
  const { standing } = carried;
  const act = standing.outAt === null ? "held" : "opted_out";
  const [origin] = (await linesQuery(db, carried.from, 100)).filter((line) => line.act === act);
  const since = standing.outAt ?? standing.heldAt;
  const row = {
    id: await lineIdOf(ledger, { subject, act, mark: "carried", since }), subject, channel: to.channel, act, source: sourceOf(standing.source) ?? "staff",
    saidAt: standing.saidAt ?? since ?? 0, at: world.clock(), reference: standing.reference, follows: origin?.id ?? null, byPerson: null,
  } as const;
  await writeLines(ledger, [{ row, value: to.value, standing }], { words: "", audit: null });
  return true;
}

/** Takes away what was said from some subjects and from where: their lines stay, by the keyed hash alone, and so does what stands. */
export async function eraseEvidence({ db }: Ledger, subjects: readonly Subject[]): Promise<void> {
  await db.orm.batch([evidenceErased(db, subjects)]);
}

/** The lines of some subjects with what was said, newest first, at most 200. */
export async function linesOf(db: ShopDb, subjects: readonly Subject[]): Promise<readonly ToldLine[]> {
  return await toldLinesQuery(db, subjects, 200);
}

/** Where some subjects stood when the register was last heard; those of whom nothing is known are left out. For lists: nothing is sent by it. */
export async function standingsOf(db: ShopDb, subjects: readonly Subject[]): Promise<readonly StandingRow[]> {
  return await standingsQuery(db, subjects);
}

/** Those of some subjects who agreed to be written to, or opted in. Whether they may be now is the register's to say. */
export async function hasAgreed(db: ShopDb, subjects: readonly Subject[]): Promise<ReadonlySet<Subject>> {
  return new Set((await agreedQuery(db, subjects)).map(({ subject }) => subject));
}

/**
 * Sends something to a person by `send`, if they may be written to now. Until `send` has ended nobody's stop at any of their
 * addresses is answered: what comes to `value` left before the stop. `send` must have a deadline; what it throws is thrown.
 */
export async function whileReachable<Value>({ env, db }: Ledger, person: Person, send: () => Promise<Value>): Promise<Reached<Value>> {
  return await reach(env, db.shopId, await recipientOf(env, db, person), send);
}

/** Why each of some people cannot be written to now, or null. */
export async function barredAmong({ env, db }: Ledger, people: readonly Person[]): Promise<readonly (Barred | null)[]> {
  return await barredOf(env, db.shopId, await Promise.all(people.map(async (person) => await recipientOf(env, db, person))));
}

async function recipientOf(env: Bindings, db: ShopDb, { address, others }: Person): Promise<Recipient> {
  const config = readConfig(env);
  const [to, ...more] = await Promise.all([address, ...others].map(async (one) => await subjectOf(config, db.shopId, one)));
  return { to: to as Subject, others: more };
}

/** Every address of a person once, the one that they are written to at first. */
async function spotsOf({ env, db }: Ledger, { address, others }: Person): Promise<readonly Spot[]> {
  const config = readConfig(env);
  const spots = await Promise.all([address, ...others].map(async ({ channel, value }): Promise<Spot> => (
    { subject: await subjectOf(config, db.shopId, { channel, value }), channel, value }
  )));
  return spots.filter(({ subject }, index) => spots.findIndex((spot) => spot.subject === subject) === index);
}
