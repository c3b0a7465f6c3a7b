import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import type { ConnectionsView, ConnectionView, LocationView } from "../../../src/features/connections/contract";
import { accessTo, connectionById, liveConnection, locationById } from "../../../src/features/connections/service";
import type { ConnectionId, LocationId } from "../../../src/kernel/ids";
import { api, connect, read } from "./browser";
import { originOf } from "../../support/app";
import { openHouse, shardOf, visitOf, type House, type Someone } from "./house";

let house: House;
let owner: Someone;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
});

async function view(): Promise<ConnectionsView> {
  return await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"));
}

async function till(): Promise<ConnectionView> {
  const found = (await view()).connections.find(({ role }) => role === "till");
  if (found === undefined) throw new Error("there is no till");
  return found;
}

async function pier(): Promise<LocationView> {
  const found = (await view()).locations.find(({ name }) => name.startsWith("Pier"));
  if (found === undefined) throw new Error("there is no Pier");
  return found;
}

async function choose(location: LocationView, choice: unknown): Promise<LocationView> {
  return await read<LocationView>(await api(owner, house.harbour, "PUT", `/locations/${location.id}`, choice));
}

async function audited(): Promise<string[]> {
  const { results } = await shardOf(house, house.harbour).prepare("SELECT action FROM audit WHERE shop_id = ? AND action <> 'shop.created' ORDER BY seq").bind(house.harbour.id).all<{ action: string }>();
  return results.map(({ action }) => action);
}

describe("connecting an account", () => {
  it("brings the till with its open locations and the books with their chart, through the providers' own pages", async () => {
    const first = await connect(house, owner, house.harbour, "square");
    expect(first.headers.get("location")).toBe(`${originOf(house.harbour.slug)}/connections?connected=square`);
    house.pass(1_000);
    const second = await connect(house, owner, house.harbour, "quickbooks");
    expect(second.headers.get("location")).toBe(`${originOf(house.harbour.slug)}/connections?connected=quickbooks`);
    const { connections, locations } = await view();
    expect(connections.map(({ provider, name, state, currency }) => ({ provider, name, state, currency }))).toEqual([
      { provider: "square", name: "Harbour Coffee", state: "connected", currency: null },
      { provider: "quickbooks", name: "Harbour Coffee LLC", state: "connected", currency: "USD" },
    ]);
    expect(locations.map(({ name, code, startsOn }) => ({ name, code, startsOn }))).toEqual([
      { name: "Market <b>", code: "MRK", startsOn: null },
      { name: "Pier", code: "PIR", startsOn: null },
    ]);
    expect(await audited()).toEqual(["connection.connected", "connection.connected"]);
  });

  it("gives jobs a live grant for the account", async () => {
    await connect(house, owner, house.harbour, "square");
    const { db } = await visitOf(house, owner, house.harbour);
    const live = await liveConnection(db, "till");
    if (!live.ok) throw new Error(live.failure.kind);
    const granted = await accessTo(house.world, house.env, db, live.value, 1);
    if (!granted.ok) throw new Error(granted.failure.kind);
    expect(granted.value.access.externalAccount).toBe(house.accounts.merchant);
    expect(Object.keys(house.square.control.snapshot().tokens)).toContain(granted.value.access.accessToken);
  });

  it("keeps id, locations and what was chosen when the same account is connected again after the grant ended", async () => {
    await connect(house, owner, house.harbour, "square");
    const chosen = await choose(await pier(), { startsOn: "2026-07-01", cutOffMinutes: 180 });
    house.square.control.revoke(house.accounts.merchant);
    const refused = await api(owner, house.harbour, "POST", `/connections/${(await till()).id}/refresh`);
    expect(refused.status).toBe(409);
    const before = await till();
    expect(before.state).toBe("reconnect_needed");
    await connect(house, owner, house.harbour, "square");
    expect(await till()).toMatchObject({ id: before.id, state: "connected" });
    expect(await pier()).toEqual(chosen);
    expect(await audited()).toEqual(["connection.connected", "location.chosen", "connection.reconnect_needed", "connection.reconnected"]);
  });

  it("takes chosen locations up again at the days that were open when the till was disconnected", async () => {
    await connect(house, owner, house.harbour, "square");
    await choose(await pier(), { startsOn: "2026-01-01", cutOffMinutes: 0 });
    await read(await api(owner, house.harbour, "POST", `/connections/${(await till()).id}/disconnect`));
    expect(await pier()).toMatchObject({ startsOn: "2026-01-01", nextDueAt: null });
    house.pass(10 * DAY);
    await connect(house, owner, house.harbour, "square");
    expect(await pier()).toMatchObject({ startsOn: "2026-01-01", nextDueAt: Date.parse("2026-07-13T05:30:00Z") });
  });
});

