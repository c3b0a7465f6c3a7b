/** A Worker that dies while a number is set up or removed: what stands hears nobody wrongly, and the same act again finishes it. */
import { describe, expect, it } from "vitest";
import { lineOf, shopAtHook } from "../../../src/features/text-line/service";
import { removeLine, setUpLine, type Desk } from "../../../src/features/text-line/set-up";
import type { LineChange } from "../../../src/features/text-line/contract";
import { openShopDb } from "../../../src/platform/database";
import type { Result } from "../../../src/kernel/result";
import { lineQuery } from "../../../src/features/text-line/store";
import { drawsOf, gatedDatabase, runScheduled, type Fate, type Gate } from "../../support/schedule";
import { must } from "../../support/people";
import { SERVICE_NUMBER, SERVICE_SID } from "../../support/texting";
import { LINE, openShop, openStreet, type Street } from "../inbound/phone";

/** The same desk, each await of which on either database passes the gate. */
function through(desk: Desk, gate: Gate): Desk {
  const env = { ...desk.env, SHARD_0: gatedDatabase(desk.env.SHARD_0, gate), DIRECTORY: gatedDatabase(desk.env.DIRECTORY, gate) };
  return { ...desk, env, visit: { ...desk.visit, db: openShopDb(env, desk.visit.shop.id, 0) } };
}

const changed: LineChange = { ...LINE, number: SERVICE_NUMBER, serviceSid: SERVICE_SID };
const versionOf = async ({ visit }: Desk) => (await lineQuery(visit.db))[0]?.version ?? 0;

/** Acts that may die, each done again by a person who sees how things stand. */
const ACTS: Readonly<Record<string, (desk: Desk) => Promise<Result<void>>>> = {
  "setting up anew": async (desk) => await setUpLine(desk, { ...changed, version: await versionOf(desk) }),
  "changing the number": async (desk) => await setUpLine(desk, { ...changed, version: await versionOf(desk) }),
  "removing": async (desk) => await removeLine(desk, await versionOf(desk)),
};

/** What must hold whatever died: a line's address is its shop's, its number is claimed for it, and no other address is heard. */
async function isSound(desk: Desk): Promise<void> {
  const line = await lineOf(desk.visit.db);
  if (line === null) return;
  expect(await shopAtHook(desk.env, line.hookId)).toBe(desk.visit.shop.id);
  expect(await desk.env.DIRECTORY.prepare("SELECT shop_id FROM text_number WHERE number = ?1").bind(line.number).first("shop_id")).toBe(desk.visit.shop.id);
}

async function given(name: string): Promise<{ readonly street: Street; readonly desk: Desk }> {
  const street = await openStreet();
  return { street, desk: name === "setting up anew" ? await openShop(street) : street.desk };
}

async function countSteps(name: string, act: (desk: Desk) => Promise<Result<void>>): Promise<number> {
  const { desk } = await given(name);
  let steps = 0;
  must(await act(through(desk, async (effect) => ((steps += 1), await effect()))));
  return steps;
}

describe.each(Object.entries(ACTS))("%s", (name, act) => {
  it("may die at any await: what stands is sound, and doing it again finishes it", async () => {
    const steps = await countSteps(name, act);
    expect(steps).toBeGreaterThanOrEqual(4);
    for (const fate of ["dies_before", "dies_after"] as const) {
      for (let at = 0; at < steps; at += 1) {
        const { street, desk } = await given(name);
        await runScheduled([async (gate) => void await act(through(desk, gate))], drawsOf(at), (_, step): Fate => (step === at ? fate : "go"));
        await isSound(desk);
        must(await act(desk));
        await isSound(desk);
        const line = await lineOf(desk.visit.db);
        const { results } = await street.env.DIRECTORY.prepare("SELECT number FROM text_number WHERE shop_id = ?1").bind(desk.visit.shop.id).all();
        expect([fate, at, line?.number ?? null, results]).toEqual([fate, at, name === "removing" ? null : SERVICE_NUMBER, name === "removing" ? [] : [{ number: SERVICE_NUMBER }]]);
      }
    }
  }, 120_000);
});

it("setting up, changing and removing at once, in any order of their awaits, leave something sound", async () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const { desk } = await given("changing the number");
    const version = await versionOf(desk);
    const acts = [
      async (gate: Gate) => void await setUpLine(through(desk, gate), { ...changed, version }),
      async (gate: Gate) => void await setUpLine(through(desk, gate), { ...LINE, displayName: "Another", version }),
      async (gate: Gate) => void await removeLine(through(desk, gate), version),
      async (gate: Gate) => {
        const later = through(desk, gate);
        await setUpLine(later, { ...LINE, version: await versionOf(later) });
      },
    ];
    await runScheduled(acts, drawsOf(seed), () => "go");
    await isSound(desk);
  }
}, 120_000);
