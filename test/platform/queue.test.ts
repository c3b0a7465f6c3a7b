/** Messages come twice, late and malformed; each is judged on its own, and none vanishes unseen. */
import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createLog } from "../../src/platform/log";
import { backoff, defineMessage, DONE, enqueue, handle, message, retryAfter, runBatch, runDeadLetters, type Handler, type Verdict } from "../../src/platform/queue";

const syncDay = defineMessage("sync-day", z.strictObject({ shopId: z.string().min(1), date: z.iso.date() }));
const good = (date: string) => ({ kind: "sync-day", payload: { shopId: "shop", date } });

function ledger() {
  const seen: string[] = [];
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line), () => 0);
  const handlerOf = (run: (date: string, attempts: number) => Promise<Verdict>): Handler => handle(
    syncDay,
    async (payload, { attempts }) => {
      seen.push(payload.date);
      return await run(payload.date, attempts);
    },
    async (payload) => void seen.push(`gave up ${payload.date}`),
  );
  return { seen, lines, log, handlerOf };
}

async function deliver(bodies: readonly unknown[], act: (batch: MessageBatch) => Promise<void>, attempts = 1) {
  const batch = createMessageBatch("daybook-sync", bodies.map((body, index) => ({ id: `m${index}`, timestamp: 0, attempts, body })));
  const context = createExecutionContext();
  // The test's own batch forgets the delay that a message was sent back with: it is noted on the way.
  const delays: (number | undefined)[] = [];
  for (const one of batch.messages) {
    const retry = one.retry.bind(one);
    Object.defineProperty(one, "retry", { value: (options?: QueueRetryOptions) => {
      delays.push(options?.delaySeconds);
      retry(options);
    } });
  }
  await act(batch);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context);
  return { explicitAcks, retried: retryMessages.map(({ msgId }, index) => ({ id: msgId, delaySeconds: delays[index] })) };
}

describe("a batch of messages", () => {
  it("is handled message by message: done is acknowledged, retry comes again after its delay", async () => {
    const { seen, log, handlerOf } = ledger();
    const handler = handlerOf(async (date) => (date === "2026-07-02" ? retryAfter(42) : DONE));
    const result = await deliver([good("2026-07-01"), good("2026-07-02"), good("2026-07-03")], (batch) => runBatch(batch, [handler], log));
    expect(seen).toEqual(["2026-07-01", "2026-07-02", "2026-07-03"]);
    expect(result.explicitAcks).toEqual(["m0", "m2"]);
    expect(result.retried).toEqual([{ id: "m1", delaySeconds: 42 }]);
  });

  it("runs its handlers at the same time", async () => {
    const { log, handlerOf } = ledger();
    const arrived: string[] = [];
    const { promise: everyoneIsHere, resolve } = Promise.withResolvers<void>();
    const handler = handlerOf(async (date) => {
      if (arrived.push(date) === 3) resolve();
      await everyoneIsHere;
      return DONE;
    });
    const result = await deliver([good("2026-07-01"), good("2026-07-02"), good("2026-07-03")], (batch) => runBatch(batch, [handler], log));
    expect(result.explicitAcks).toHaveLength(3);
  });

  it("is not lost to one that throws: that one comes again, later each time", async () => {
    const { lines, log, handlerOf } = ledger();
    const handler = handlerOf(async (date) => {
      if (date === "2026-07-01") throw new Error("broken");
      return DONE;
    });
    const result = await deliver([good("2026-07-01"), good("2026-07-02")], (batch) => runBatch(batch, [handler], log), 3);
    expect(result.explicitAcks).toEqual(["m1"]);
    expect(result.retried).toEqual([{ id: "m0", delaySeconds: 60 }]);
    expect(lines.join()).toContain("queue.threw");
    expect(lines.join()).toContain('"shopId":"shop"');
  });

  it.each([
    ["of an unknown kind", { kind: "other", payload: { shopId: "shop" } }],
    ["without a shop", { kind: "sync-day", payload: { date: "2026-07-01" } }],
    ["with a date that is none", { kind: "sync-day", payload: { shopId: "shop", date: "yesterday" } }],
    ["with a field too many", { kind: "sync-day", payload: { shopId: "shop", date: "2026-07-01", token: "secret-token" } }],
    ["that is text", "secret-token"],
    ["that is nothing", null],
    ["that is a list", [good("2026-07-01")]],
    ["with a kind that every object has", { kind: "constructor", payload: {} }],
  ])("drops a message %s once, with a line in the log and without its contents", async (_, body) => {
    const { seen, lines, log, handlerOf } = ledger();
    const result = await deliver([body, good("2026-07-02")], (batch) => runBatch(batch, [handlerOf(async () => DONE)], log));
    expect(result.explicitAcks).toEqual(["m0", "m1"]);
    expect(result.retried).toEqual([]);
    expect(seen).toEqual(["2026-07-02"]);
    expect(lines.join()).toContain("queue.malformed");
    expect(lines.join()).not.toContain("secret-token");
  });
});

