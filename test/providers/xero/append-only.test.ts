import { describe, expect, test } from "vitest";
import { assertCreates, create } from "../../../src/providers/xero/client";
import { xero } from "../../../src/providers/xero/index";
import { journalsAnswerSchema } from "../../../src/providers/xero/wire";
import { isAllowed } from "../../../src/providers/send";
import { CAFE, DATE, date, givenBooks, valueOf } from "./given";

const API = "https://api.xero.com/api.xro/2.0";

describe("the books are append-only", () => {
  test.each([
    ["a POST, which changes", "POST", '{"ManualJournals":[{"Status":"POSTED"}]}'],
    ["an update by its id", "PUT", '{"ManualJournals":[{"ManualJournalID":"1","Status":"POSTED"}]}'],
    ["an update of an account", "PUT", '{"Accounts":[{"AccountID":"1"}]}'],
    ["a void", "PUT", '{"ManualJournals":[{"Status":"VOIDED"}]}'],
    ["a deletion", "PUT", '{"ManualJournals":[{"Status":"DELETED"}]}'],
    ["a draft", "PUT", '{"ManualJournals":[{"Status":"DRAFT"}]}'],
    ["a journal that says nothing, and would be a draft", "PUT", '{"ManualJournals":[{}]}'],
    ["two at once", "PUT", '{"ManualJournals":[{"Status":"POSTED"},{"Status":"POSTED"}]}'],
    ["one thing beside another", "PUT", '{"ManualJournals":[{"Status":"POSTED"}],"Accounts":[{}]}'],
    ["something else", "PUT", '{"Invoices":[{}]}'],
    ["a body that is no object", "PUT", "[]"],
    ["a list of no objects", "PUT", '{"Accounts":[[]]}'],
    ["no body", "PUT", ""],
  ] as const)("%s throws before the network", (_, method, body) => {
    expect(() => assertCreates({ method, body })).toThrow();
  });

  test("a creation that smuggles an id never reaches the books", async () => {
    const world = givenBooks();
    const access = await world.open();
    const created = valueOf(await xero.createEntry(access, world.anOrder()));
    const before = world.control.calls().length;
    const body = JSON.stringify({ ManualJournals: [{ ManualJournalID: created.id, Status: "POSTED", Narration: "Other" }] });
    await expect(create(access, { path: "ManualJournals", body, idempotencyKey: null }, journalsAnswerSchema)).rejects.toThrow();
    expect(world.control.calls()).toHaveLength(before);
    expect(valueOf(await xero.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(created);
  });

  test("every other way of writing, and every other host, is outside the allow-list", () => {
    const refused: [string, string][] = [
      ["POST", `${API}/ManualJournals`], ["POST", `${API}/ManualJournals/1`], ["PUT", `${API}/ManualJournals/1`], ["DELETE", `${API}/ManualJournals/1`],
      ["POST", `${API}/Accounts`], ["POST", `${API}/Accounts/1`], ["DELETE", `${API}/Accounts/1`], ["PUT", `${API}/Invoices`], ["PUT", `${API}/TrackingCategories`],
      ["PUT", `${API}/ManualJournals/1/Attachments/x`], ["GET", `${API}/Contacts`], ["GET", `${API}/BankTransactions`], ["GET", `${API}/ManualJournals/1/History`],
      ["DELETE", "https://api.xero.com/connections/1"], ["GET", "https://login.xero.com/identity/connect/authorize"],
      ["GET", "http://api.xero.com/connections"], ["GET", "https://api.xero.com.evil.example/connections"],
    ];
    for (const [method, url] of refused) expect([method, url, isAllowed(xero.manifest, method, new URL(url))]).toEqual([method, url, false]);
    expect(isAllowed(xero.manifest, "PUT", new URL(`${API}/ManualJournals`))).toBe(true);
  });

  test("a recording of everything that the provider can do shows reads, creations and token calls, and nothing else", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect(CAFE);
    const access = world.accessTo(CAFE, tokens);
    const booked = valueOf(await xero.createEntry(access, world.anOrder()));
    const range = { from: DATE, to: date("2026-01-31") };
    const acts = [
      xero.describe(access), xero.accounts(access), xero.dimensions(access), xero.findEntry(access, booked.documentNumber, DATE, "journal"), xero.readEntry(access, booked.id, "journal"),
      xero.findLookalikes(access, range), xero.createAccount(access, { name: "Catering", type: "REVENUE", subType: "" }), xero.createEntry(access, world.anOrder({ memo: "Another" })),
    ];
    await Promise.all(acts);
    await xero.entriesChangedSince?.(access, 0);
    const renewed = valueOf(await xero.oauth.refresh(world.send, { clientId: "daybook-app", clientSecret: "daybook-app-secret", redirectUri: "https://auth.daybook.example/callback/xero", region: null }, tokens, world.now()));
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    const kinds = new Set(world.control.calls().filter(({ path }) => !path.startsWith("/identity/")).map(({ method, path }) => `${method} ${path.replace(booked.id, ":id")}`));
    expect([...kinds].toSorted()).toEqual([
      "GET /api.xro/2.0/Accounts", "GET /api.xro/2.0/ManualJournals", "GET /api.xro/2.0/ManualJournals/:id", "GET /api.xro/2.0/Organisation",
      "GET /api.xro/2.0/TrackingCategories", "GET /connections", "POST /connect/token", "PUT /api.xro/2.0/Accounts", "PUT /api.xro/2.0/ManualJournals",
    ]);
  });

  test("an organisation that is no GUID is a bug of ours and throws", async () => {
    const { open } = givenBooks();
    const access = await open();
    await expect(xero.describe({ ...access, externalAccount: "1\r\nx: y" })).rejects.toThrow();
  });
});
