/** What the inbox and the contacts promise before anything is asked of the server, and how what they were told is put together. */
import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { LARGEST_IMPORT_BYTES, type LedgerLine } from "../../src/features/contacts/contract";
import { LONGEST_LETTER as LONGEST_LETTER_OF_SERVER, LONGEST_TEXT as LONGEST_TEXT_OF_SERVER, MOST_ENCLOSURES, type MessageView } from "../../src/features/messages/contract";
import { segmentsOf as segmentsOfServer } from "../../src/features/messages/segments";
import { instantOf } from "../../web/src/pages/contacts/instants";
import { LARGEST_BYTES } from "../../web/src/pages/contacts/limits";
import { contactsAddress, readContactFilters } from "../../web/src/pages/contacts/filters";
import { costOf, laterWords, LONGEST_LETTER, LONGEST_TEXT, MOST_DOCUMENTS } from "../../web/src/pages/inbox/before-sending";
import { inboxAddress, readInboxFilters } from "../../web/src/pages/inbox/filters";
import { footingOf, isMoving, lockingLine, openWays, saidOf } from "../../web/src/pages/inbox/rules";
import { segmentsOf } from "../../web/src/pages/inbox/segments";
import { daysOf } from "../../web/src/pages/inbox/thread-days";
import { withFirstPage, withNextPage, type Page } from "../../web/src/ui/pages";

const MINUTE = 60_000;
const message = (id: string, at: number, more: Partial<MessageView> = {}): MessageView => ({
  id, at, direction: "out", channel: "text", purpose: "words", subject: "", body: id, documents: [], mediaCount: 0, state: "delivered", segments: 1, dueAt: null, sentAt: at, problem: null,
  broadcast: null, by: "You", mayCancel: false, ...more,
});
const line = (id: string, at: number, more: Partial<LedgerLine> = {}): LedgerLine => ({
  id, channel: "text", act: "opted_out", source: "text", words: "STOP", address: "+12125550101", saidAt: at, at, follows: false, ...more,
});

describe("segments", () => {
  test("are counted as the server counts them, whatever is typed", () => {
    for (const body of ["", "a", "a".repeat(160), "a".repeat(161), "{".repeat(80), "{".repeat(81), "€".repeat(160), "ç", "ж".repeat(70), "ж".repeat(71), "👩‍👩‍👧‍👦".repeat(12), "e\u0301".repeat(67)]) expect(segmentsOf(body)).toEqual(segmentsOfServer(body));
    assert(property(string({ unit: "grapheme", maxLength: 400 }), (body) => {
      expect(segmentsOf(body)).toEqual(segmentsOfServer(body));
    }));
  });

  test("cost what the shop's own price of one says", () => {
    expect([costOf(0, 8_300), costOf(1, 8_300), costOf(3, 8_300), costOf(2, 0)]).toEqual(["", "$0.0083", "$0.0249", ""]);
  });
});

test("a page takes as much as the server does", () => {
  expect([LONGEST_TEXT, LONGEST_LETTER, MOST_DOCUMENTS, LARGEST_BYTES]).toEqual([LONGEST_TEXT_OF_SERVER, LONGEST_LETTER_OF_SERVER, MOST_ENCLOSURES, LARGEST_IMPORT_BYTES]);
});

test("a text that waits says when it goes out where its reader is", () => {
  const now = Date.parse("2026-03-02T11:30:00Z");
  expect(laterWords({ until: Date.parse("2026-03-02T18:00:00Z"), zone: "Pacific/Honolulu" }, now)).toContain("at 08:00 their time");
  expect(laterWords({ until: Date.parse("2026-03-03T13:00:00Z"), zone: "America/New_York" }, now)).toContain("on Tue 3 Mar at 08:00 their time");
});

