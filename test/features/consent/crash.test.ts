/** A Worker that dies at any await while somebody's word is recorded: the same word, delivered again, comes to what it would have. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { agree, barredAmong, carryOver, holdForPerson, optIn, optOut, release, type Ledger } from "../../../src/features/consent/service";
import type { Bindings } from "../../../src/platform/env";
import { drawsOf, gatedDatabase, runScheduled, type Fate, type Gate } from "../../support/schedule";
import { booksOf, EMAIL, KIM, newDesk, PHONE, said, through, type Desk } from "./desk";

/** The shop's shard, the directory and the register, with every await passed through the gate. */
function gated(gate: Gate): Bindings {
  const getByName = (name: string) => {
    const stub = env.REGISTER.getByName(name) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({}, { get: (_, method) => (method === "then" ? undefined : (...values: unknown[]) => gate(async () => await stub[String(method)]?.(...values))) });
  };
  return { ...env, SHARD_0: gatedDatabase(env.SHARD_0, gate), DIRECTORY: gatedDatabase(env.DIRECTORY, gate), REGISTER: { getByName } as unknown as Bindings["REGISTER"] };
}

/** Each act with what is there before it. Every one is done again with the same word. */
const ACTS: Readonly<Record<string, { readonly before?: (desk: Desk) => Promise<unknown>; readonly act: (ledger: Ledger, desk: Desk) => Promise<unknown> }>> = {
  "a stop": { act: async (ledger, desk) => await optOut(ledger, KIM, said(desk, "STOP")) },
  "a word that is held": { act: async (ledger, desk) => await holdForPerson(ledger, KIM, said(desk, "wrong number")) },
  "a release": { before: async (desk) => await holdForPerson(desk, KIM, said(desk, "wrong number")), act: async (ledger, desk) => await release(ledger, KIM, said(desk, "he meant the part")) },
  "consent given again": {
    before: async (desk) => await optOut(desk, KIM, said(desk, "STOP", "SM1", 1_000)),
    act: async (ledger, desk) => await optIn(ledger, PHONE, said(desk, "START", "SM2"), [{ reference: "SM1", saidAt: 1_000 }]),
  },
  "consent beforehand": { act: async (ledger, desk) => await agree(ledger, EMAIL, said(desk, "ticked the box", "form:1")) },
  "an address that is added": { before: async (desk) => await optOut(desk, { address: PHONE, others: [] }, said(desk, "STOP")), act: async (ledger) => await carryOver(ledger, { from: [PHONE], to: EMAIL }) },
};

/** The books without what differs between shops. */
async function toldBy(desk: Desk) {
  const { lines, evidence, standing, actions } = await booksOf(desk);
  const column = (rows: readonly Record<string, unknown>[], ...names: string[]) => rows.map((row) => JSON.stringify(names.map((name) => row[name]))).toSorted();
  return {
    lines: column(lines, "channel", "act", "source", "said_at", "at", "reference"), evidence: column(evidence, "address", "words"),
    standing: column(standing, "opted_out_at", "opted_in_at", "held_at", "source", "revision"), actions,
    follows: lines.filter(({ follows }) => follows !== null).length,
    barred: await barredAmong(desk, [KIM, { address: EMAIL, others: [] }]),
  };
}

describe.each(Object.entries(ACTS))("%s", (_, { before, act }) => {
  it("that dies at any await and is delivered again is recorded once, and answered as it would have been", async () => {
    const whole = newDesk();
    await before?.(whole);
    let steps = 0;
    const expected = { answer: await act(through(whole, gated(async (effect) => ((steps += 1), await effect()))), whole), books: await toldBy(whole) };
    expect(steps).toBeGreaterThan(2);
    for (const fate of ["dies_before", "dies_after"] as const) {
      for (let at = 0; at < steps; at += 1) {
        const desk = newDesk();
        await before?.(desk);
        const dying = async (gate: Gate) => void await act(through(desk, gated(gate)), desk);
        const ran = await runScheduled([dying], drawsOf(at), (__, step): Fate => (step === at ? fate : "go"));
        expect(ran.died).toEqual([true]);
        expect([fate, at, await act(desk, desk)]).toEqual([fate, at, expected.answer]);
        expect([fate, at, await toldBy(desk)]).toEqual([fate, at, expected.books]);
      }
    }
  });

  it("that two Workers are delivered at once, in any order of their awaits, is recorded once", async () => {
    const whole = newDesk();
    await before?.(whole);
    await act(whole, whole);
    const expected = await toldBy(whole);
    for (let seed = 0; seed < 12; seed += 1) {
      const desk = newDesk();
      await before?.(desk);
      const one = async (gate: Gate) => void await act(through(desk, gated(gate)), desk);
      await runScheduled([one, one, one], drawsOf(seed), () => "go");
      expect([seed, await toldBy(desk)]).toEqual([seed, expected]);
    }
  });
});
