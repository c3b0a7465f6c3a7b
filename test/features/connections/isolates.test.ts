import { beforeEach, describe, expect, it } from "vitest";
import { connectionById, locationById, locationsOf } from "../../../src/features/connections/service";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { ConnectionId, LocationId } from "../../../src/kernel/ids";
import { api, connect, read } from "./browser";
import { openHouse, visitOf, type House, type Someone } from "./house";

let house: House;
let owner: Someone;
let stranger: Someone;
let theirs: ConnectionsView;

const ABSENT = "z".repeat(26);

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
  stranger = await house.someone("Lin", house.lantern, "owner");
  await connect(house, owner, house.harbour, "square");
  theirs = await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"));
});

/** Status, headers and body as one text. */
async function whole(response: Response): Promise<string> {
  return JSON.stringify([response.status, [...response.headers], await response.text()]);
}

describe("another shop's connections and locations", () => {
  it("answer to every route as ids that do not exist, byte for byte", async () => {
    const connection = theirs.connections[0]?.id ?? "";
    const location = theirs.locations[0]?.id ?? "";
    const choice = { startsOn: "2026-07-10", cutOffMinutes: 0 };
    for (const [method, path, id, body] of [
      ["POST", "/connections/:id/refresh", connection, undefined],
      ["POST", "/connections/:id/disconnect", connection, undefined],
      ["PUT", "/locations/:id", location, choice],
    ] as const) {
      const foreign = await whole(await api(stranger, house.lantern, method, path.replace(":id", id), body));
      expect(foreign).toBe(await whole(await api(stranger, house.lantern, method, path.replace(":id", ABSENT), body)));
      expect(foreign).toBe(await whole(await api(stranger, house.lantern, method, path.replace(":id", "not-an-id"), body)));
      expect(foreign.startsWith("[404,")).toBe(true);
    }
    expect(await read(await api(owner, house.harbour, "GET", "/connections"))).toEqual(theirs);
  });

  it("are in no list of a shop that has none, on the same shard or another", async () => {
    expect(await read(await api(stranger, house.lantern, "GET", "/connections"))).toMatchObject({ connections: [], locations: [] });
  });

  it("cannot be seen with a person's rights in another shop", async () => {
    expect((await api(stranger, house.harbour, "GET", "/connections")).status).toBe(401);
  });

  it("are absent for jobs that act for another shop", async () => {
    const { db } = await visitOf(house, stranger, { ...house.lantern, shard: house.harbour.shard });
    expect(await connectionById(db, (theirs.connections[0]?.id ?? "") as ConnectionId)).toBeNull();
    expect(await locationById(db, (theirs.locations[0]?.id ?? "") as LocationId)).toBeNull();
    expect(await locationsOf(db)).toEqual([]);
  });
});
