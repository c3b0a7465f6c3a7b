import { describe, expect, test } from "vitest";
import { books, providerOf, tills } from "../../src/providers/registry";

describe("the registry", () => {
  test("knows every provider by its own id and role", () => {
    for (const [id, till] of Object.entries(tills)) expect(till).toMatchObject({ manifest: { id, role: "till" } });
    for (const [id, set] of Object.entries(books)) expect(set).toMatchObject({ manifest: { id, role: "books" } });
    expect([...Object.keys(tills), ...Object.keys(books)]).toEqual(["square", "clover", "quickbooks", "xero"]);
    expect(providerOf("quickbooks")).toBe(books.quickbooks);
    expect(providerOf("square")).toBe(tills.square);
    expect(providerOf("clover")).toBe(tills.clover);
  });
});
