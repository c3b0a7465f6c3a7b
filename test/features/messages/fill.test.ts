import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldsOf, fill, FIELDS } from "../../../src/features/messages/fill";

const filled = (body: string, values = {}) => {
  const result = fill(body, values);
  return result.ok ? result.value : result.failure.kind === "invalid_input" ? `refused: ${result.failure.message}` : "another failure";
};

describe("filling a template", () => {
  it("puts what is known in place, blanks in the braces or not", () => {
    expect(filled("Hi {{first_name}}, {{ shop }} here: {{link}}", { first_name: "Ada", shop: "Bell & Sons", link: "https://x.test/a" }))
      .toBe("Hi Ada, Bell & Sons here: https://x.test/a");
  });

  it("leaves a lone brace and a price alone", () => {
    expect(filled("{a} costs $& and $1", {})).toBe("{a} costs $& and $1");
    expect(filled("{{name}}", { name: "$& $1 $$" })).toBe("$& $1 $$");
  });

  it.each([
    ["{{nickname}}", "There is no field called {{nickname}}"],
    ["Hi {{first_name", "one of them is open"],
    ["Hi first_name}}", "one of them is open"],
    ["Hi {{First Name}}", "one of them is open"],
    ["Hi {{{first_name}}}", "one of them is open"],
    ["Hi {{constructor}}", "There is no field called {{constructor}}"],
    ["Hi {{}}", "one of them is open"],
  ])("refuses %s", (body, words) => {
    expect(filled(body, { first_name: "Ada" })).toContain(words);
  });

  it("refuses a field of which nothing is known, and one that holds nothing but marks", () => {
    expect(filled("Hi {{first_name}}")).toContain("no first name is known");
    expect(filled("Hi {{first_name}}", { first_name: " \u0000\u202E" })).toContain("no first name is known");
  });

  it("cuts what a name has no business to hold", () => {
    expect(filled("Hi {{first_name}}!", { first_name: "A\r\nda\u0007 \u202Eevil\u2028{{link}}" })).toBe("Hi A da evil link!");
  });

  it("never leaves a brace pair of ours, whatever a value holds", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("{", "}", "{{link}}", "{{", "a", " ", "\n", "\r", "\u0000", "\u0085", "\u2028", "\u202E", "\uD800", "é", "😀", "$&"), { maxLength: 12 }), fc.constantFrom(...Object.keys(FIELDS)), (parts, field) => {
      const result = fill(`a {{${field}}} b`, { [field]: parts.join("") });
      if (!result.ok) return;
      expect(result.value).not.toMatch(/\{\{|\}\}|\p{Cc}/u);
    }));
  });

  it("names the fields of a text once each", () => {
    expect(fieldsOf("{{shop}} {{first_name}} {{ shop }}")).toEqual({ ok: true, value: ["shop", "first_name"] });
  });
});
