/** Disconnecting ends the tokens here at once, and at the provider as soon as it answers. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failed, ok } from "../../src/kernel/result";
import { LaneWorld, newLane, type LaneUnderTest } from "./lane-world";

let world: LaneWorld;
let under: LaneUnderTest;

const down = failed({ kind: "provider_down", provider: "square", detail: "503" } as const);

beforeEach(async () => {
  world = new LaneWorld();
  world.wire();
  under = await newLane();
});

async function install() {
  const tokens = world.grant();
  await under.lane.install({ provider: "square", tokens });
  return tokens;
}

/** Every row of every table in the lane's storage, and whether an alarm is set. */
const leftovers = async () => await runInDurableObject(under.stub, async (_, { storage }) => ({
  rows: ["held", "farewell"].flatMap((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
  alarm: await storage.getAlarm(),
}));

describe("disconnecting", () => {
  it("revokes the grant at the provider and leaves nothing here", async () => {
    const { refreshToken } = await install();
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    expect(world.revoked).toEqual([refreshToken]);
    expect(await leftovers()).toEqual({ rows: [], alarm: null });
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("twice, or where nothing was connected, is the same as once", async () => {
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    await install();
    await under.lane.destroy();
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    expect(world.revoked).toHaveLength(1);
  });

  it("while the provider is down ends the lane at once and revokes later, until it answers", async () => {
    const { refreshToken } = await install();
    world.revokeAnswers.push(down, down);
    expect(await under.lane.destroy()).toEqual(ok({ revoked: false }));
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    await evictDurableObject(under.stub);
    expect(await runDurableObjectAlarm(under.stub)).toBe(true);
    expect(world.revoked).toEqual([]);
    expect(await runDurableObjectAlarm(under.stub)).toBe(true);
    expect(world.revoked).toEqual([refreshToken]);
    expect(await leftovers()).toEqual({ rows: [], alarm: null });
  });

  it("tries less and less often", async () => {
    await install();
    world.revokeAnswers.push(...Array.from({ length: 20 }, () => down));
    await under.lane.destroy();
    const pauses: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      pauses.push(((await leftovers()).alarm ?? 0) - world.now);
      await runDurableObjectAlarm(under.stub);
    }
    expect(pauses.map((pause) => pause / 60_000)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360]);
  });

  it("gives the sealed copy up after 30 days, and says that it was never revoked", async () => {
    await install();
    world.revokeAnswers.push(...Array.from({ length: 5 }, () => down));
    await under.lane.destroy();
    world.now += 31 * 24 * 3_600_000;
    await runDurableObjectAlarm(under.stub);
    expect(await leftovers()).toEqual({ rows: [], alarm: null });
    expect(world.lines.join()).toContain("lane.never_revoked");
  });

  it("takes a refusal of the provider for an answer", async () => {
    await install();
    world.revokeAnswers.push(failed({ kind: "provider_refused", provider: "square", answer: { status: 400, code: "X", message: "no" } } as const));
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    expect((await leftovers()).rows).toEqual([]);
    expect(world.lines.join()).toContain("lane.revocation_refused");
  });

  it("makes room for a new consent, which the old farewell does not touch", async () => {
    await install();
    world.revokeAnswers.push(down);
    await under.lane.destroy();
    const { accessToken, refreshToken } = await install();
    await runDurableObjectAlarm(under.stub);
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ value: { accessToken } });
    expect(world.revoked).not.toContain(refreshToken);
    expect((await leftovers()).rows).toHaveLength(1);
  });
});

/** A call for a token whose renewal has reached the provider and is still on its way back. */
async function renewalUnderWay(): Promise<{ readonly answer: ReturnType<typeof under.lane.access> }> {
  world.now += 2 * 3_600_000;
  world.latencyMs = 50;
  const answer = under.lane.access({ calls: 1 });
  await vi.waitUntil(() => world.refreshCalls === 1, { interval: 1 });
  return { answer };
}

describe("what happens while a token is being renewed", () => {
  it("disconnecting ends the old grant and the tokens that arrive after it", async () => {
    const { refreshToken } = await install();
    const { answer } = await renewalUnderWay();
    expect(await under.lane.destroy()).toEqual(ok({ revoked: true }));
    expect(await answer).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    expect(world.revoked).toHaveLength(2);
    expect(world.revoked[0]).toBe(refreshToken);
    expect(world.revoked[1]).toBe(world.issued.findLast((token) => token.startsWith("refresh-")));
    expect(await leftovers()).toEqual({ rows: [], alarm: null });
  });

  it("a new consent stays, and the renewal of the old one does not overwrite it", async () => {
    await install();
    const { answer } = await renewalUnderWay();
    const { accessToken } = await install();
    expect(await answer).toMatchObject({ value: { accessToken } });
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ value: { accessToken } });
    expect(world.revoked).toEqual([]);
  });

  it("a new consent stays, even when the old grant is called dead just then", async () => {
    await install();
    world.refreshAnswers.push(failed({ kind: "reconnect_needed", provider: "square" } as const));
    const { answer } = await renewalUnderWay();
    const { accessToken } = await install();
    expect(await answer).toMatchObject({ value: { accessToken } });
    expect(await under.lane.status()).toMatchObject({ value: { state: "usable" } });
  });

  it("disconnecting and connecting anew keeps the new grant, and ends what the old renewal brought", async () => {
    await install();
    const { answer } = await renewalUnderWay();
    await under.lane.destroy();
    const { accessToken } = await install();
    await answer;
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ value: { accessToken } });
  });
});
