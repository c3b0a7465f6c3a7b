import { beforeEach, describe, expect, it } from "vitest";
import type { MappingLine, MappingView } from "../../../src/features/mapping/contract";
import { currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { addLocation, api, read } from "./given";
import { cafeDay, openShop, type Shop } from "./shop";

const BAR = { Id: "1", Name: "Bar", Active: true };
const KITCHEN = { Id: "2", Name: "Kitchen", Active: true };
const PIER = { Id: "7", Name: "Pier", Active: true };

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
  await shop.readDay("2026-07-13", cafeDay());
  await track({});
});

/** Turns tracking on in the books, or changes it, and reads the lists again as a person would. */
async function track(change: object): Promise<void> {
  const { house } = shop;
  house.pass(60_000); // the books' own pace
  house.quickbooks.control.setCompany(house.accounts.realm, { tracksClasses: true, tracksDepartments: true, classes: [BAR, KITCHEN], departments: [PIER], ...change });
  await read(await api(shop.owner, house.harbour, "POST", "/mapping/refresh"));
}

async function save(change: object, version = 0) {
  return await saveMapping(shop.house.world, shop.visit, { version, ...change });
}

async function line(key: string): Promise<MappingLine> {
  const found = (await shop.view()).lines.find((one) => one.key === key);
  if (found === undefined) throw new Error(`there is no line ${key}`);
  return found;
}

describe("tags of the mapping", () => {
  it("can be chosen for a line and for a location, and are shown under the names of the books", async () => {
    const locationId = await addLocation(shop, "Pier");
    const saved = await save({ tags: { lines: { "sales:C2": { class: "2" } }, locations: { [locationId]: { location: "7" } } } });
    expect(saved).toMatchObject({ ok: true, value: { version: 1 } });
    const view = await shop.view();
    expect(view.dimensions.map(({ id, name, options }) => [id, name, options.length])).toEqual([["class", "Class", 2], ["location", "Location", 1]]);
    expect((await line("sales:C2")).tags).toEqual([{ dimension: "class", option: "2", name: "Kitchen", problem: null }]);
    expect(view.locations).toEqual([{ id: locationId, name: "Pier", tags: [{ dimension: "location", option: "7", name: "Pier", problem: null }] }]);
  });

  it("are kept when another dimension or an account of the line changes, and go when they are taken back", async () => {
    await save({ tags: { lines: { "sales:C2": { class: "2" } } } });
    await save({ accounts: { "sales:C2": shop.accountId("Food Sales") }, tags: { lines: { "sales:C2": { location: "7" } } } }, 1);
    expect((await line("sales:C2")).tags.map(({ name }) => name)).toEqual(["Kitchen", "Pier"]);
    await save({ tags: { lines: { "sales:C2": { class: null, location: null } } } }, 2);
    expect(await currentMapping(shop.visit.db)).toEqual({ version: 3, accounts: { "sales:C2": { id: shop.accountId("Food Sales"), name: "Food Sales" } } });
  });

  it("say so when the books no longer take them, by the name that they have now", async () => {
    await save({ tags: { lines: { "sales:C2": { class: "2", location: "7" } } } });
    await track({ classes: [BAR, { ...KITCHEN, Name: "Back kitchen", Active: false }], departments: [] });
    expect((await line("sales:C2")).tags).toEqual([
      { dimension: "class", option: "2", name: "Back kitchen", problem: "Back kitchen was made inactive in your books." },
      { dimension: "location", option: "7", name: "Pier", problem: "Pier is not in your books any more." },
    ]);
    await track({ tracksClasses: false });
    expect((await line("sales:C2")).tags[0]?.problem).toBe("Kitchen cannot be used: your books do not track it any more.");
  });

  it("are refused, all or nothing, for a line or location that is not the shop's and an option that the books lack", async () => {
    const elsewhere = "a".repeat(26);
    const refused = [
      [{ lines: { "sales:NOPE": { class: "1" } } }, "tags.lines.sales:NOPE", "This line does not occur in your sales."],
      [{ lines: { tip: { class: "9" } } }, "tags.lines.tip.class", "Class: this one is not in your books."],
      [{ lines: { tip: { region: "1" } } }, "tags.lines.tip.region", "Your books do not track this."],
      [{ locations: { [elsewhere]: { class: "1" } } }, `tags.locations.${elsewhere}`, "This location is not the shop's."],
    ] as const;
    for (const [tags, path, message] of refused) {
      const change = { accounts: { "sales:C1": shop.accountId("Coffee Sales") }, tags };
      expect(await save(change)).toEqual({ ok: false, failure: { kind: "invalid_input", message, fields: [{ path, message }] } });
    }
    await track({ classes: [BAR, { ...KITCHEN, Active: false }] });
    expect(await save({ tags: { lines: { tip: { class: "2" } } } })).toMatchObject({ ok: false, failure: { message: "Kitchen was made inactive in your books." } });
    expect((await currentMapping(shop.visit.db)).version).toBe(0);
  });

  it("are of another shop neither seen nor chosen", async () => {
    const stranger = await shop.house.someone("Lin", shop.house.lantern, "owner");
    const view = await read<MappingView>(await api(stranger, shop.house.lantern, "GET", "/mapping"));
    expect([view.dimensions, view.locations]).toEqual([[], []]);
  });
});
