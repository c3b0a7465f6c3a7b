/** What the mapping means for payouts: those that it held are tried again once it is saved, and their lines carry its tags. */
import { describe, expect, it } from "vitest";
import { booked, date, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { onlyPayout, payoutEntryRows, readPayoutsOf } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

const SOLD = date("2026-07-14");

/** A payout on its way to a shop, whose books track locations. */
async function givenPayout() {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true });
  const { control } = given.providers.quickbooks;
  const { realm } = shop.merchant;
  const dimensions = [{ id: "location", name: "Location", options: [{ id: "7", name: "Pier", isActive: true }, { id: "8", name: "Kiosk", isActive: true }] }];
  control.setCompany(realm, { tracksDepartments: true, departments: [{ Id: "7", Name: "Pier", Active: true }, { Id: "8", Name: "Kiosk", Active: true }] });
  const accounts = control.accounts(realm).map(({ Id, Name }) => ({ id: Id, name: Name, type: "Expense", class: "expense", currency: "USD", isActive: true, isPostable: true }));
  await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, dimensions, read_at) VALUES (?1, ?2, ?3, ?4, 1)").bind(shop.shopId, shop.booksId, JSON.stringify(accounts), JSON.stringify(dimensions)).run();
  sell(given, shop.locations[0], SOLD, [{ id: "A" }]);
  const save = async (version: number, change: object) => {
    expect(await visitorOf(given, shop)("PUT", "/mapping", { version, ...change })).toMatchObject({ status: 200 });
    await given.drain();
  };
  const tagAll = (version: number, option: string) => save(version, { tags: { lines: {}, locations: { [shop.locations[0].id]: { location: option } } } });
  return { given, shop, control, realm, save, tagAll, feesId: accounts.find(({ name }) => name === "Merchant Fees")?.id };
}

describe("a payout that a line without an account holds", () => {
  it("is tried again by itself when the line is mapped", async () => {
    const { given, shop, save, feesId } = await givenPayout();
    await given.env.SHARD_0.prepare(
      "INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT shop_id, 2, json_remove(accounts, '$.\"fee:square\"'), saved_by, 2 FROM mapping WHERE shop_id = ?1",
    ).bind(shop.shopId).run();
    await sync(given, shop, SOLD);
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).reason).toMatchObject({ kind: "unmapped", lines: [{ key: "fee:square" }] });
    await save(2, { accounts: { "fee:square": feesId } });
    expect((await onlyPayout(shop)).state).toBe("posted");
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-S1", "DB-L00-260715-P1"]);
  });

  it("stays held when something else was saved", async () => {
    const { given, shop, control, realm, tagAll, feesId } = await givenPayout();
    control.setAccountActive(realm, feesId ?? "", false);
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).reason?.kind).toBe("account_inactive");
    await tagAll(1, "7");
    expect((await onlyPayout(shop)).reason?.kind).toBe("account_inactive");
    expect(booked(given, shop)).toEqual([]);
  });
});

describe("the tags of a location", () => {
  it("stand on every line of its payouts, and another choice later is no change of a payout", async () => {
    const { given, shop, control, realm, tagAll } = await givenPayout();
    await tagAll(1, "7");
    await readPayoutsOf(given, shop);
    const payout = await onlyPayout(shop);
    const [entry] = await payoutEntryRows(shop, payout.id);
    expect(entry?.lines.map(({ tags }) => tags?.map(({ name }) => name))).toEqual([["Pier"], ["Pier"], ["Pier"]]);
    expect(control.entries(realm)[0]?.Line.every(({ JournalEntryLineDetail: detail }) => JSON.stringify(detail?.["DepartmentRef"]) === '{"value":"7"}')).toBe(true);
    await tagAll(2, "8");
    await readPayoutsOf(given, shop);
    expect([(await onlyPayout(shop)).state, booked(given, shop).length]).toEqual(["posted", 1]);
    expect((await visitorOf(given, shop)("GET", `/payouts/${payout.id}`)).body).toMatchObject({ row: { ties: true } });
  });

  it("that the books no longer take hold a payout until another is chosen", async () => {
    const { given, shop, control, realm, tagAll } = await givenPayout();
    await tagAll(1, "7");
    control.setCompany(realm, { departments: [{ Id: "7", Name: "Pier", Active: false }, { Id: "8", Name: "Kiosk", Active: true }] });
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).reason?.kind).toBe("tag_inactive");
    const { id } = await onlyPayout(shop);
    expect((await visitorOf(given, shop)("GET", `/payouts/${id}`)).body).toMatchObject({ explanation: { title: "“Pier” was made inactive in your books", fixes: [{ act: "map_lines" }, { act: "retry" }] } });
    await tagAll(2, "8");
    expect((await onlyPayout(shop)).state).toBe("posted");
  });
});
