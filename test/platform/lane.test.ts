/** A lane hands out tokens that work, renews them once however many ask, and keeps pace with the provider. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { failed, ok } from "../../src/kernel/result";
import type { ConnectionId, ShopId } from "../../src/kernel/ids";
import { laneOf } from "../../src/platform/lane-client";
import { LaneWorld, newLane, type LaneUnderTest } from "./lane-world";

let world: LaneWorld;
let under: LaneUnderTest;

beforeEach(async () => {
  world = new LaneWorld();
  world.wire();
  under = await newLane();
});

const install = async () => {
  const tokens = world.grant();
  expect(await under.lane.install({ provider: "square", tokens })).toEqual(ok(undefined));
  return tokens;
};
const busy = failed({ kind: "provider_busy", provider: "square", retryAfterSeconds: 7 } as const);
const down = failed({ kind: "provider_down", provider: "square", detail: "503" } as const);
const dead = failed({ kind: "reconnect_needed", provider: "square" } as const);
const tokenOf = async (lane = under.lane) => {
  const result = await lane.access({ calls: 1 });
  return result.ok ? result.value.accessToken : result.failure.kind;
};

describe("a lane", () => {
  it("hands out the installed token while it is good, without asking the provider", async () => {
    const { accessToken } = await install();
    expect(await under.lane.access({ calls: 1 })).toEqual(ok({ accessToken, waitMs: 0, generation: 1 }));
    expect(world.refreshCalls).toBe(0);
  });

  it("renews a token before it ends and hands out the new one, also after it slept", async () => {
    const { accessToken } = await install();
    world.now += 56 * 60_000;
    const renewed = await tokenOf();
    expect(renewed).not.toBe(accessToken);
    await evictDurableObject(under.stub);
    expect(await tokenOf()).toBe(renewed);
    expect(world.refreshCalls).toBe(1);
  });

  it("asked by a hundred at once renews once", async () => {
    await install();
    world.now += 2 * 3_600_000;
    world.latencyMs = 30;
    const tokens = await Promise.all(Array.from({ length: 100 }, () => tokenOf(laneOf(env, under.shopId, under.connectionId))));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^access-/);
    expect(world.refreshCalls).toBe(1);
  });

  it("told that a token was not taken renews once, however many say so of the same token", async () => {
    await install();
    const callers = Array.from({ length: 5 }, () => laneOf(env, under.shopId, under.connectionId));
    const first = await Promise.all(callers.map((caller) => tokenOf(caller)));
    const second: string[] = [];
    for (const caller of callers) {
      await caller.expire();
      second.push(await tokenOf(caller));
    }
    expect(new Set(first).size).toBe(1);
    expect(new Set(second).size).toBe(1);
    expect(second[0]).not.toBe(first[0]);
    expect(world.refreshCalls).toBe(1);
  });

  it.each([Number.NaN, Infinity, 1_800_000_000_000.5, -1])("keeps tokens whose expiry is %d", async (accessExpiresAt) => {
    const tokens = { ...world.grant(), accessExpiresAt, refreshExpiresAt: accessExpiresAt };
    expect(await under.lane.install({ provider: "square", tokens })).toEqual(ok(undefined));
    expect(await tokenOf()).toMatch(/^access-/);
  });

  it("tells how it stands without a secret", async () => {
    const tokens = await install();
    world.now += 2 * 3_600_000;
    await tokenOf();
    expect(await under.lane.status()).toEqual(ok({
      state: "usable", provider: "square", accessExpiresAt: world.now + 3_600_000, refreshExpiresAt: world.now + 3_600_000_000,
      refreshedAt: world.now, generation: 2, keyId: expect.stringMatching(/^[a-z2-7]{10}$/), masterId: "k1",
    }));
    expect(JSON.stringify(await under.lane.status())).not.toContain(tokens.accessToken);
  });

  it("paces calls by the provider's limit and sends away who would wait more than a minute", async () => {
    await install();
    world.pace = { callsPerMinute: 60, callsAtOnce: 10, refreshAheadMs: 0 };
    const waits = [];
    for (const calls of [10, 1, 5, 40, 30]) {
      const result = await under.lane.access({ calls });
      waits.push(result.ok ? result.value.waitMs : result.failure);
    }
    expect(waits).toEqual([0, 1_000, 6_000, 46_000, { kind: "provider_busy", provider: "square", retryAfterSeconds: 76 }]);
    world.now += 46_000;
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ value: { waitMs: 1_000 } });
    world.now -= 600_000;
    expect(await under.lane.access({ calls: 1 })).toMatchObject({ value: { waitMs: 2_000 } });
  });
});

describe("a provider that is busy or down", () => {
  it("is reported as such, and the lane works again as soon as it does", async () => {
    await install();
    world.now += 2 * 3_600_000;
    world.refreshAnswers.push(busy, down);
    expect(await under.lane.access({ calls: 1 })).toEqual(busy);
    expect(await under.lane.access({ calls: 1 })).toEqual(down);
    expect(await tokenOf()).toMatch(/^access-/);
  });

  it("does not take away a token that is still good, and is left alone for a minute", async () => {
    const { accessToken } = await install();
    world.now += 56 * 60_000;
    world.refreshAnswers.push(down, down);
    expect(await tokenOf()).toBe(accessToken);
    expect(await tokenOf()).toBe(accessToken);
    expect(world.refreshCalls).toBe(1);
    world.now += 61_000;
    expect(await tokenOf()).toBe(accessToken);
    expect(world.refreshCalls).toBe(2);
  });

  it("does not bring back a token that was refused", async () => {
    await install();
    await tokenOf();
    await under.lane.expire();
    world.refreshAnswers.push(down);
    expect(await under.lane.access({ calls: 1 })).toEqual(down);
  });
});

describe("a provider that calls the grant dead", () => {
  it("is believed the second time only", async () => {
    await install();
    world.now += 2 * 3_600_000;
    world.refreshAnswers.push(dead);
    expect(await tokenOf()).toMatch(/^access-/);
    expect(world.refreshCalls).toBe(2);
    expect(await under.lane.status()).toMatchObject({ value: { state: "usable" } });
  });

  it("twice ends the lane: it says reconnect and asks no more", async () => {
    await install();
    world.now += 2 * 3_600_000;
    world.revokeEverything();
    expect(await under.lane.access({ calls: 1 })).toEqual(dead);
    expect(await under.lane.access({ calls: 1 })).toEqual(dead);
    expect(world.refreshCalls).toBe(2);
    expect(await under.lane.status()).toMatchObject({ value: { state: "dead" } });
    expect(world.lines.join()).toContain("lane.dead");
  });

  it("lives again with the tokens of a new consent", async () => {
    await install();
    world.now += 2 * 3_600_000;
    world.revokeEverything();
    await tokenOf();
    const { accessToken } = await install();
    expect(await tokenOf()).toBe(accessToken);
  });
});

describe("a caller who was told that the grant is revoked", () => {
  it("has it proved by a renewal: a grant that renews goes on", async () => {
    const { accessToken } = await install();
    await tokenOf();
    expect(await under.lane.reportDead()).toEqual(ok(undefined));
    expect(await tokenOf()).not.toBe(accessToken);
    expect(world.refreshCalls).toBe(1);
  });

  it("has it proved by a renewal: a grant that does not is dead", async () => {
    await install();
    await tokenOf();
    world.revokeEverything();
    expect(await under.lane.reportDead()).toEqual(dead);
    expect(await tokenOf()).toBe("reconnect_needed");
  });

  it("is believed when the renewed token is refused as well", async () => {
    await install();
    await tokenOf();
    expect(await under.lane.reportDead()).toEqual(ok(undefined));
    await tokenOf();
    expect(await under.lane.reportDead()).toEqual(dead);
    expect(await tokenOf()).toBe("reconnect_needed");
  });

  it("is not believed about a token that was replaced meanwhile", async () => {
    await install();
    const slow = laneOf(env, under.shopId, under.connectionId);
    await tokenOf(slow);
    await tokenOf();
    await under.lane.reportDead();
    expect(await slow.reportDead()).toEqual(ok(undefined));
    expect(await tokenOf(slow)).toMatch(/^access-/);
    expect(world.refreshCalls).toBe(1);
  });
});

describe("a lane is its connection's alone", () => {
  it("no other shop or connection gets anything from it, or learns that it is there", async () => {
    await install();
    const other = { shopId: "another-shop" as ShopId, connectionId: under.connectionId };
    const absent = failed({ kind: "not_found" });
    for (const owner of [other, { shopId: under.shopId, connectionId: "another" as ConnectionId }]) {
      expect(await under.stub.access(owner, 1)).toEqual(absent);
      expect(await under.stub.status(owner)).toEqual(absent);
      expect(await under.stub.expire(owner, null)).toEqual(absent);
      expect(await under.stub.reportDead(owner, null)).toEqual(absent);
      expect(await under.stub.rewrapKey(owner)).toEqual(absent);
      expect(await under.stub.destroy(owner)).toEqual(absent);
      expect(await under.stub.install(owner, "square", world.grant())).toEqual(absent);
    }
    expect(await tokenOf()).toMatch(/^access-/);
  });

  it("takes no tokens for a shop that does not exist", async () => {
    const nobody = laneOf(env, "nobody" as ShopId, under.connectionId);
    expect(await nobody.install({ provider: "square", tokens: world.grant() })).toEqual(failed({ kind: "not_found" }));
  });

  it("that was never given tokens asks for a reconnect", async () => {
    expect(await tokenOf()).toBe("reconnect_needed");
    expect(await under.lane.reportDead()).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("keeps tokens sealed: no storage of the lane or of the shop holds one, and no log line", async () => {
    await install();
    for (let hour = 0; hour < 3; hour += 1) {
      world.now += 2 * 3_600_000;
      await tokenOf();
    }
    const stored = await runInDurableObject(under.stub, (_, { storage }) => {
      const tables = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
      return JSON.stringify(tables.filter(({ name }) => !name.startsWith("_cf")).map(({ name }) => storage.sql.exec(`SELECT * FROM ${name}`).toArray()));
    });
    const shopKeys = await env.SHARD_1.prepare("SELECT * FROM shop_key WHERE shop_id = ?1").bind(under.shopId).all();
    const everything = stored + JSON.stringify(shopKeys.results) + world.lines.join();
    expect(stored).toContain("v1.");
    expect(world.issued.length).toBe(8);
    expect(world.issued.filter((token) => everything.includes(token))).toEqual([]);
  });
});
