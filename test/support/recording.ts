/**
 * A recording of everything that providers are sent, over every test file: whatever a test does, at tills there are only
 * the reads of their allow-lists, and at the books nothing that updates, voids or deletes. Only `send.ts` makes requests
 * with a deadline that follow no redirect: what tests themselves say to a simulator is not recorded.
 */
import { afterAll, expect } from "vitest";
import { changeIn, strayIn, type Sent } from "./sent";

const sent = new Map<string, Sent>();

/** One of a kind is enough: ids left out, so that a long test keeps a short recording. */
function note(one: Sent): void {
  const path = one.url.pathname.split("/").map((part) => (part.length > 3 && /\d/.test(part) ? "*" : part)).join("/");
  const kind = `${one.method} ${one.url.hostname}${path}?${[...one.url.searchParams.keys()].join("&")} ${changeIn(one) ?? ""}`;
  if (!sent.has(kind)) sent.set(kind, one);
}

/** The runtime's own class, kept where the next file of the same runtime finds it: a recording of a recording would be ever slower. */
const PLAIN = Symbol.for("daybook.plain-request");
const kept = globalThis as typeof globalThis & { [PLAIN]?: typeof Request };
const Plain = (kept[PLAIN] ??= globalThis.Request);
Object.defineProperty(globalThis, "Request", {
  configurable: true,
  writable: true,
  value: class extends Plain {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, init);
      const isOurs = input instanceof URL && init?.redirect === "manual" && init.signal instanceof AbortSignal;
      if (isOurs) note({ method: this.method, url: input, body: typeof init.body === "string" ? init.body : "" });
    }
  },
});

afterAll(() => {
  const kinds = [...sent.keys()];
  expect(kinds.filter((kind) => strayIn(sent.get(kind))), "only what a manifest allows is ever sent").toEqual([]);
  expect(kinds.filter((kind) => changeIn(sent.get(kind)) !== null), "the books are only added to").toEqual([]);
});
