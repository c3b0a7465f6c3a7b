/** Classes and locations on their way from the mapping into the books. */
import { describe, expect, it } from "vitest";
import { date, dayRow, entryRows, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-13");
const NEXT = date("2026-07-14");

async function givenTagged() {
  const given = givenWorld();
  const shop = await givenShop(given, { mode: "automatic" });
  const { control } = given.providers.quickbooks;
  const classes = [{ Id: "1", Name: "Bar", Active: true }, { Id: "2", Name: "Kitchen", Active: true }];
  control.setCompany(shop.merchant.realm, { tracksClasses: true, tracksDepartments: true, classes, departments: [{ Id: "7", Name: "Pier", Active: true }] });
  const dimensions = [
    { id: "class", name: "Class", options: classes.map(({ Id, Name }) => ({ id: Id, name: Name, isActive: true })) },
    { id: "location", name: "Location", options: [{ id: "7", name: "Pier", isActive: true }] },
  ];
  const [location] = shop.locations;
  const shard = given.env.SHARD_0;
  await shard.prepare("INSERT INTO chart (shop_id, connection_id, accounts, dimensions, read_at) VALUES (?, ?, '[]', ?, 1)").bind(shop.shopId, shop.booksId, JSON.stringify(dimensions)).run();
  sell(given, location, DAY, [{ id: "S1" }]);
  sell(given, location, NEXT, [{ id: "S2" }]);
  await sync(given, shop, DAY, { post: "no" });
  const owner = visitorOf(given, shop);
  const save = async (version: number, lineClass: string) => await owner("PUT", "/mapping", {
    version, tags: { lines: { "sales:CAT_COFFEE": { class: lineClass } }, locations: { [location.id]: { location: "7" } } },
  });
  return { given, shop, control, save };
}

const KEY = "sales:CAT_COFFEE";

describe("tags", () => {
  it("stand on the lines in the books, a line's own beside its location's, and are recorded with the entry", async () => {
    const { given, shop, control, save } = await givenTagged();
    expect(await save(1, "1")).toMatchObject({ status: 200, body: { version: 2 } });
    await sync(given, shop, DAY, { post: "yes" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    const [entry] = await entryRows(shop, DAY);
    expect(entry?.lines.find(({ key }) => key === KEY)?.tags?.map(({ name }) => name)).toEqual(["Bar", "Pier"]);
    expect(entry?.lines.every(({ tags }) => tags?.some(({ option }) => option === "7"))).toBe(true);
    const booked = control.entries(shop.merchant.realm)[0]?.Line ?? [];
    expect(booked.every(({ JournalEntryLineDetail: detail }) => JSON.stringify(detail?.["DepartmentRef"]) === '{"value":"7"}')).toBe(true);
    expect(booked.filter(({ JournalEntryLineDetail: detail }) => detail?.["ClassRef"] !== undefined)).toHaveLength(1);
  });

  it("that the books no longer take stop the day, which is tried again by itself once another is chosen", async () => {
    const { given, shop, control, save } = await givenTagged();
    await save(1, "1");
    control.setCompany(shop.merchant.realm, { classes: [{ Id: "1", Name: "Bar", Active: false }, { Id: "2", Name: "Kitchen", Active: true }] });
    await sync(given, shop, DAY, { post: "as_set" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "tag_inactive", tags: [{ option: "1", name: "Bar" }] } });
    expect(await save(2, "2")).toMatchObject({ status: 200, body: { retriedDays: 1 } });
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect((await entryRows(shop, DAY))[0]?.lines.find(({ key }) => key === KEY)?.tags?.map(({ name }) => name)).toEqual(["Kitchen", "Pier"]);
  });
});
