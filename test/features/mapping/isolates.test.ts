import { describe, expect, it } from "vitest";
import type { MappingView } from "../../../src/features/mapping/contract";
import { chartOf, currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { api, connect, read } from "../connections/browser";
import { visitOf } from "../connections/house";
import { cafeDay, openShop } from "./shop";

describe("another shop's mapping", () => {
  it("is not seen, not built upon, and its accounts cannot be chosen", async () => {
    const { house, visit, owner, readDay, accountId } = await openShop();
    await readDay("2026-07-13", cafeDay());
    await saveMapping(house.world, visit, { version: 0, accounts: { "sales:C1": accountId("Coffee Sales") } });
    const stranger = await house.someone("Lin", house.lantern, "owner");
    expect(await read<MappingView>(await api(stranger, house.lantern, "GET", "/mapping"))).toMatchObject({ version: 0, lines: [], accounts: [], booksName: null });
    const onSameShard = await visitOf(house, stranger, { ...house.lantern, shard: house.harbour.shard });
    expect(await currentMapping(onSameShard.db)).toEqual({ version: 0, accounts: {} });
    expect(await chartOf(onSameShard.db)).toBeNull();
    await connect(house, stranger, house.lantern, "quickbooks", house.accounts.otherRealm);
    const theirs = await visitOf(house, stranger, house.lantern);
    expect(await saveMapping(house.world, theirs, { version: 0, accounts: { "sales:C1": accountId("Coffee Sales") } })).toMatchObject({ ok: false, failure: { kind: "invalid_input" } });
    expect((await api(stranger, house.harbour, "GET", "/mapping")).status).toBe(401);
    expect((await read<MappingView>(await api(owner, house.harbour, "GET", "/mapping"))).version).toBe(1);
  });
});
