/**
 * A crash at any moment of a renewal leaves a lane that works, or one that says "reconnect": never one that loops, and
 * never one that has thrown away the only good token while it says that all is well.
 */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { laneOf } from "../../src/platform/lane-client";
import { LaneWorld, newLane, type LaneUnderTest, type Moment } from "./lane-world";

const MOMENTS: readonly Moment[] = ["before the call", "after the call", "while sealing", "after saving"];
const CRASHES = ["throws", "is torn down"] as const;

const USABLE = /^access-/;
const RECONNECT = /^reconnect$/;

/** What is left where a used refresh token is not taken again. A write that was not yet durable goes down with the lane. */
const OUTCOMES: Readonly<Record<(typeof CRASHES)[number], Readonly<Record<Moment, RegExp>>>> = {
  throws: { "before the call": USABLE, "after the call": RECONNECT, "while sealing": RECONNECT, "after saving": USABLE },
  "is torn down": { "before the call": USABLE, "after the call": RECONNECT, "while sealing": RECONNECT, "after saving": /^access-|^reconnect$/ },
};

let world: LaneWorld;
let under: LaneUnderTest;

beforeEach(async () => {
  world = new LaneWorld();
  world.wire();
  under = await newLane();
  await under.lane.install({ provider: "square", tokens: world.grant() });
  world.now += 2 * 3_600_000;
});

/** Crashes the lane the next time it reaches the moment, and never again. */
function crashAt(moment: Moment, how: (typeof CRASHES)[number]): { readonly happened: () => boolean } {
  let crashed = false;
  world.onMoment = (reached, abort) => {
    if (reached !== moment || crashed) return;
    crashed = true;
    if (how === "throws") throw new Error("crash");
    abort();
  };
  return { happened: () => crashed };
}

/** What a caller finds who tries again a few times, as the queue would. */
async function settled(): Promise<string> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const result = await laneOf(env, under.shopId, under.connectionId).access({ calls: 1 }).catch(() => null);
    if (result?.ok === true) return result.value.accessToken;
    if (result?.failure.kind === "reconnect_needed") return "reconnect";
  }
  return "stuck";
}

describe.each(CRASHES)("a lane that %s", (how) => {
  describe.each(MOMENTS)("%s", (moment) => {
    it("works again where the provider takes a refresh token twice", async () => {
      const crash = crashAt(moment, how);
      await under.lane.access({ calls: 1 }).catch(() => null);
      expect(crash.happened()).toBe(true);
      const token = await settled();
      expect(token).toBe(world.issued.findLast((issued) => issued.startsWith("access-")));
      await evictDurableObject(under.stub);
      expect(await settled()).toBe(token);
      world.now += 2 * 3_600_000;
      expect(await settled()).toMatch(/^access-/);
    });

    it("works again or asks for a reconnect where the provider does not", async () => {
      world.takesUsedTokens = false;
      crashAt(moment, how);
      await under.lane.access({ calls: 1 }).catch(() => null);
      expect(await settled()).toMatch(OUTCOMES[how][moment]);
      const calls = world.refreshCalls;
      await settled();
      expect(world.refreshCalls).toBe(calls);
      await under.lane.install({ provider: "square", tokens: world.grant() });
      expect(await settled()).toMatch(/^access-/);
    });

    it("answers a hundred callers alike once it is back", async () => {
      crashAt(moment, how);
      world.latencyMs = 5;
      await Promise.all(Array.from({ length: 20 }, () => laneOf(env, under.shopId, under.connectionId).access({ calls: 1 }).catch(() => null)));
      const tokens = await Promise.all(Array.from({ length: 100 }, () => settled()));
      expect(new Set(tokens).size).toBe(1);
      expect(tokens[0]).toMatch(/^access-/);
    });
  });
});

describe("a thousand random crashes and faults", () => {
  it("always end with a token that works", { timeout: 60_000 }, async () => {
    let seed = 20_261_121;
    const chance = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
    for (let round = 0; round < 1_000; round += 1) {
      world.onMoment = (_, abort) => {
        if (chance() > 0.05) return;
        if (chance() < 0.1) throw new Error("crash");
        abort();
      };
      if (chance() < 0.2) world.refreshAnswers.push({ ok: false, failure: { kind: "provider_down", provider: "square", detail: "503" } });
      world.now += Math.floor(3_600_000 * chance());
      await laneOf(env, under.shopId, under.connectionId).access({ calls: 1 }).catch(() => null);
      if (round % 50 === 49) {
        world.onMoment = () => undefined;
        world.refreshAnswers.length = 0;
        expect(await settled(), `round ${round}`).toMatch(/^access-/);
      }
    }
  });
});
