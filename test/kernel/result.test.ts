import { describe, expect, it } from "vitest";
import { assert, unreachable } from "../../src/kernel/assert";
import { failed, ok } from "../../src/kernel/result";

describe("a result", () => {
  it("is either the value or the failure", () => {
    expect(ok(7)).toEqual({ ok: true, value: 7 });
    expect(failed({ kind: "not_found" })).toEqual({ ok: false, failure: { kind: "not_found" } });
  });
});

describe("an assertion", () => {
  it("lets through what holds and throws what does not", () => {
    expect(() => assert(true, "holds")).not.toThrow();
    for (const value of [false, 0, "", null, undefined]) expect(() => assert(value, "a reason")).toThrow("assertion failed: a reason");
  });

  it("throws where the types say that nobody comes", () => {
    expect(() => unreachable("surprise" as never)).toThrow("unreachable");
  });
});