describe("refreshing", () => {
  it("adds new locations unchosen, renames renamed ones and keeps those that are gone", async () => {
    await connect(house, owner, house.harbour, "square");
    const before = await view();
    house.setLocations([{ id: "L1", name: "Pier 39" }, { id: "L9", name: "Rooftop" }]);
    const after = await read<ConnectionsView>(await api(owner, house.harbour, "POST", `/connections/${(await till()).id}/refresh`));
    expect(after.locations.map(({ name, code }) => ({ name, code }))).toEqual([
      { name: "Market <b>", code: "MRK" }, { name: "Pier 39", code: "PIR" }, { name: "Rooftop", code: "RFT" },
    ]);
    expect(after.locations[0]).toEqual(before.locations[0]);
    expect(after.locations[1]?.id).toBe(before.locations[1]?.id);
  });

  it("reads the books' name and closing date again", async () => {
    await connect(house, owner, house.harbour, "quickbooks");
    house.quickbooks.control.setCompany(house.accounts.realm, { name: "Harbour & Sons", bookCloseDate: "2026-05-31" });
    const books = (await view()).connections[0];
    const after = await read<ConnectionsView>(await api(owner, house.harbour, "POST", `/connections/${books?.id}/refresh`));
    expect(after.connections[0]).toMatchObject({ name: "Harbour & Sons", closedThrough: "2026-05-31" });
  });
});

describe("choosing a location", () => {
  beforeEach(async () => {
    await connect(house, owner, house.harbour, "square");
  });

  it("makes its first day due when that day has closed and settled", async () => {
    const chosen = await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 180, code: "P39" });
    // 11 July, 03:00 in New York, and ninety minutes.
    expect(chosen).toMatchObject({ startsOn: "2026-07-10", cutOffMinutes: 180, code: "P39", nextDueAt: Date.parse("2026-07-11T08:30:00Z") });
  });

  it("lets another cut-off hold from the next day that has not begun, and leaves earlier days as they were cut", async () => {
    await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 180 });
    const changed = await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 60 });
    expect(changed.cutOffMinutes).toBe(60);
    const location = await locationById((await visitOf(house, owner, house.harbour)).db, changed.id as LocationId);
    expect(location?.cutOffs).toEqual([{ from: "2009-01-01", minutes: 180 }, { from: "2026-07-15", minutes: 60 }]);
  });

  it("changes nothing and says so to nobody when the same choice comes again", async () => {
    const once = await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 180 });
    expect(await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 180 })).toEqual(once);
    expect((await audited()).filter((action) => action === "location.chosen")).toHaveLength(1);
  });

  it("stops a location and keeps its cut-off and code", async () => {
    await choose(await pier(), { startsOn: "2026-07-10", cutOffMinutes: 180 });
    expect(await choose(await pier(), { startsOn: null, cutOffMinutes: 180 })).toMatchObject({ startsOn: null, nextDueAt: null, code: "PIR", cutOffMinutes: 180 });
    expect((await audited()).at(-1)).toBe("location.stopped");
  });
});

describe("disconnecting", () => {
  it("ends the grant at the provider, forgets the tokens and frees the account, while the connection's row stays", async () => {
    await connect(house, owner, house.harbour, "square");
    const { id } = await till();
    await read(await api(owner, house.harbour, "POST", `/connections/${id}/disconnect`));
    expect(Object.values(house.square.control.snapshot().tokens).every(({ isRevoked }) => isRevoked)).toBe(true);
    const { db } = await visitOf(house, owner, house.harbour);
    const connection = await connectionById(db, id as ConnectionId);
    if (connection === null) throw new Error("the row is gone");
    expect(connection.state).toBe("disconnected");
    expect(await accessTo(house.world, house.env, db, connection, 1)).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    const other = await house.someone("Lin", house.lantern, "owner");
    const taken = await connect(house, other, house.lantern, "square");
    expect(taken.headers.get("location")).toContain("connected=square");
  });

  it("can be done twice", async () => {
    await connect(house, owner, house.harbour, "square");
    const path = `/connections/${(await till()).id}/disconnect`;
    const first = await read(await api(owner, house.harbour, "POST", path));
    expect(await read(await api(owner, house.harbour, "POST", path))).toEqual(first);
    expect((await audited()).filter((action) => action === "connection.disconnected")).toHaveLength(1);
  });

  it("while the provider is down does not end what is connected afterwards", async () => {
    await connect(house, owner, house.harbour, "square");
    const { id } = await till();
    house.square.control.fault({ kind: "unavailable", path: "/oauth2/revoke" });
    await read(await api(owner, house.harbour, "POST", `/connections/${id}/disconnect`));
    expect(Object.values(house.square.control.snapshot().tokens).some(({ isRevoked }) => isRevoked)).toBe(false);
    await connect(house, owner, house.harbour, "square");
    house.pass(DAY);
    await runDurableObjectAlarm(env.LANE.getByName(`${house.harbour.id}/${id}`));
    expect((await api(owner, house.harbour, "POST", `/connections/${id}/refresh`)).status).toBe(200);
  });
});
