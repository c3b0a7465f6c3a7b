import { describe, expect, it } from "vitest";
import { mappingChange } from "../../../src/features/mapping/contract";

describe("a change of the mapping", () => {
  it.each([
    ["no line", { version: 0, accounts: {} }],
    ["a line with a line break", { version: 0, accounts: { "sales:a\nb": "1" } }],
    ["a line in capitals", { version: 0, accounts: { SALES: "1" } }],
    ["a version below nothing", { version: -1, accounts: { tip: "1" } }],
    ["an empty account", { version: 0, accounts: { tip: "" } }],
    ["501 lines", { version: 0, accounts: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`sales:${index}`, "1"])) }],
    ["something unknown", { version: 0, accounts: { tip: "1" }, shopId: "x" }],
  ])("does not pass the door: %s", (_name, change) => {
    expect(mappingChange.safeParse(change).success).toBe(false);
  });
});