describe("a conversation", () => {
  test("holds messages and words of consent in one row of time, each stop once", () => {
    const said = saidOf([message("c", 30), message("a", 10)], [line("stop", 20), line("mail", 20, { follows: true }), line("old", 5)], false);
    expect(said.map(({ id }) => id)).toEqual(["consent old", "a", "consent stop", "c"]);
  });

  test("says once what was said: where the message itself stands there, its words are not quoted beside it", () => {
    const quoted = (messages: readonly MessageView[]) => saidOf(messages, [line("stop", 20)], false).flatMap((one) => ("line" in one ? [one.isQuoted] : []));
    expect([quoted([message("m", 19, { direction: "in", body: "STOP " })]), quoted([message("m", 19)])]).toEqual([[true], [false]]);
  });

  test("leaves words from before its oldest message to the page that brings that time", () => {
    expect(saidOf([message("c", 30)], [line("stop", 40), line("old", 5)], true).map(({ id }) => id)).toEqual(["c", "consent stop"]);
  });

  test("is cut into days by the shop's clock", () => {
    const late = { id: "late", at: Date.parse("2026-03-02T04:30:00Z") };
    const early = { id: "early", at: Date.parse("2026-03-02T05:30:00Z") };
    expect(daysOf([late, early], "America/New_York").map(({ id, items }) => [id, items.length])).toEqual([["2026-03-01", 1], ["2026-03-02", 1]]);
    expect(daysOf([late, early], "UTC")).toHaveLength(1);
  });

  test("is asked for again while something in it moves, and not for what waits for the morning", () => {
    const now = 1_000 * MINUTE;
    expect(isMoving(message("a", now, { state: "queued", dueAt: now }), now)).toBe(true);
    expect(isMoving(message("a", now, { state: "queued", dueAt: now + 600 * MINUTE }), now)).toBe(false);
    expect(isMoving(message("a", now, { state: "uncertain" }), now)).toBe(true);
    expect(isMoving(message("a", now - MINUTE, { state: "sent", sentAt: now - MINUTE }), now)).toBe(true);
    expect(isMoving(message("a", 0, { state: "sent", sentAt: 0 }), now)).toBe(false);
    expect(isMoving(message("a", now), now)).toBe(false);
  });
});

describe("who said stop", () => {
  const open = { state: "open" } as const;
  const out = { state: "opted_out", since: 5, source: "text" } as const;
  test("is offered no field to write in, by any way", () => {
    expect(footingOf({ text: out, email: { state: "no_address" } })).toBe("opted_out");
    expect(footingOf({ text: out, email: { state: "held", since: 1 } })).toBe("opted_out");
    expect(openWays({ text: out, email: out })).toEqual([]);
  });

  test("is written to by the way that they opened again, and by that alone", () => {
    expect(footingOf({ text: open, email: out })).toBe("write");
    expect(openWays({ text: open, email: out })).toEqual(["text"]);
  });

  test("is quoted with what they said last, rather than with what followed from it", () => {
    expect(lockingLine([line("mail", 9, { follows: true }), line("own", 9), line("older", 1)], "opted_out")?.id).toBe("own");
    expect(lockingLine([line("mail", 9, { follows: true })], "opted_out")?.id).toBe("mail");
    expect(lockingLine([], "held")).toBeNull();
  });
});

describe("addresses of the pages", () => {
  test("bring back what was filtered, and leave out what makes no sense", () => {
    expect(readInboxFilters({ show: "mine", search: "ruth" })).toEqual({ folder: "mine", search: "ruth" });
    expect(readInboxFilters({ show: "spam", search: "a\u0000" })).toEqual({ folder: "open", search: "" });
    expect(inboxAddress({ folder: "unread", search: "" }, "a/b")).toBe("/inbox/a%2Fb?show=unread");
    expect(readContactFilters({ consent: "opted_out", tag: "regulars", search: "+1 617" })).toEqual({ consent: "opted_out", tag: "regulars", search: "+1 617" });
    expect(contactsAddress({ search: "", consent: null, tag: "" })).toBe("/contacts");
  });
});

describe("pages of a list", () => {
  const page = (rows: string, next: string | null = "next"): Page<string> => ({ rows: rows.split(""), next });
  const self = (row: string) => row;
  test("keep what came after the first one when that is asked for again", () => {
    expect(withFirstPage(page("abcdef", "end"), page("xab"), self)).toEqual(page("xabcdef", "end"));
    expect(withFirstPage(page("abcdef", "end"), page("eab"), self)).toEqual(page("eabcdf", "end"));
  });

  test("begin anew where too much has come in between, and at the end of the list", () => {
    expect(withFirstPage(page("abc", "end"), page("xyz"), self)).toEqual(page("xyz"));
    expect(withFirstPage(page("abc"), page("ab", null), self)).toEqual(page("ab", null));
  });

  test("never show a row twice", () => {
    expect(withNextPage(page("abc"), page("cde", null), self)).toEqual(page("abcde", null));
  });
});

test("what was said is noted for the shop's own clock, and never for the future", () => {
  const now = Date.parse("2026-03-02T20:00:00Z");
  expect(instantOf("2026-03-02", "09:15", "America/New_York", now)).toBe(Date.parse("2026-03-02T14:15:00Z"));
  expect(instantOf("2026-03-01", null, "America/New_York", now)).toBe(Date.parse("2026-03-01T17:00:00Z"));
  expect(instantOf("2026-03-02", "23:59", "America/New_York", now)).toBe(now);
  expect([instantOf("2026-02-30", null, "UTC", now), instantOf("", null, "UTC", now), instantOf("2026-03-02", "noon", "UTC", now)]).toEqual([null, null, null]);
});
