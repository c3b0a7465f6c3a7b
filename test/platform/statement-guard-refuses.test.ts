/** Hand-written attacks on the statement guard. None of them may be run, whatever is bound to it. */
import { describe, expect, it } from "vitest";
import { StatementRefused } from "../../src/platform/sql-tokens";
import { demandOf } from "../../src/platform/statement-rule";
import { SHOP_TABLES } from "../../src/platform/tables";
import { ATTACKS_BY_READING } from "./attacks-by-reading";
import { ATTACKS_BY_SPELLING } from "./attacks-by-spelling";
import { ATTACKS_BY_WRITING } from "./attacks-by-writing";

const ATTACKS = { ...ATTACKS_BY_READING, ...ATTACKS_BY_WRITING, ...ATTACKS_BY_SPELLING };

describe("the statement guard refuses", () => {
  for (const [why, statements] of Object.entries(ATTACKS)) {
    it.each(statements)(`${why}: %s`, (statement) => {
      expect(() => demandOf(statement, SHOP_TABLES)).toThrow(StatementRefused);
    });
  }

  it("in every spelling of case and space", () => {
    for (const statement of Object.values(ATTACKS).flat().filter((text) => /^[\u0020-\u007e]*$/.test(text))) {
      const spaced = statement.replaceAll(" ", " \n\t ");
      for (const spelling of [statement.toUpperCase(), statement.toLowerCase(), spaced]) {
        expect(() => demandOf(spelling, SHOP_TABLES), spelling).toThrow(StatementRefused);
      }
    }
  });

  it("with parentheses nested deeper than any store would", () => {
    const statement = `SELECT * FROM day WHERE shop_id = ? AND ${"(".repeat(5_000)}1${")".repeat(5_000)}`;
    expect(() => demandOf(statement, SHOP_TABLES)).toThrow(StatementRefused);
    expect(() => demandOf(`SELECT ${"NOT ".repeat(50_000)}1`, SHOP_TABLES)).toThrow(StatementRefused);
  });

  it("a statement that D1 would not take for its length", () => {
    expect(() => demandOf(`SELECT * FROM day WHERE shop_id = ? AND state = '${"x".repeat(100_000)}'`, SHOP_TABLES)).toThrow(StatementRefused);
  });
});
