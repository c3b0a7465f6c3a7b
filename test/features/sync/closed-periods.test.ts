/** Nothing is ever dated in a closed period: what belongs there waits for a click, and then carries the first open day. */
import { describe, expect, it } from "vitest";
import type { Transport } from "../../../src/providers/send";
import { balancesInBooks, DAY, entriesInBooks, givenPostedDay, LARGE } from "../../support/corrections";
import { booked, dayRow, entryRows, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

describe("a day of a closed period", () => {
  it("that was never posted is held, and posted on the first open day once somebody who may decides so", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { closedThrough: DAY });
    given.providers.quickbooks.control.setCompany(shop.merchant.realm, { bookCloseDate: "2026-07-31" });
    sell(given, shop.locations[0], DAY, [{ id: "A" }]);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: DAY } });
    const path = `/days/${shop.locations[0].id}/${DAY}`;
    expect(await visitorOf(given, shop, "tech")("POST", `${path}/decide`, { kind: "first_open_day" })).toMatchObject({ status: 403 });
    expect(await visitorOf(given, shop)("POST", `${path}/decide`, { kind: "open_checks_waived" })).toMatchObject({ status: 409 });
    expect(await visitorOf(given, shop)("POST", `${path}/decide`, { kind: "first_open_day" })).toMatchObject({ status: 200 });
    await given.drain();
    // The books were asked right before: they are closed longer than Daybook knew.
    expect(booked(given, shop)).toEqual([{ id: expect.any(String), number: "DB-L00-260714-S1", date: "2026-08-01" }]);
    expect(entriesInBooks({ given, shop })[0]?.PrivateNote).toContain("Re: 2026-07-14, books closed through 2026-07-31.");
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", reason: null });
  });

  it("that changes after it was posted waits for a click even where posting is automatic, and never reverses", async () => {
    const posted = await givenPostedDay({ rule: { corrections: "reverse" } });
    const { given, shop, late, close, view, decide } = posted;
    await close("2026-07-31");
    late("C", LARGE);
    await sync(given, shop, DAY);
    const held = await view();
    expect(held).toMatchObject({ state: "held", proposal: { kind: "correction", bookedOn: "2026-08-01", replaces: false } });
    expect(held.explanation).toMatchObject({ title: "Your books are closed through July 31, 2026" });
    expect(held.explanation?.fixes[0]).toMatchObject({ act: "post_first_open_day" });
    expect(await decide("first_open_day")).toBe(200);
    expect(await entryRows(shop, DAY)).toMatchObject([{ kind: "sales", bookedOn: DAY }, { kind: "correction", bookedOn: "2026-08-01" }]);
    const after = await view();
    expect(after).toMatchObject({ state: "corrected", entries: [{ bookedOn: DAY }, { bookedOn: "2026-08-01", cause: "49.43 more by card" }] });
    expect(after.tieOut.booksMinor).toBe(after.tieOut.tillMinor);
    late("D");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed" } });
    expect(booked(given, shop)).toHaveLength(2);
  });

  it("is approved with its later date where a person approves", async () => {
    const { given, shop, late, close, view, owner, path } = await givenPostedDay({ rule: { mode: "approve" } });
    await close("2026-07-31");
    late("C");
    await sync(given, shop, DAY);
    const seen = await view();
    expect(seen).toMatchObject({ state: "changed", proposal: { bookedOn: "2026-08-01" } });
    expect(seen.explanation?.meaning).toContain("2026-08-01, the first open day");
    await owner("POST", `${path}/post`, { fingerprint: seen.proposal?.fingerprint });
    await given.drain();
    expect(await entryRows(shop, DAY)).toMatchObject([{ bookedOn: DAY }, { bookedOn: "2026-08-01" }]);
  });
});

describe("a period that closes meanwhile", () => {
  it("holds a correction before it is sent, for the closing date is read first", async () => {
    const { given, shop, late, close, books, decide } = await givenPostedDay();
    await close("2026-07-31", false);
    late("C");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: "2026-07-31" }, pending: null });
    expect(books.calls({ method: "POST", path: "journalentry" })).toHaveLength(1);
    expect(await decide("first_open_day")).toBe(200);
    expect(await entryRows(shop, DAY)).toMatchObject([{ bookedOn: DAY }, { bookedOn: "2026-08-01" }]);
  });

  it("between the look and the posting is refused by the books, and the correction is held and not lost", async () => {
    const { given, shop, late, books, decide } = await givenPostedDay();
    late("C");
    // Whoever closes the books does so right after Daybook has looked: the first answer is the old one.
    const { realm } = shop.merchant;
    let looks = 0;
    const transport: Transport = async (request) => {
      const answer = await given.providers.transport(request);
      if (request.url.includes("preferences") && (looks += 1) === 1) books.setCompany(realm, { bookCloseDate: "2026-07-31" });
      return answer;
    };
    Object.assign(given.world, { transport: () => transport });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: "2026-07-31" } });
    expect(await decide("first_open_day")).toBe(200);
    expect(booked(given, shop).map((entry) => entry.date)).toEqual([DAY, "2026-08-01"]);
  });

  it("after an approval stops the approved entry, which would carry a closed date", async () => {
    const { given, shop, late, close, view, owner, path } = await givenPostedDay({ rule: { mode: "approve" } });
    late("C");
    await sync(given, shop, DAY);
    await owner("POST", `${path}/post`, { fingerprint: (await view()).proposal?.fingerprint });
    await close("2026-07-31", false);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: "2026-07-31" }, pending: null });
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("lets a day be taken back on the first open day", async () => {
    const posted = await givenPostedDay();
    await posted.close("2026-07-31");
    expect(await posted.owner("POST", `${posted.path}/undo`)).toMatchObject({ status: 200 });
    await posted.given.drain();
    expect(await entryRows(posted.shop, DAY)).toMatchObject([{ bookedOn: DAY }, { kind: "reversal", bookedOn: "2026-08-01" }]);
    expect(balancesInBooks(posted)).toEqual({});
  });

  it("and is opened again lets what waited be posted on its own date", async () => {
    const { given, shop, late, close } = await givenPostedDay();
    await close("2026-07-31");
    late("C");
    await sync(given, shop, DAY);
    await close(null);
    await sync(given, shop, DAY, { why: "retry" });
    expect(await entryRows(shop, DAY)).toMatchObject([{ bookedOn: DAY }, { kind: "correction", bookedOn: DAY }]);
  });
});
