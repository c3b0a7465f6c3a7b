/** What the pages of the number, templates, lists and consent promise before anything is asked of the server. */
import { assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { answerTo } from "../../src/features/inbound/rules";
import { lineChange } from "../../src/features/text-line/contract";
import { broadcastPlan } from "../../src/features/broadcasts/contract";
import type { BusinessDate } from "../../src/kernel/day";
import { durationWords, planOf, problemsOf as problemsOfList, tagsOf, withTag, type Draft } from "../../web/src/pages/broadcasts/plan";
import { readRange } from "../../web/src/pages/consent/range";
import { problemsOf as problemsOfTemplate, NEW_TEMPLATE, trimmed, withField } from "../../web/src/pages/templates/drafts";
import { changeOf, dollarsOf, filledFrom, helpAnswer, microsOf, problemsOf, type Filled } from "../../web/src/pages/texting/filled";

describe("the number", () => {
  const sid = `AC${"0f".repeat(16)}`;
  const filled: Filled = { ...filledFrom(null, "Harbour Coffee"), sid, credentials: "a".repeat(32), number: "212 555 0147", helpContact: "617 555 0100" };
  const fieldsOf = (change: Partial<Filled>, keptSid: string | null = null) => problemsOf({ ...filled, ...change }, keptSid).map(({ field }) => field);

  test("is sent as the server takes it", () => {
    expect(fieldsOf({})).toEqual([]);
    expect(lineChange.safeParse(changeOf(filled, 0)).success).toBe(true);
    expect(lineChange.safeParse(changeOf({ ...filled, keySid: `SK${"0f".repeat(16)}`, secret: "b".repeat(32), serviceSid: `MG${"0f".repeat(16)}` }, 3)).success).toBe(true);
  });

  test("keeps its secrets only for the account whose they are", () => {
    expect(fieldsOf({ credentials: "" }, sid)).toEqual([]);
    expect(changeOf({ ...filled, credentials: "" }, 2).account).toEqual({ kind: "own", sid, credentials: null });
    expect(fieldsOf({ credentials: "", sid: `AC${"1e".repeat(16)}` }, sid)).toEqual(["credentials"]);
    expect(fieldsOf({ credentials: "", keySid: `SK${"0f".repeat(16)}`, secret: "b".repeat(32) }, sid)).toEqual(["credentials"]);
  });

  test("says of each field what is wrong with it", () => {
    expect(fieldsOf({ sid: "AC1", credentials: "short", keySid: "SK", secret: "", number: "", serviceSid: "x", displayName: "", helpContact: "", perMinute: "0", segmentMicros: "free" })).toEqual([
      "sid", "credentials", "keySid", "secret", "number", "serviceSid", "displayName", "helpContact", "perMinute", "segmentMicros",
    ]);
  });

  test("has a price that comes back as it was typed", () => {
    expect(["0", "0.0083", "1", "1.000001", "-1", "0,5", "1e-3"].map(microsOf)).toEqual([0, 8_300, 1_000_000, null, null, null, null]);
    assert(property(integer({ min: 0, max: 1_000_000 }), (micros) => {
      expect(microsOf(dollarsOf(micros))).toBe(micros);
    }));
  });

  test("shows the answer to HELP in the words that are sent", () => {
    const line = { displayName: "Harbour Coffee", helpContact: "617 555 0100" };
    expect(helpAnswer(line, "https://harbour.example")).toBe(answerTo("help", "en", { ...line, stopUrl: "https://harbour.example/stop" }));
  });
});

describe("a template", () => {
  test("takes a field where writing stands, in place of what is chosen", () => {
    expect(withField("Hi , it is ready", "first_name", 3, 3)).toEqual({ text: "Hi {{first_name}}, it is ready", caret: 17 });
    expect(withField("Hi NAME!", "name", 3, 7)).toEqual({ text: "Hi {{name}}!", caret: 11 });
  });

  test("is saved without a subject when it is a text, and not without words", () => {
    expect(trimmed({ ...NEW_TEMPLATE, name: " A ", subject: "Hello", body: " b " })).toMatchObject({ name: "A", subject: "", body: "b" });
    expect(problemsOfTemplate({ ...NEW_TEMPLATE, channel: "email", body: "" }).map(({ field }) => field)).toEqual(["name", "subject", "body"]);
    expect(problemsOfTemplate({ ...NEW_TEMPLATE, name: "A", body: "x".repeat(1_601) }).map(({ field }) => field)).toEqual(["body"]);
  });
});

describe("a list", () => {
  const draft: Draft = { template: "r".repeat(26), link: " https://example.com/a ", tags: "regulars, wholesale ,, regulars", contacts: [], perMinute: "60" };

  test("reads tags once each, and adds one", () => {
    expect(tagsOf(draft.tags)).toEqual(["regulars", "wholesale"]);
    expect(withTag("", "new")).toBe("new");
    expect(withTag("regulars", "regulars")).toBe("regulars");
  });

  test("is asked about as the server takes it, with a link only where the template has one", () => {
    expect(planOf(draft, false).link).toBe("");
    expect(planOf(draft, true).link).toBe("https://example.com/a");
    expect(broadcastPlan.safeParse(planOf(draft, true)).success).toBe(true);
  });

  test("says what is missing", () => {
    expect(problemsOfList({ template: "", link: "", tags: "", contacts: [], perMinute: "0" }, true).map(({ field }) => field)).toEqual(["template", "link", "tags", "perMinute"]);
    expect(problemsOfList({ ...draft, tags: "", contacts: ["a".repeat(26)] }, false)).toEqual([]);
  });

  test("takes so long, in words", () => {
    expect([0, 61_000, 5_400_000, 4 * 86_400_000].map(durationWords)).toEqual(["about 1 minute", "about 2 minutes", "about 2 hours", "about 4 days"]);
  });
});

test("the report goes over three months, unless the address asks for a time that exists", () => {
  const today = "2026-11-22" as BusinessDate;
  const usual = { from: "2026-08-23", to: today };
  expect(readRange({}, today)).toEqual(usual);
  expect(readRange({ from: "2026-01-01", to: "2026-02-01" }, today)).toEqual({ from: "2026-01-01", to: "2026-02-01" });
  for (const query of [{ from: "2026-02-01", to: "2026-01-01" }, { from: "2026-02-30", to: "2026-03-01" }, { from: "2024-01-01", to: "2026-01-01" }, { from: "2026-01-01" }]) expect(readRange(query, today)).toEqual(usual);
});
