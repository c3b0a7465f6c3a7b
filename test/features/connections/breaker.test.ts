/** A provider that is away is left alone, one message goes first, and one merchant's trouble stays theirs. */
import { describe, expect, it } from "vitest";
import { failed, ok } from "../../../src/kernel/result";
import { createBreaker } from "../../../src/features/connections/breaker";
import type { Send } from "../../../src/providers/registry";

const outgoing = { method: "GET", url: "https://example.com/" } as const;

function givenBreaker() {
  let now = 1_000_000;
  const breaker = createBreaker(() => now, (length) => new Uint8Array(length));
  const answering = (status: number, headers: Record<string, string> = {}, tookMs = 0): Send => async () => {
    now += tookMs;
    return ok({ status, headers: new Headers(headers), text: "" });
  };
  const down: Send = async () => failed({ kind: "provider_down", provider: "square", detail: "no complete answer within the deadline" });
  const ask = async (send: Send, account: string, times = 1, provider = "square") => {
    for (let time = 0; time < times; time += 1) await breaker.watch(send, provider, account)(outgoing);
  };
  return { breaker, answering, down, ask, pass: (seconds: number) => (now += seconds * 1_000), rest: (account = "one", provider = "square") => breaker.restOf(provider, account) };
}

describe("a provider that answers badly five times in a row", () => {
  it.each([429, 500, 503])("with %s, to several merchants, is left alone for a while, and for longer each time", async (status) => {
    const { answering, ask, rest, pass } = givenBreaker();
    await ask(answering(status), "one", 4);
    expect(rest()).toBeNull();
    await ask(answering(status), "two");
    expect([rest(), rest("three")]).toEqual([15, 15]);
    pass(15);
    expect(rest()).toBeNull();
    await ask(answering(status), "one");
    expect(rest("two")).toBe(30);
  });

  it("without any answer, or after a quarter of a minute, is as badly off", async () => {
    for (const kind of ["down", "slow"] as const) {
      const { answering, down, ask, rest } = givenBreaker();
      await ask(kind === "down" ? down : answering(200, {}, 16_000), "one", 4);
      await ask(kind === "down" ? down : answering(200, {}, 16_000), "two");
      expect(rest()).toBe(15);
    }
  });

  it("is tried by one alone when the time is over, and is well again with its first good answer", async () => {
    const { answering, down, ask, rest, pass } = givenBreaker();
    for (const account of ["one", "two", "three", "four", "five"]) await ask(down, account);
    pass(15);
    expect(rest("one")).toBeNull();
    expect(rest("two")).toBe(60);
    await ask(answering(200), "one");
    expect([rest("one"), rest("two"), rest("three")]).toEqual([null, null, null]);
  });

  it("is tried by another when the first never came back", async () => {
    const { down, ask, rest, pass } = givenBreaker();
    for (const account of ["one", "two", "three", "four", "five"]) await ask(down, account);
    pass(15);
    expect([rest("one"), rest("two")]).toEqual([null, 60]);
    pass(60);
    expect(rest("two")).toBeNull();
  });

  it("leaves every other provider in peace, and never rests for more than five minutes", async () => {
    const { down, ask, rest, pass } = givenBreaker();
    for (let round = 0; round < 20; round += 1) {
      for (const account of ["one", "two", "three", "four", "five"]) await ask(down, account);
      expect(rest("one", "quickbooks")).toBeNull();
      expect(rest()).toBeLessThanOrEqual(300);
      pass(300);
      rest();
    }
  });
});

describe("one merchant's trouble", () => {
  it("is not the provider's, however often it is refused", async () => {
    const { answering, ask, rest } = givenBreaker();
    await ask(answering(500), "one", 50);
    expect([rest("one"), rest("two")]).toEqual([null, null]);
  });

  it("ends a row of bad answers with a good one of anybody's", async () => {
    const { answering, ask, rest } = givenBreaker();
    for (let round = 0; round < 5; round += 1) {
      await ask(answering(500), "one", 4);
      await ask(answering(200), "two");
    }
    expect(rest()).toBeNull();
  });

  it.each([["7", 7], ["Thu, 01 Jan 1970 00:17:10 GMT", 30], ["999999", 3_600]])("with Retry-After %s waits %s seconds, all of their messages and nobody else's", async (header, seconds) => {
    const { answering, ask, rest, pass } = givenBreaker();
    await ask(answering(429, { "retry-after": header }), "one");
    expect([rest("one"), rest("two")]).toEqual([seconds, null]);
    pass(seconds);
    expect(rest("one")).toBeNull();
  });

  it.each(["", "soon", "-3", "0"])("with the Retry-After %j is not waited for", async (header) => {
    const { answering, ask, rest } = givenBreaker();
    await ask(answering(429, { "retry-after": header }), "one");
    expect(rest("one")).toBeNull();
  });
});
