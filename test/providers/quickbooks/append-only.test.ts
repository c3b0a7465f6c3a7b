import { describe, expect, test } from "vitest";
import { assertCreates, create } from "../../../src/providers/quickbooks/client";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { accountAnswerSchema } from "../../../src/providers/quickbooks/wire";
import { isAllowed } from "../../../src/providers/send";
import { anOrder, CAFE, DATE, givenBooks, valueOf } from "./given";

const JOURNAL = `https://quickbooks.api.intuit.com/v3/company/${CAFE}/journalentry`;

describe("the books are append-only", () => {
  test.each([
    ["a deletion", `${JOURNAL}?operation=delete`, '{"Id":"1","SyncToken":"0"}'],
    ["an update by its operation", `${JOURNAL}?operation=update`, '{"TxnDate":"2026-01-05"}'],
    ["a void", `${JOURNAL}?include=void`, '{"TxnDate":"2026-01-05"}'],
    ["an update by its id", JOURNAL, '{"Id":"1","Line":[]}'],
    ["an update by its token", JOURNAL, '{"SyncToken":"0","Line":[]}'],
    ["an update in parts", JOURNAL, '{"sparse":true,"Line":[]}'],
    ["a body that is no object", JOURNAL, "[]"],
    ["no body", JOURNAL, ""],
  ])("%s throws before the network", (_, url, body) => {
    expect(() => assertCreates({ method: "POST", url, body })).toThrow();
  });

  test("a creation that smuggles an operation or an id never reaches the books", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const created = valueOf(await quickbooks.createEntry(access, anOrder()));
    const before = control.calls().length;
    const smuggled = { path: "journalentry", query: { operation: "delete" }, body: `{"Id":"${created.id}","SyncToken":"0"}`, documentNumber: "" } as const;
    await expect(create(access, smuggled, accountAnswerSchema)).rejects.toThrow();
    await expect(create(access, { ...smuggled, query: {} }, accountAnswerSchema)).rejects.toThrow();
    expect(control.calls()).toHaveLength(before);
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(created);
  });

  test("every other way of writing, and every other host, is outside the allow-list", () => {
    const refused: [string, string][] = [
      ["POST", `https://quickbooks.api.intuit.com/v3/company/${CAFE}/invoice`],
      ["POST", `https://quickbooks.api.intuit.com/v3/company/${CAFE}/batch`],
      ["POST", `https://quickbooks.api.intuit.com/v3/company/${CAFE}/query`],
      ["POST", `https://quickbooks.api.intuit.com/v3/company/${CAFE}/journalentry/1`],
      ["DELETE", `${JOURNAL}/1`], ["PUT", JOURNAL], ["PATCH", JOURNAL],
      ["GET", `https://quickbooks.api.intuit.com/v3/company/${CAFE}/customer/1`],
      ["GET", "https://appcenter.intuit.com/connect/oauth2"],
      ["GET", `https://sandbox-quickbooks.api.intuit.com/v3/company/${CAFE}/preferences`],
      ["GET", `http://quickbooks.api.intuit.com/v3/company/${CAFE}/preferences`],
      ["GET", `https://quickbooks.api.intuit.com.evil.example/v3/company/${CAFE}/preferences`],
    ];
    for (const [method, url] of refused) expect([method, url, isAllowed(quickbooks.manifest, method, new URL(url))]).toEqual([method, url, false]);
    expect(isAllowed(quickbooks.manifest, "POST", new URL(JOURNAL))).toBe(true);
  });

  test("a company that is no number is a bug of ours and throws", async () => {
    const { open } = givenBooks();
    const access = await open();
    await expect(quickbooks.describe({ ...access, externalAccount: "1/../2" })).rejects.toThrow();
  });
});
