/**
 * The one way to say that somebody may be written to, and to ask. The register is told first and decides; the ledger says
 * why. A crash in between leaves a word in the register that has no line yet: the same word, delivered again, writes it. One
 * that has its line is over: delivered again, days later, it changes nothing.
 */
import { newId, type ConsentId, type PersonId } from "../../kernel/ids";
import { auditLine, type Statement } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { Barred, Dated, Reached, Recipient, Subject } from "../../platform/register";
import { barredOf, reach, recordReturn, recordWord, stopsAt } from "../../platform/register-client";
import type { Stop } from "../../platform/register-store";
import type { World } from "../../platform/world";
import type { ConsentAct, ConsentSource } from "./contract";
import { evidenceAdded, lineOfWord, linesAdded, standingWritten, type ConsentRow } from "./store";
import { subjectOf, type Address } from "./subject";

export { contactMail, type ContactMail } from "./contact-mail";
export { givenAmong, groundsOf, type Grounds } from "./grounds";
export { classify, type Classified } from "./rules";
export { stopFormUrl } from "./stop-form";
export { subjectOf, type Address } from "./subject";
export type { Barred, Dated } from "../../platform/register";

/** In whose books consent is written. */
export type Ledger = { readonly world: World; readonly env: Bindings; readonly db: ShopDb };

/** Somebody as they are written to: where, and where else the same person is known to be. */
export type Person = { readonly address: Address; readonly others: readonly Address[] };

/** What somebody said, and how it came. */
export type Said = {
  readonly source: ConsentSource;
  /** Their own words, at most 1,600 characters; what staff noted where they spoke. */
  readonly words: string;
  /** When it was said, as far as known: epoch milliseconds. */
  readonly saidAt: number;
  /** What it can be found by where it came from, such as a MessageSid: the same word counts once. */
  readonly reference: string | null;
  readonly actor: Actor;
  readonly byPerson: PersonId | null;
};

/**
 * Records a stop at every address of a person. `isFirst`: it is the one that bars them, so that it is confirmed, once; the
 * same word says so however often it is delivered.
 */
export async function optOut(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await bar(ledger, person, said, { kind: "out", act: "opted_out", action: "consent.opted_out" });
}

/** Keeps everybody from writing to a person until somebody has read what they said. */
export async function holdForPerson(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await bar(ledger, person, said, { kind: "held", act: "held", action: "consent.held" });
}

/** Lets a person be written to again, who was held and did not mean stop. */
export async function release(ledger: Ledger, person: Person, said: Said): Promise<{ readonly isFirst: boolean }> {
  return await bar(ledger, person, said, { kind: "released", act: "released", action: "consent.released" });
}

/** The stops that consent has to follow to end them at an address, in the order in which they came; `reference` is theirs at their source. */
export async function stopsOnRecord({ env, db }: Ledger, address: Address): Promise<readonly Stop[]> {
  return await stopsAt(env, db.shopId, await subjectOf(readConfig(env), db.shopId, address));
}

/**
 * Ends a person's stops at the address that the word came from. `older` where the word was not certainly said after each of
 * them; `stops` is what their source says of them, where it can be asked. `unchanged` where none stands. The word that has
 * ended them says `restored` however often it is delivered.
 */
export async function optIn(
  ledger: Ledger, person: Person, said: Said, stops: readonly Dated[],
): Promise<"restored" | "older" | "unchanged"> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const { address } = person;
  const recipient = await recipientOf(env, db, person);
  const subject = recipient.to;
  const outcome = await recordReturn(env, db.shopId, { ...recipient, at, saidAt: said.saidAt, reference: said.reference, stops });
  if (outcome !== "restored" || (await isWritten(db, subject, "opted_in", said))) return outcome;
  const line = lineOf(ledger, { subject, address, act: "opted_in", at, follows: null }, said);
  await write(db, line, [
    ...linesAdded(db, [line]), evidenceAdded(db, { consentId: line.id, address: address.value, words: said.words }),
    standingWritten(db, subject, { outAt: null, inAt: at, heldAt: null }, said.source),
    ...auditLine(db, world.random, { at, actor: said.actor, action: "consent.opted_in", subject: `consent:${line.id}`, after: { source: said.source } }),
  ]);
  return outcome;
}

/** Notes that somebody agreed beforehand to be written to at an address. It ends no stop. */
export async function agree(ledger: Ledger, address: Address, said: Said): Promise<void> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const subject = await subjectOf(readConfig(env), db.shopId, address);
  if (await isWritten(db, subject, "agreed", said)) return;
  const line = lineOf(ledger, { subject, address, act: "agreed", at, follows: null }, said);
  await write(db, line, [
    ...linesAdded(db, [line]), evidenceAdded(db, { consentId: line.id, address: address.value, words: said.words }),
    ...auditLine(db, world.random, { at, actor: said.actor, action: "consent.agreed", subject: `consent:${line.id}`, after: { source: said.source } }),
  ]);
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

type Barring = { readonly kind: "out" | "held" | "released"; readonly act: ConsentAct; readonly action: string };

async function bar(ledger: Ledger, person: Person, said: Said, { kind, act, action }: Barring): Promise<{ readonly isFirst: boolean }> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const { to, others } = await recipientOf(env, db, person);
  const subjects = [to, ...others];
  if (await isWritten(db, to, act, said)) return { isFirst: kind === "out" && (await stopsAt(env, db.shopId, to))[0]?.reference === said.reference };
  const changed = await recordWord(env, db.shopId, { kind, subjects, at, reference: said.reference });
  const addresses = [person.address, ...person.others];
  const first = lineOf(ledger, { subject: to, address: person.address, act, at, follows: null }, said);
  const lines = subjects.map((subject, index) => (index === 0 ? first : lineOf(ledger, { subject, address: addresses[index] ?? person.address, act, at, follows: first.id }, said)));
  const written = { outAt: kind === "out" ? at : null, inAt: null, heldAt: kind === "held" ? at : null };
  await write(db, first, [
    ...linesAdded(db, lines),
    ...lines.map((line, index) => evidenceAdded(db, { consentId: line.id, address: (addresses[index] ?? person.address).value, words: said.words })),
    ...changed.map((subject) => standingWritten(db, subject, written, said.source)),
    ...(changed.length === 0 ? [] : auditLine(db, world.random, { at, actor: said.actor, action, subject: `consent:${first.id}`, after: { source: said.source } })),
  ]);
  return { isFirst: changed.includes(to) };
}

/** Whether a word has its line already: it arrived before, and all that it does was done. */
async function isWritten(db: ShopDb, subject: Subject, act: ConsentAct, { reference }: Pick<Said, "reference">): Promise<boolean> {
  return reference !== null && (await lineOfWord(db, subject, act, reference)).length > 0;
}

/** Writes what belongs to a line. Of two deliveries of a word at once one finds it written. */
async function write(db: ShopDb, line: Omit<ConsentRow, "shopId">, statements: readonly Statement[]): Promise<void> {
  try {
    await db.orm.batch(statements as [Statement]);
  } catch (error) {
    if (!(await isWritten(db, line.subject, line.act, line))) throw error;
  }
}

type Of = { readonly subject: Subject; readonly address: Address; readonly act: ConsentAct; readonly at: number; readonly follows: ConsentId | null };

function lineOf({ world }: Ledger, { subject, address, act, at, follows }: Of, { source, saidAt, reference, byPerson }: Said): Omit<ConsentRow, "shopId"> {
  return { id: newId<ConsentId>(world.random), subject, channel: address.channel, act, source, saidAt, at, reference, follows, byPerson };
}
