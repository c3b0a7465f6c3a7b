/** JSON that two readers could take for two things is taken by none. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOfJson } from "../../src/http/plain-json";

describe("JSON as it is taken", () => {
  it("is any value whose names differ within each object and whose texts are whole", () => {
    for (const text of ["{}", "[]", "1", '""', '{"a":{"a":{"a":1}},"b":{"a":2}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}', '{"\\"":1,"\\\\":2,"\\\\\\"":3}', '"\\ud83d\\ude00"', '{"a":"{\\"a\\":1,\\"a\\":2}"}']) {
      expect([text, problemOfJson(text)]).toEqual([text, null]);
    }
    fc.assert(fc.property(fc.json({ maxDepth: 8 }), (text) => {
      fc.pre(!text.includes("\\u0000") && !/\\ud[89a-f]/i.test(text));
      return problemOfJson(text) === null;
    }));
  });
});

describe("JSON is refused", () => {
  it.each([
    '{"a":1,"a":1}', '{"a":1,"b":{},"a":2}', '{"a":1,"\\u0061":2}', '[{"x":{"a":1,"a":2}}]', '{"" : 1, "" : 2}', '{"__proto__":1,"__proto__":2}', '{"a\\"":1,"a\\u0022":2}', '{"a"\n:1,"a"\t:2}',
  ])("when it says a name twice in one object, however it is spelled: %s", (text) => {
    expect(problemOfJson(text)).toContain("twice");
  });

  it.each(['"\\ud800"', '"\\udc00\\ud800"', '{"\\ud800":1}', '["a\\u0000"]', '{"a\\u0000":1}'])("when it holds half a character or a NUL: %s", (text) => {
    expect(problemOfJson(text)).toContain("half a character");
  });

  it("when it nests deeper than anything of ours", () => {
    expect(problemOfJson(`${"[".repeat(16)}${"]".repeat(16)}`)).toBeNull();
    expect(problemOfJson(`${"[".repeat(17)}${"]".repeat(17)}`)).toContain("deep");
    expect(problemOfJson('{"a":'.repeat(17) + "1" + "}".repeat(17))).toContain("deep");
  });

  it("in a time that grows with its length alone", () => {
    const texts = [`"${"\\\\".repeat(30_000)}"`, `"${"x".repeat(64_000)}"`, `[${'"a",'.repeat(15_000)}1]`];
    const start = performance.now();
    for (const text of texts) expect(problemOfJson(text)).toBeNull();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
