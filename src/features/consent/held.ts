/** Words that may have meant stop, for a person's look; and what reached the shop otherwise, entered by one. */
import type { Failure } from "../../kernel/failure";
import { MINUTE } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import type { ConsentId } from "../../kernel/ids";
import { actorOf, type Visit } from "../../http/guard";
import type { Subject } from "../../platform/register";
import { readStandings } from "../../platform/register-client";
import type { AgreementEntry, HeldDecision, HeldView, OptOutEntry } from "./contract";
import type { Ledger, Said, Spot } from "./ledger";
import { OUT, record, RELEASED } from "./record";
import { agree, barredAmong, optOut } from "./service";
import { followersQuery, heldQuery, standingsQuery, toldLineQuery, toldLinesQuery } from "./store";
import { subjectOf } from "./subject";
import { readConfig } from "../../platform/env";

const MOST_HELD = 200;
const MOST_LINES = 2_000;
/** Two clocks may differ by so much. */
const LENIENCE_MS = 5 * MINUTE;

/** Everybody who waits for somebody to read what they said, once each, longest first. */
export async function viewHeld({ db }: Ledger): Promise<{ readonly held: HeldView[] }> {
  const standings = await heldQuery(db, MOST_HELD);
  const since = new Map(standings.map(({ subject, heldAt }) => [subject, heldAt ?? 0]));
  const lines = (await toldLinesQuery(db, [...since.keys()], MOST_LINES)).filter(({ act }) => act === "held");
  const newest = [...Map.groupBy(lines, ({ subject }) => subject).values()].flatMap(([line]) => (line === undefined ? [] : [line]));
  const people = Map.groupBy(newest, ({ id, follows }) => follows ?? id);
  const held = [...people].flatMap(([id, own]): HeldView[] => {
    const first = own.find((line) => line.id === id) ?? own[0];
    if (first === undefined) return [];
    const addresses = own.toSorted((line) => (line === first ? -1 : 1)).flatMap(({ channel, address }) => (address === null ? [] : [{ channel, value: address }]));
    return [{ id, addresses, words: first.words, source: first.source, saidAt: first.saidAt, heldAt: Math.min(...own.map(({ subject }) => since.get(subject) ?? first.at)) }];
  });
  return { held: held.toSorted((one, other) => one.heldAt - other.heldAt) };
}

/**
 * Decides what somebody meant. `not_found` for a word that is not held; `opted_out` for releasing who is out since, and
 * `conflict` where they wrote again after what was read.
 */
export async function decideHeld(ledger: Ledger, visit: Visit, id: ConsentId, { decision, note }: HeldDecision): Promise<Result<Record<string, never>>> {
  const [line] = await toldLineQuery(ledger.db, id);
  if (line?.act !== "held") return failed({ kind: "not_found" });
  const own = [line, ...await followersQuery(ledger.db, id)].filter(({ act }) => act === "held");
  const spots = own.map(({ subject, channel, address }): Spot => ({ subject, channel, value: address }));
  const { source, saidAt, reference } = line;
  const by = { words: note, actor: actorOf(visit), byPerson: visit.person.id };
  if (decision === "opted_out") {
    await record(ledger, spots, { ...by, source, saidAt, reference: `decided:${id}` }, OUT, id);
    return ok({});
  }
  const { isFirst } = await record(ledger, spots, { ...by, source: "staff", saidAt: ledger.world.clock(), reference }, RELEASED, id);
  return isFirst ? ok({}) : failed(await reasonToKeep(ledger, spots.map(({ subject }) => subject)));
}

async function reasonToKeep({ env, db }: Ledger, subjects: readonly Subject[]): Promise<Failure> {
  const out = (await readStandings(env, db.shopId, subjects)).find(({ outAt }) => outAt !== null);
  if (out !== undefined) return { kind: "opted_out", since: out.outAt ?? 0, source: out.source ?? "" };
  return { kind: "conflict", message: "They have written again since, or it was decided already: read what they said last." };
}

/** Enters a stop that reached the shop otherwise. `invalid_input` for one that is not said yet. */
export async function enterOptOut(ledger: Ledger, visit: Visit, { address, also, ...entry }: OptOutEntry): Promise<Result<{ readonly isFirst: boolean }>> {
  const said = saidBy(ledger, visit, entry);
  return said.ok ? ok(await optOut(ledger, { address, others: also }, said.value)) : said;
}

/**
 * Enters that somebody agreed to be written to. `opted_out` and `consent_held` for who is barred at that address: only they
 * themselves can opt in again, whatever they told somebody of the shop.
 */
export async function enterAgreement(ledger: Ledger, visit: Visit, { address, ...entry }: AgreementEntry): Promise<Result<Record<string, never>>> {
  const said = saidBy(ledger, visit, entry);
  if (!said.ok) return said;
  const [barred] = await barredAmong(ledger, [{ address, others: [] }]);
  if (barred?.kind === "held") return failed({ kind: "consent_held", since: barred.since });
  if (barred?.kind === "opted_out") {
    const [known] = await standingsQuery(ledger.db, [await subjectOf(readConfig(ledger.env), ledger.db.shopId, address)]);
    return failed({ kind: "opted_out", since: barred.since, source: known?.source ?? "" });
  }
  await agree(ledger, address, said.value);
  return ok({});
}

function saidBy({ world }: Ledger, visit: Visit, { key, source, note, saidAt }: Pick<AgreementEntry, "key" | "source" | "note" | "saidAt">): Result<Said> {
  const message = "That is still to come: enter when it was said.";
  if (saidAt > world.clock() + LENIENCE_MS) return failed({ kind: "invalid_input", message, fields: [{ path: "saidAt", message }] });
  return ok({ source, words: note, saidAt, reference: `entry:${key}`, actor: actorOf(visit), byPerson: visit.person.id });
}