describe("a batch of dead letters", () => {
  it("gives each message up by its own handler, and says so", async () => {
    const { seen, lines, log, handlerOf } = ledger();
    const result = await deliver([good("2026-07-01"), { kind: "other" }], (batch) => runDeadLetters(batch, [handlerOf(async () => DONE)], log));
    expect(seen).toEqual(["gave up 2026-07-01"]);
    expect(result.explicitAcks).toEqual(["m0", "m1"]);
    expect(lines.filter((line) => line.includes("queue.given_up"))).toHaveLength(2);
  });

  it("tries again when giving up fails", async () => {
    const { log } = ledger();
    const handler = handle(syncDay, async () => DONE, async () => await Promise.reject(new Error("D1 is down")));
    const result = await deliver([good("2026-07-01")], (batch) => runDeadLetters(batch, [handler], log));
    expect(result.retried).toEqual([{ id: "m0", delaySeconds: 15 }]);
  });
});

describe("sending", () => {
  type Sent = { readonly body: unknown; readonly delaySeconds?: number };
  async function sent(messages: Parameters<typeof enqueue>[1], options?: Parameters<typeof enqueue>[2]): Promise<Sent[][]> {
    const sends: Sent[][] = [];
    const queue = { sendBatch: async (batch: Iterable<Sent>) => void sends.push([...batch]) } as unknown as Queue;
    await enqueue(queue, messages, options);
    return sends;
  }
  const of = (date: string, delay?: number) => message(syncDay, { shopId: "shop", date }, delay);

  it("takes as few sends as the limits allow: 100 messages or 256 KB", async () => {
    expect((await sent(Array.from({ length: 250 }, () => of("2026-07-01")))).map((batch) => batch.length)).toEqual([100, 100, 50]);
    const heavy = message(defineMessage("heavy", z.strictObject({ shopId: z.string() })), { shopId: "x".repeat(100_000) });
    expect((await sent([heavy, heavy, heavy])).map((batch) => batch.length)).toEqual([2, 1]);
    expect(await sent([])).toEqual([]);
  });

  it("delays each message by its own delay or the common one, at most 12 hours", async () => {
    const [batch] = await sent([of("2026-07-01"), of("2026-07-02", 30), of("2026-07-03", 999_999)], { delaySeconds: 5 });
    expect(batch?.map((one) => one.delaySeconds)).toEqual([5, 30, 43_200]);
  });

  it("refuses a message that no queue would take", async () => {
    const heavy = message(defineMessage("heavy", z.strictObject({ shopId: z.string() })), { shopId: "x".repeat(130_000) });
    await expect(sent([heavy])).rejects.toThrow("fits a queue");
  });
});

describe("delays", () => {
  it("double from 15 seconds to an hour, and stay within what a queue allows", () => {
    expect([1, 2, 3, 4, 20, 1_000].map((attempts) => backoff(attempts))).toEqual(
      [15, 30, 60, 120, 3_600, 3_600].map((afterSeconds) => ({ kind: "retry", afterSeconds })),
    );
    expect([-5, 0, 0.2, 1e9].map((seconds) => retryAfter(seconds))).toEqual([1, 1, 1, 43_200].map((afterSeconds) => ({ kind: "retry", afterSeconds })));
  });
});
