/** A grant that waits for a person's word: handed out while it waits, ended by itself when no word comes. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { failed, ok } from "../../src/kernel/result";
import { LaneWorld, newLane, type LaneUnderTest } from "./lane-world";

const TEN_MINUTES = 600_000;

let world: LaneWorld;
let under: LaneUnderTest;

beforeEach(async () => {
  world = new LaneWorld();
  world.wire();
  under = await newLane();
});

async function hold(revokes = true) {
  const tokens = world.grant();
  expect(await under.lane.hold({ provider: "square", tokens, waiting: { until: world.now + TEN_MINUTES, revokes } })).toEqual(ok(undefined));
  return tokens;
}

/** Every row of every table in the lane's storage, and when its alarm rings. */
const leftovers = async () => await runInDurableObject(under.stub, async (_, { storage }) => ({
  rows: ["held", "farewell", "waiting"].flatMap((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
  alarm: await storage.getAlarm(),
}));
const NOTHING = { rows: [], alarm: null };

describe("a grant that waits", () => {
  it("is handed out, as often as the call is repeated, and is then only forgotten", async () => {
    const tokens = await hold();
    expect(await under.lane.take()).toEqual(ok(tokens));
    expect(await under.lane.take()).toEqual(ok(tokens));
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    expect(await leftovers()).toEqual(NOTHING);
    expect(world.revoked).toEqual([]);
    expect(await under.lane.take()).toEqual(failed({ kind: "not_found" }));
  });

  it("is sealed while it waits, and rings when its time is over", async () => {
    const tokens = await hold();
    const { rows, alarm } = await leftovers();
    expect(alarm).toBe(world.now + TEN_MINUTES);
    expect(rows).toHaveLength(2);
    for (const secret of [tokens.accessToken, tokens.refreshToken]) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("that nobody takes is revoked, again and again while the provider does not answer", async () => {
    const { refreshToken } = await hold();
    world.now += TEN_MINUTES;
    world.revokeAnswers.push(failed({ kind: "provider_down", provider: "square", detail: "503" }));
    expect(await under.lane.take()).toEqual(failed({ kind: "not_found" }));
    await runDurableObjectAlarm(under.stub);
    expect(world.revoked).toEqual([]);
    expect((await leftovers()).rows).toHaveLength(1);
    await runDurableObjectAlarm(under.stub);
    expect(world.revoked).toEqual([refreshToken]);
    expect(await leftovers()).toEqual(NOTHING);
  });

  it("is destroyed and not revoked where another shop lives by the same account, or it was taken by a worker that died", async () => {
    await hold(false);
    world.now += TEN_MINUTES;
    await runDurableObjectAlarm(under.stub);
    expect(await leftovers()).toEqual(NOTHING);
    await hold();
    await under.lane.take();
    world.now += TEN_MINUTES;
    await runDurableObjectAlarm(under.stub);
    expect([await leftovers(), world.revoked]).toEqual([NOTHING, []]);
  });

  it("goes on waiting when the alarm rings early", async () => {
    const tokens = await hold();
    world.now += TEN_MINUTES - 1;
    await runDurableObjectAlarm(under.stub);
    expect(await under.lane.take()).toEqual(ok(tokens));
    expect((await leftovers()).alarm).toBe(world.now + 1);
  });

  it("waits no more once a grant was installed over it", async () => {
    await hold();
    const tokens = world.grant();
    await under.lane.install({ provider: "square", tokens });
    world.now += TEN_MINUTES;
    await runDurableObjectAlarm(under.stub);
    expect(await under.lane.take()).toEqual(failed({ kind: "not_found" }));
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ ok: true, value: { accessToken: tokens.accessToken } });
    expect(world.revoked).toEqual([]);
  });

  it("is nobody else's to take", async () => {
    await hold();
    const other = await newLane();
    expect(await other.lane.take()).toEqual(failed({ kind: "not_found" }));
    const foreign = { shopId: other.shopId, connectionId: other.connectionId };
    expect(await env.LANE.getByName(`${under.shopId}/${under.connectionId}`).take(foreign)).toEqual(failed({ kind: "not_found" }));
  });
});
