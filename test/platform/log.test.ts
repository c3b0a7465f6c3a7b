/** Logs say what is on the list of fields, in one line of JSON, and nothing that looks like a secret or a person. */
import { DrizzleQueryError } from "drizzle-orm";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLog, errorFields, type LogFields } from "../../src/platform/log";
import { redact } from "../../src/platform/redact";

function logged(fields: unknown, event = "test.event"): { readonly line: string; readonly entry: Record<string, unknown> } {
  const lines: string[] = [];
  createLog((line) => lines.push(line), () => 1_000).info(event, fields as LogFields);
  expect(lines).toHaveLength(1);
  const line = lines[0] ?? "";
  return { line, entry: JSON.parse(line) as Record<string, unknown> };
}

describe("a log line", () => {
  it("says when, how bad and what, with the fields that have a name", () => {
    const shopId = "abcdefghijklmnopqrstuvwxyz";
    expect(logged({ shopId, businessDate: "2026-07-14", status: 200, attempts: 2, requestId: "123e4567-e89b-42d3-a456-426614174000" }).entry).toEqual({
      at: 1_000, level: "info", event: "test.event", shopId, businessDate: "2026-07-14", status: 200, attempts: 2,
      requestId: "123e4567-e89b-42d3-a456-426614174000",
    });
  });

  it("drops every field that is not on the list, and counts what it dropped", () => {
    const { line, entry } = logged({ accessToken: "abc", customer: "Ada", orderId: "o1", body: { a: 1 }, shopId: { nested: "Ada" }, status: NaN });
    expect(entry).toEqual({ at: 1_000, level: "info", event: "test.event", dropped: 6 });
    expect(line).not.toContain("Ada");
  });

  it("is not fooled by names that every object has", () => {
    const { entry } = logged(JSON.parse('{"__proto__":"x","constructor":"x","toString":"x","kind":"ok"}'));
    expect(entry).toMatchObject({ kind: "ok", dropped: 3 });
  });

  it.each([
    ["a bearer token", "Authorization: Bearer abc.def", "abc.def"],
    ["an e-mail address", "sent to ada.lovelace+x@example.co.uk today", "lovelace"],
    ["a card number", "card 4111 1111-1111 1111 refused", "1111"],
    ["a bare card number", "4111111111111111", "4111"],
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", "eyJ"],
    ["a Square token", "token EAAAEOuLQObrVwJvCvoio3H13b8Ssqz1ighmTBKZvIENW9qxirHGHkqsGcPBC1uN", "EAAA"],
    ["a QuickBooks refresh token", "RT1-175-H0-1772000000abcdefghij", "abcdefghij"],
    ["32 bytes in base64url", "key 3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA here", "3q2"],
  ])("does not hold %s", (_, text, secret) => {
    expect(logged({ errorMessage: text }).line).not.toContain(secret);
    expect(logged({}, text).line).not.toContain(secret);
  });

  it("keeps words that only an engineer needs", () => {
    expect(logged({ errorMessage: "no such column: day.total at offset 12" }).entry.errorMessage).toBe("no such column: day.total at offset 12");
  });

  it("stays one line of ASCII-safe JSON whatever it is given", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const { line } = logged({ errorMessage: text, kind: `a\r\nb${text}` }, `x\n${text}`);
      const unsafe = line.split("").filter((character) => character < " " || /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(character));
      expect(unsafe).toEqual([]);
    }));
  });

  it("is bounded in length", () => {
    expect(logged({ errorMessage: "no ".repeat(100_000) }).line.length).toBeLessThan(600);
  });
});

describe("what is told of something thrown", () => {
  it("is its name, its message and where it was thrown", () => {
    const fields = errorFields(new TypeError("no such day"));
    expect(fields).toMatchObject({ errorName: "TypeError", errorMessage: "no such day" });
    expect(fields.errorAt).toContain("log.test.ts");
  });

  it("is never the values that were bound to a statement", () => {
    const error = new DrizzleQueryError("select 1", ["secret-value"], new Error("D1_ERROR: UNIQUE constraint failed: day.shop_id"));
    const { line } = logged(errorFields(error));
    expect(line).not.toContain("secret-value");
    expect(line).toContain("UNIQUE constraint failed");
  });

  it("is not led astray by a message that looks like a stack", () => {
    expect(JSON.stringify(errorFields(new Error("x\n    at secretplace (y)")).errorAt)).not.toContain("secretplace");
    expect(errorFields("just text")).toEqual({ errorName: "string" });
  });
});

describe("redaction", () => {
  it("takes no longer for text made to slow it down", () => {
    const started = performance.now();
    for (const text of ["a@".repeat(50_000), "1 ".repeat(50_000), "ey".repeat(50_000), "a.".repeat(50_000)]) redact(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
