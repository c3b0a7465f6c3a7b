/** Letters about connections: one when a grant has ended, to those who can renew it; and one when somebody asks for a connection. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import { connectionById, markReconnectNeeded } from "../../../src/features/connections/service";
import type { ConnectionId } from "../../../src/kernel/ids";
import { api, connect, read } from "./browser";
import { openHouse, shardOf, visitOf, type House, type Someone } from "./house";

let house: House;
let owner: Someone;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
});

async function letters(kind: string): Promise<string[]> {
  const { results } = await house.env.DIRECTORY.prepare("SELECT recipient FROM letter WHERE kind = ? ORDER BY recipient").bind(kind).all<{ recipient: string }>();
  return results.map(({ recipient }) => recipient);
}

async function audited(action: string): Promise<number> {
  const { results } = await shardOf(house, house.harbour).prepare("SELECT seq FROM audit WHERE shop_id = ? AND action = ?").bind(house.harbour.id, action).all();
  return results.length;
}

describe("a grant that has ended", () => {
  it("is told once to owners and admins, however many jobs find it out at once, and to nobody else", async () => {
    const admin = await house.someone("Bo", house.harbour, "admin");
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    const stranger = await house.someone("Sy", house.lantern, "owner");
    await connect(house, owner, house.harbour, "square");
    const { connections } = await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"));
    const id = connections[0]?.id as ConnectionId;
    const { db } = await visitOf(house, owner, house.harbour);
    await Promise.all([1, 2, 3, 4].map(async () => await markReconnectNeeded(house.world, house.env, db, id)));
    await markReconnectNeeded(house.world, house.env, db, id);
    const told = await letters("reconnect_needed");
    expect(told).toEqual(expect.arrayContaining([owner.person.email, admin.person.email]));
    expect(new Set(told).size).toBe(told.length);
    expect(told).not.toContain(viewer.person.email);
    expect(told).not.toContain(stranger.person.email);
    expect((await connectionById(db, id))?.state).toBe("reconnect_needed");
  });
});

describe("asking to be connected", () => {
  it("writes to owners and admins in the asker's name, with a line in the log", async () => {
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    expect((await api(viewer, house.harbour, "POST", "/connections/ask", { provider: "square" })).status).toBe(200);
    const told = await letters("ask_to_connect");
    expect(told).toContain(owner.person.email);
    expect(told).not.toContain(viewer.person.email);
    expect(await audited("connection.asked_for")).toBe(1);
  });

  it("is refused for what is connected, for who may not see connections, for what is no provider, and past ten a day", async () => {
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    const sales = await house.someone("Sam", house.harbour, "sales");
    const ask = async (by: Someone, provider: string) => (await api(by, house.harbour, "POST", "/connections/ask", { provider })).status;
    expect(await ask(sales, "square")).toBe(403);
    expect(await ask(viewer, "till")).toBe(400);
    await connect(house, owner, house.harbour, "square");
    expect(await ask(viewer, "square")).toBe(409);
    const statuses = [];
    for (let time = 0; time < 10; time += 1) statuses.push(await ask(viewer, "quickbooks"));
    expect(statuses.at(0)).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });
});
