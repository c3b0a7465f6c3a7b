/** What nobody types but may still arrive: broken messages on the queue, and a broken environment. */
import * as fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigError, readConfig, type Bindings } from "../../src/platform/env";
import { environmentOf } from "../support/environment";
import { ABSENT_ID } from "./town/bodies";
import { HOSTILE_VALUES } from "./town/payloads";
import { DOMAIN } from "./town/plan";
import { everything } from "./town/rows";
import { FIRST, setUp, YESTERDAY, type Working } from "./town/set-up";
import { openTown, type Town } from "./town/town";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let town: Town;
let working: Working;
let before: string;

beforeAll(async () => {
  town = await openTown();
  working = await setUp(town, town.harbour);
});

beforeEach(async () => {
  before = await everything(town);
});

afterEach(async () => {
  expect(await everything(town)).toBe(before);
});

type Fate = { readonly acknowledged: number; readonly retried: number };

/** Hands bodies to the real consumer, all in one batch. */
async function deliver(bodies: readonly unknown[], queue = "daybook-sync"): Promise<Fate> {
  const fate = { acknowledged: 0, retried: 0 };
  const messages = bodies.map((body, index) => ({
    id: String(index), timestamp: new Date(0), attempts: 1, body,
    ack: () => void (fate.acknowledged += 1), retry: () => void (fate.retried += 1),
  }));
  await town.jobs.queue({ queue, messages, ackAll: () => {}, retryAll: () => {} } as unknown as MessageBatch, town.env);
  return fate;
}

function day(): Readonly<Record<string, unknown>> {
  const { shop, locationId } = working;
  return { shopId: shop.id, shard: shop.shard, locationId, date: YESTERDAY, why: "retry", post: "no", by: "daybook", backfillId: null, postponed: 0 };
}

function start(): Readonly<Record<string, unknown>> {
  const { shop, locationId } = working;
  return { shopId: shop.id, shard: shop.shard, backfillId: "b".repeat(26), locationIds: [locationId], from: FIRST, to: YESTERDAY, posts: true, by: "daybook", at: 1 };
}

function used(): Readonly<Record<string, unknown>> {
  const { shop } = working;
  return { shopId: shop.id, shard: shop.shard, use: "u".repeat(26), documentId: ABSENT_ID, share: null, person: null, purpose: "view", act: "downloaded", at: 1, origin: "v1.k1.sealed" };
}

const SID = `SM${"0".repeat(32)}`;

function arrived(): Readonly<Record<string, unknown>> {
  const { shop } = working;
  return { shopId: shop.id, shard: shop.shard, sid: SID, at: 1, sealed: "v1.k1.sealed" };
}

function told(): Readonly<Record<string, unknown>> {
  const { shop } = working;
  return { shopId: shop.id, shard: shop.shard, sid: SID, state: "delivered", errorCode: null, at: 1 };
}

function due(): Readonly<Record<string, unknown>> {
  const { shop } = working;
  return { shopId: shop.id, shard: shop.shard, contactId: ABSENT_ID, at: 1, messageId: ABSENT_ID };
}

const KINDS = [["sync-day", day], ["start-backfill", start], ["document-used", used], ["text-arrived", arrived], ["text-told", told], ["send-message", due]] as const;

