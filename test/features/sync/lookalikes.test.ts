/** Looking through the books for what somebody else posted, before days are posted. */
import { describe, expect, it } from "vitest";
import { lookalikesView } from "../../../src/features/sync/contract";
import { dayTotals } from "../../../src/ledger/sales-day";
import { date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-13");
const SCAN = "/lookalikes?from=2026-07-01&to=2026-07-14";

async function givenPostedElsewhere() {
  const given = givenWorld();
  const shop = await givenShop(given, { mode: "approve" });
  sell(given, shop.locations[0], DAY, [{ id: "S1" }]);
  await sync(given, shop, DAY, { post: "no" });
  const { control } = given.providers.quickbooks;
  const add = (total: number, more: Record<string, unknown>) => control.addRecord(shop.merchant.realm, "SalesReceipt", { TxnDate: DAY, Line: [{ Amount: total, Description: "Sales" }], ...more });
  return { given, shop, control, add };
}

describe("the scan before the first post", () => {
  it("lists what names a till, and what comes to the very total of a day that was read, each with its reason", async () => {
    const { given, shop, add } = await givenPostedElsewhere();
    add(99, { DocNumber: "CS-1", PrivateNote: "Posted by Commerce Sync" });
    const { totals } = await dayRow(shop, DAY);
    if (totals === null) throw new Error("the day was read");
    add(dayTotals(totals).takingsMinor / 100, { DocNumber: "7" });
    add(12, { DocNumber: "8" });
    const { body } = await visitorOf(given, shop)("GET", SCAN);
    expect(lookalikesView.parse(body)).toMatchObject({ booksName: "QuickBooks Online", currency: "USD", from: "2026-07-01", to: "2026-07-14" });
    expect(lookalikesView.parse(body).found).toEqual([
      { type: "Sales receipt", documentNumber: "CS-1", date: DAY, totalMinor: 9_900, reason: "its memo names Commerce Sync" },
      { type: "Sales receipt", documentNumber: "7", date: DAY, totalMinor: dayTotals(totals).takingsMinor, reason: "it has the same date and total as that day" },
    ]);
  });

  it("knows its own entries by their number, and calls them nobody else's", async () => {
    const { given, shop } = await givenPostedElsewhere();
    await sync(given, shop, DAY, { post: "yes" });
    expect(lookalikesView.parse((await visitorOf(given, shop)("GET", SCAN)).body).found).toEqual([]);
  });

  it("writes nothing anywhere", async () => {
    const { given, shop, control } = await givenPostedElsewhere();
    const before = control.calls().length;
    await visitorOf(given, shop)("GET", SCAN);
    expect(control.calls().slice(before).map(({ method }) => method)).not.toContain("POST");
  });

  it("says that the books did not answer, rather than that nothing is there", async () => {
    const { given, shop, control } = await givenPostedElsewhere();
    control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/query" });
    expect((await visitorOf(given, shop)("GET", SCAN)).status).toBe(502);
  });

  it("is refused for a range that is none, and to who may not post", async () => {
    const { given, shop } = await givenPostedElsewhere();
    for (const range of ["from=2026-07-14&to=2026-07-01", "from=2026-02-30&to=2026-07-01", "from=2020-01-01&to=2026-07-01"]) {
      expect((await visitorOf(given, shop)("GET", `/lookalikes?${range}`)).status).toBe(400);
    }
    for (const role of ["tech", "sales", "viewer"] as const) expect((await visitorOf(given, shop, role)("GET", SCAN)).status).toBe(403);
  });
});
