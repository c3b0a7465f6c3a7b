/** One shop's reports hold nothing of another, and are for those who may read its days. */
import { describe, expect, it } from "vitest";
import { exportJournal, viewReport } from "../../../src/features/reports/service";
import { shardsOf } from "../../../src/platform/env";
import { createTestWorld, originOf } from "../../support/app";
import { date, sell, sync } from "../../support/days";
import { enteredBrowser, givenMember, givenPerson, givenShop as givenOpenShop, must } from "../../support/people";
import { twoMerchants } from "../journal/given";

const DAY = date("2026-07-14");

describe("a report and a journal", () => {
  it("of one shop name nothing of another on the same shard", async () => {
    const { given, ours, theirs } = await twoMerchants();
    sell(given, theirs.locations[0], DAY, [{ id: "THEIRS" }]);
    await sync(given, theirs, DAY);
    const file = must(await exportJournal(given.world, ours.visit(), { from: DAY, to: DAY, format: "csv", by: "booked" }));
    expect((await new Response(file.body).text()).trim().split("\r\n")).toHaveLength(1);
    expect(must(await viewReport(given.world, ours.visit(), { from: DAY, to: DAY })).totals).toEqual([]);
    const location = theirs.locations[0].id;
    expect(await viewReport(given.world, ours.visit(), { from: DAY, to: DAY, location })).toMatchObject({ failure: { kind: "not_found" } });
    expect(await exportJournal(given.world, ours.visit(), { from: DAY, to: DAY, format: "csv", by: "business", location })).toMatchObject({ failure: { kind: "not_found" } });
    expect(await shardsOf(given.env)[0]?.prepare("SELECT count(*) AS many FROM audit WHERE shop_id = ?1 AND action = 'journal.exported'").bind(theirs.shopId).first("many")).toBe(0);
  });
});

describe("over HTTP", () => {
  const FILES = ["/file?format=pdf&from=2026-07-01&to=2026-07-31", "/file?format=csv&from=2026-07-01&to=2026-07-31", "/journal?format=beancount&from=2026-07-01&to=2026-07-31"];

  it("files are attachments that nothing keeps, taken by a press and not ahead of one", async () => {
    const world = createTestWorld();
    const owner = await givenPerson(world, "Report Owner");
    const shop = await givenOpenShop(world, "reporting", owner);
    const browser = await enteredBrowser(world, owner, shop);
    for (const path of FILES) {
      const url = `${originOf(shop.slug)}/api/reports${path}`;
      expect((await browser.api("GET", url, { headers: { "sec-purpose": "prefetch" } })).status).toBe(409);
      const answer = await browser.api("GET", url);
      expect(answer.status, path).toBe(200);
      expect([answer.headers.get("content-disposition")?.startsWith("attachment; filename=\"daybook-"), answer.headers.get("cache-control")]).toEqual([true, "no-store"]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(20);
    }
    for (const query of ["", "?from=2026-07-01", "?from=1.7.2026&to=2.7.2026", "?from=2026-07-01&to=2026-07-02&location=x"]) {
      expect((await browser.api("GET", `${originOf(shop.slug)}/api/reports${query}`)).status, query).toBe(400);
    }
    expect((await browser.api("GET", `${originOf(shop.slug)}/api/reports/journal?format=xlsx&from=2026-07-01&to=2026-07-02`)).status).toBe(400);
  });

  it("are nothing for somebody who may not read days", async () => {
    const world = createTestWorld();
    const owner = await givenPerson(world, "Second Owner");
    const shop = await givenOpenShop(world, "reporting-two", owner);
    const seller = await givenPerson(world, "Some Seller");
    await givenMember(world, shop, seller, "sales");
    const browser = await enteredBrowser(world, seller, shop);
    for (const path of ["?from=2026-07-01&to=2026-07-31", ...FILES]) expect((await browser.api("GET", `${originOf(shop.slug)}/api/reports${path}`)).status, path).toBe(403);
  });
});
