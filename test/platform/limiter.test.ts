/** Turns are counted exactly, however many ask at once, and are forgotten when no limit needs them any more. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Limit, LimiterObject } from "../../src/platform/limiter";

const TEN: Limit = { turns: 10, perMs: 60_000 };
const NOW = Date.UTC(2026, 6, 14, 11);

let made = 0;

function newLimiter() {
  return env.LIMITER.getByName(`limiter of a test ${(made += 1)}`);
}

/** How many of `tries` at once get a turn. */
async function granted(limiter: ReturnType<typeof newLimiter>, tries: number, now: number, act = "password"): Promise<number> {
  const waits = await Promise.all(Array.from({ length: tries }, async () => await limiter.take(act, TEN, now)));
  return waits.filter((wait) => wait === null).length;
}

describe("a limiter", () => {
  it("grants exactly its turns to a hundred who ask at once", async () => {
    expect(await granted(newLimiter(), 100, NOW)).toBe(10);
  });

  it("slides: each turn comes back exactly when its own time is over, and a refusal says when", async () => {
    const limiter = newLimiter();
    for (let second = 0; second < 10; second += 1) expect(await limiter.take("password", TEN, NOW + second * 1_000)).toBeNull();
    expect(await limiter.take("password", TEN, NOW + 10_000)).toBe(50_000);
    expect(await limiter.take("password", TEN, NOW + 59_999)).toBe(1);
    expect(await limiter.take("password", TEN, NOW + 60_000)).toBeNull();
    expect(await limiter.take("password", TEN, NOW + 60_000)).toBe(1_000);
    expect(await granted(limiter, 20, NOW + 64_000)).toBe(4);
  });

  it("is not prolonged by those who keep asking in vain", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 10, NOW)).toBe(10);
    expect(await granted(limiter, 50, NOW + 30_000)).toBe(0);
    expect(await granted(limiter, 10, NOW + 60_000)).toBe(10);
  });

  it("counts each act for itself, and each subject", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 10, NOW, "password")).toBe(10);
    expect(await granted(limiter, 20, NOW, "mail_link")).toBe(10);
    expect(await granted(newLimiter(), 20, NOW, "password")).toBe(10);
  });

  it("grants nothing new when the clock steps back", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 10, NOW)).toBe(10);
    expect(await granted(limiter, 10, NOW - 3_600_000)).toBe(0);
  });

  it("gives back one turn that was not used, or all at an act", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 10, NOW)).toBe(10);
    await limiter.giveBack("password", NOW);
    await limiter.giveBack("password", NOW + 1);
    expect(await granted(limiter, 10, NOW)).toBe(1);
    await limiter.giveBack("password", null);
    expect(await granted(limiter, 20, NOW)).toBe(10);
  });

  it("survives being put out of memory", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 7, NOW)).toBe(7);
    await evictDurableObject(limiter);
    expect(await granted(limiter, 7, NOW)).toBe(3);
  });

  it("refuses a limit that is none", async () => {
    for (const limit of [{ turns: 0, perMs: 1 }, { turns: 1_001, perMs: 1 }, { turns: 1, perMs: 0 }]) {
      const thrown = await runInDurableObject(newLimiter(), async (instance: LimiterObject) => await instance.take("password", limit, NOW).catch(String));
      expect(thrown).toContain("a limit is a number of turns");
    }
  });
});

describe("what a limiter keeps", () => {
  const stored = async (limiter: ReturnType<typeof newLimiter>) => await runInDurableObject(limiter, (_, state) => (
    state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'turns'").toArray().length === 0
      ? null
      : state.storage.sql.exec<{ act: string; times: string }>("SELECT act, times FROM turns ORDER BY act").toArray()
  ));
  const at = async (limiter: ReturnType<typeof newLimiter>, later: number) => await runInDurableObject(limiter, (instance: LimiterObject) => {
    const now = Date.now() + later;
    Object.assign(instance, { clock: () => now });
  });

  it("is bounded by the limit, not by how often somebody asks", async () => {
    const limiter = newLimiter();
    expect(await granted(limiter, 500, NOW)).toBe(10);
    expect(await stored(limiter)).toEqual([{ act: "password", times: JSON.stringify(Array.from({ length: 10 }, () => NOW)) }]);
  });

  it("is nothing at all once no limit needs it", async () => {
    const limiter = newLimiter();
    await granted(limiter, 3, NOW);
    await at(limiter, TEN.perMs + 60_000);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
    expect(await stored(limiter)).toBeNull();
    expect(await runDurableObjectAlarm(limiter)).toBe(false);
    expect(await granted(limiter, 20, NOW)).toBe(10);
  });

  it("stays for as long as one act needs it", async () => {
    const limiter = newLimiter();
    await granted(limiter, 3, NOW);
    await limiter.take("mail_link", { turns: 5, perMs: 3_600_000 }, NOW);
    await at(limiter, TEN.perMs + 60_000);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
    expect((await stored(limiter))?.map(({ act }) => act)).toEqual(["mail_link"]);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
  });
});