describe("a message on the queue", () => {
  it("that is no message of ours is dropped, logged, and does not come again", async () => {
    const strangers = [null, 1, "text", [], {}, { kind: 1 }, { kind: "no-such-kind", payload: {} }, { kind: "sync-day" }, { kind: "__proto__", payload: {} }, { kind: "x".repeat(5_000), payload: null }];
    const lines = town.logs.length;
    expect(await deliver(strangers)).toEqual({ acknowledged: strangers.length, retried: 0 });
    expect(town.logs.slice(lines).every((line) => line.includes('"queue.malformed"'))).toBe(true);
    expect(town.logs.length - lines).toBe(strangers.length);
  });

  it.each(KINDS)("of the kind %s with a field that is absent, foreign or wrong is dropped, dead or alive", async (kind, payload) => {
    const whole = payload();
    const without = Object.keys(whole).map((name) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name)));
    const wrong = Object.keys(whole).flatMap((name) => HOSTILE_VALUES.filter((value) => value !== whole[name]).map((value) => ({ ...whole, [name]: value })));
    const bodies = [...without, ...wrong, { ...whole, extra: 1 }].filter((one) => !isTaken(one)).map((one) => ({ kind, payload: one }));
    expect(bodies.length).toBeGreaterThan(150);
    for (const queue of ["daybook-sync", "daybook-sync-dead"]) {
      expect(await deliver(bodies, queue)).toEqual({ acknowledged: bodies.length, retried: 0 });
    }
  });

  it("of random shape never breaks the batch", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ kind: fc.constantFrom("sync-day", "start-backfill", "document-used"), payload: fc.jsonValue({ maxDepth: 3 }) }), { maxLength: 10 }), async (bodies) => {
      expect(await deliver(bodies)).toEqual({ acknowledged: bodies.length, retried: 0 });
    }), { numRuns: 100 });
  });

  it("that names a shard which there is not comes again, for the other shards' messages must not wait for it", async () => {
    expect(await deliver([{ kind: "sync-day", payload: { ...day(), shard: 99 } }, { kind: "sync-day", payload: { ...day(), locationId: ABSENT_ID } }])).toEqual({ acknowledged: 1, retried: 1 });
  });
});

/** Some hostile values are none where a date or a whole number is asked for. */
function isTaken({ date, from, to, at, postponed, shard }: Readonly<Record<string, unknown>>): boolean {
  return [date, from, to].includes("9999-12-31") || [at, postponed, shard].some((value) => Object.is(value, -0)) || at === -1;
}

const VARIABLES = [
  "APP_DOMAIN", "APP_SCHEME", "MASTER_KEYS", "MASTER_KEY_CURRENT", "PASSWORD_PEPPER", "SQUARE_CLIENT_ID", "SQUARE_CLIENT_SECRET", "QUICKBOOKS_CLIENT_ID", "QUICKBOOKS_CLIENT_SECRET", "XERO_CLIENT_ID", "XERO_CLIENT_SECRET",
  "SQUARE_WEBHOOK_KEY", "QUICKBOOKS_WEBHOOK_TOKEN", "CLOVER_WEBHOOK_SECRET", "XERO_WEBHOOK_KEY",
  "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET", "MAIL_FROM", "AUDIT_SIGNING_KEY", "BREACH_CHECK",
] as const;

describe.each(VARIABLES)("an environment whose %s is broken", (name) => {
  it("stops the Worker with the variable's name and no value of it", () => {
    for (const value of [undefined, null, 1, {}, [], ""]) {
      expect(() => readConfig(environmentOf({ [name]: value }))).toThrow(ConfigError);
    }
    const secret = fc.string({ minLength: 12, maxLength: 60 }).map((text) => `<<${text}>>`);
    fc.assert(fc.property(secret, (value) => {
      const message = messageOf(() => readConfig(environmentOf({ [name]: value })));
      expect(message?.includes(value) ?? false).toBe(false);
      if (/CLIENT|API_KEY|WEBHOOK/.test(name) && name !== "RESEND_WEBHOOK_SECRET") expect(message).toBeNull();
      else expect(message).toContain(name);
    }));
  });

  it("answers every request with a number to ask about, and says neither variable nor value", async () => {
    const env: Bindings = { ...town.env, [name]: undefined };
    const response = await town.app.fetch(new Request(`https://${DOMAIN}/`), env);
    const text = await response.text();
    // Without its domain the app does not even know that it was asked.
    expect([404, 500]).toContain(response.status);
    expect(text).not.toMatch(/MASTER|PEPPER|CLIENT|APP_|Error|\.ts/);
  });
});

function messageOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
}
