import { beforeEach, describe, expect, it } from "vitest";
import type { OldVersionView, VersionsView } from "../../../src/features/mapping/contract";
import { currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { shardOf } from "../connections/house";
import { api, read } from "./given";
import { cafeDay, openShop, type Shop } from "./shop";

let shop: Shop;
const ask = async (method: string, path: string, body?: unknown) => await api(shop.owner, shop.house.harbour, method, path, body);

beforeEach(async () => {
  shop = await openShop();
  await shop.readDay("2026-07-13", cafeDay());
  await save(0, { "sales:C1": "Coffee Sales", tip: "Tips Payable" });
  await save(1, { "sales:C1": "Sales" });
});

async function save(version: number, names: Record<string, string>): Promise<void> {
  const accounts = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, shop.accountId(name)]));
  expect(await saveMapping(shop.house.world, shop.visit, { version, accounts })).toMatchObject({ ok: true });
}

describe("the versions of a mapping", () => {
  it("say who changed what and when, the newest first", async () => {
    const { versions, isMore } = await read<VersionsView>(await ask("GET", "/mapping/versions"));
    const at = shop.house.world.clock();
    expect(isMore).toBe(false);
    expect(versions).toEqual([
      { version: 2, savedBy: "Ada", savedAt: at, changeCount: 1, changes: [{ label: "Coffee", what: "Account", from: "Coffee Sales", to: "Sales" }] },
      { version: 1, savedBy: "Ada", savedAt: at, changeCount: 2, changes: [
        { label: "Coffee", what: "Account", from: null, to: "Coffee Sales" }, { label: "Tips", what: "Account", from: null, to: "Tips Payable" },
      ] },
    ]);
  });

  it("come twenty at a time, each compared with the one before it", async () => {
    for (let version = 2; version < 23; version += 1) await save(version, { "sales:C1": version % 2 === 0 ? "Coffee Sales" : "Sales" });
    const first = await read<VersionsView>(await ask("GET", "/mapping/versions"));
    expect([first.versions.length, first.versions.at(-1)?.version, first.isMore]).toEqual([20, 4, true]);
    const rest = await read<VersionsView>(await ask("GET", "/mapping/versions?before=4"));
    expect([rest.versions.map(({ version, changeCount }) => [version, changeCount]), rest.isMore]).toEqual([[[3, 1], [2, 1], [1, 2]], false]);
    expect(first.versions.at(-1)?.changeCount).toBe(1);
  });

  it("can be looked at beside what holds now", async () => {
    const old = await read<OldVersionView>(await ask("GET", "/mapping/versions/1"));
    expect(old).toMatchObject({ version: 1, savedBy: "Ada", lines: [
      { label: "Coffee", was: "Coffee Sales", now: "Sales", isSame: false }, { label: "Tips", was: "Tips Payable", now: "Tips Payable", isSame: true },
    ] });
  });

  it("can be restored, as a new version that says so", async () => {
    expect(await read(await ask("POST", "/mapping/versions/1/restore", { version: 2 }))).toEqual({ version: 3, retriedDays: 0 });
    const { accounts } = await currentMapping(shop.visit.db);
    expect(accounts).toMatchObject({ "sales:C1": { name: "Coffee Sales" }, tip: { name: "Tips Payable" } });
    const { results } = await shardOf(shop.house, shop.house.harbour).prepare("SELECT subject, after FROM audit WHERE shop_id = ? AND action = 'mapping.restored'").bind(shop.house.harbour.id).all();
    expect(results).toEqual([{ subject: "mapping:3", after: `{"lines":{"sales:C1":"${shop.accountId("Coffee Sales")}"}}` }]);
    // The one that holds already comes to nothing new.
    expect(await read(await ask("POST", "/mapping/versions/1/restore", { version: 3 }))).toMatchObject({ version: 3 });
  });

  it("are not restored over one that the person has not seen, and not where there is none", async () => {
    expect((await ask("POST", "/mapping/versions/1/restore", { version: 1 })).status).toBe(409);
    expect((await ask("POST", "/mapping/versions/9/restore", { version: 2 })).status).toBe(404);
    expect((await ask("GET", "/mapping/versions/9")).status).toBe(404);
    expect((await ask("GET", "/mapping/versions/x")).status).toBe(404);
    expect((await currentMapping(shop.visit.db)).version).toBe(2);
  });

  it("of another shop are none, and for viewers to look at only", async () => {
    const { house } = shop;
    const stranger = await house.someone("Lin", house.lantern, "owner");
    expect(await read(await api(stranger, house.lantern, "GET", "/mapping/versions"))).toEqual({ versions: [], isMore: false });
    expect((await api(stranger, house.lantern, "GET", "/mapping/versions/1")).status).toBe(404);
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    expect((await api(viewer, house.harbour, "GET", "/mapping/versions/1")).status).toBe(200);
    expect((await api(viewer, house.harbour, "POST", "/mapping/versions/1/restore", { version: 2 })).status).toBe(403);
  });
});
