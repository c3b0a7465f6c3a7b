import { beforeEach, describe, expect, it } from "vitest";
import { accessTo, liveConnection } from "../../../src/features/connections/service";
import type { ConnectionsView, LocationView } from "../../../src/features/connections/contract";
import { api, connect, decide, leave, read } from "./browser";
import { originOf } from "../../support/app";
import { directory, openHouse, shardOf, visitOf, type House, type Someone } from "./house";

let house: House;
let owner: Someone;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
});

function back(query: string): string {
  return `${originOf(house.harbour.slug)}/connections?${query}`;
}

async function view(who = owner, shop = house.harbour): Promise<ConnectionsView> {
  return await read<ConnectionsView>(await api(who, shop, "GET", "/connections"));
}

/** Whether every token that Square gave for the merchant is dead. */
function hasEnded(merchantId: string): boolean {
  const tokens = Object.values(house.square.control.snapshot().tokens).filter((token) => token.merchantId === merchantId);
  return tokens.length > 0 && tokens.every(({ isRevoked }) => isRevoked);
}

describe("a consent that is not given or not whole", () => {
  it.each(["square", "quickbooks"] as const)("leads back to the shop of %s with the reason when the person denies", async (provider) => {
    const account = provider === "square" ? house.accounts.merchant : house.accounts.realm;
    const ended = await connect(house, owner, house.harbour, provider, account, "deny");
    expect(ended.headers.get("location")).toBe(back(`refused=denied&provider=${provider}`));
    expect((await view()).connections).toEqual([]);
  });

  it("is refused when less was allowed than Daybook needs, and its grant is ended", async () => {
    const page = new URL(await leave(owner, house.harbour, "square"));
    page.searchParams.set("scope", "ORDERS_READ");
    const ended = await owner.browser.get(await decide(house, page.href, "allow", house.accounts.merchant));
    expect(ended.headers.get("location")).toBe(back("refused=scopes_missing&provider=square"));
    expect(hasEnded(house.accounts.merchant)).toBe(true);
  });

  it("is refused when the provider breaks off at the exchange, and can be given again", async () => {
    house.square.control.fault({ kind: "unavailable", path: "/oauth2/token" });
    const ended = await connect(house, owner, house.harbour, "square");
    expect(ended.headers.get("location")).toBe(back("refused=provider_failed&provider=square"));
    expect((await connect(house, owner, house.harbour, "square")).headers.get("location")).toBe(back("connected=square"));
  });

  it("is refused when the provider breaks off while the account is read, and its grant is ended", async () => {
    house.square.control.fault({ kind: "truncated", path: "/v2/locations", times: 5 });
    const ended = await connect(house, owner, house.harbour, "square");
    expect(ended.headers.get("location")).toBe(back("refused=provider_failed&provider=square"));
    expect(hasEnded(house.accounts.merchant)).toBe(true);
    expect((await view()).connections).toEqual([]);
  });
});

describe("an account that the shop cannot have", () => {
  it("is refused when it hangs on another shop, which is not named and stays connected", async () => {
    const other = await house.someone("Lin", house.lantern, "owner");
    await connect(house, other, house.lantern, "square");
    const ended = await connect(house, owner, house.harbour, "square");
    expect(ended.headers.get("location")).toBe(back("refused=used_elsewhere&provider=square"));
    expect((await view()).connections).toEqual([]);
    const { db } = await visitOf(house, other, house.lantern);
    const live = await liveConnection(db, "till");
    const granted = live.ok ? await accessTo(house.world, house.env, db, live.value, 1) : live;
    expect(granted.ok && house.square.control.snapshot().tokens[granted.value.access.accessToken]).toMatchObject({ isRevoked: false });
  });

  it("goes to one of two shops that connect it at the same time", async () => {
    const other = await house.someone("Lin", house.lantern, "owner");
    const ended = await Promise.all([connect(house, owner, house.harbour, "square"), connect(house, other, house.lantern, "square")]);
    const outcomes = ended.map((response) => new URL(response.headers.get("location") ?? "").searchParams.has("connected"));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it("is refused with both names when it is another than the one connected, and its grant is ended", async () => {
    await connect(house, owner, house.harbour, "square");
    const ended = await connect(house, owner, house.harbour, "square", house.accounts.otherMerchant);
    expect(ended.status).toBe(409);
    const page = await ended.text();
    expect(page).toContain("connected to &quot;Harbour Coffee&quot; at Square, and you chose &quot;Lantern Books&quot;");
    expect(page).toContain(`href="${back("").slice(0, -1)}"`);
    expect(hasEnded(house.accounts.otherMerchant)).toBe(true);
    expect((await view()).connections.map(({ name, state }) => ({ name, state }))).toEqual([{ name: "Harbour Coffee", state: "connected" }]);
  });

  it("cannot be chosen while another provider is the shop's till", async () => {
    const { id } = house.harbour;
    await shardOf(house, house.harbour).prepare(`INSERT INTO connection (shop_id, id, provider, role, external_account, name, state, scopes, connected_by, connected_at, checked_at)
      VALUES (?, ?, 'clover', 'till', 'X', 'Old till', 'connected', '[]', 'x', 1, 1)`).bind(id, "b".repeat(26)).run();
    const answer = await api(owner, house.harbour, "POST", "/connections", { provider: "square" });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain("Disconnect it before you connect Square");
  });

  it("is refused when its books count in another currency than the chosen locations", async () => {
    await connect(house, owner, house.harbour, "square");
    const pier = (await view()).locations[0];
    await read(await api(owner, house.harbour, "PUT", `/locations/${pier?.id}`, { startsOn: "2026-07-01", cutOffMinutes: 0 }));
    const ended = await connect(house, owner, house.harbour, "quickbooks", house.accounts.yenRealm);
    expect(ended.headers.get("location")).toBe(back("refused=currency_mismatch&provider=quickbooks"));
    expect((await view()).connections).toHaveLength(1);
  });
});

describe("a choice of a location that cannot be", () => {
  let pier: LocationView;

  beforeEach(async () => {
    await connect(house, owner, house.harbour, "square");
    const found = (await view()).locations.find(({ name }) => name === "Pier");
    if (found === undefined) throw new Error("there is no Pier");
    pier = found;
  });

  const fine = { startsOn: "2026-07-10", cutOffMinutes: 180 };

  async function refusal(choice: unknown, id = pier.id): Promise<{ status: number; error: { kind: string; title: string; fields: { path: string }[] } }> {
    const answer = await api(owner, house.harbour, "PUT", `/locations/${id}`, choice);
    return { status: answer.status, ...(await answer.json<{ error: { kind: string; title: string; fields: { path: string }[] } }>()) };
  }

  it.each([
    ["a date that does not exist", { ...fine, startsOn: "2026-02-30" }, "startsOn"],
    ["a date before tills", { ...fine, startsOn: "2008-12-31" }, "startsOn"],
    ["a date more than a year ahead", { ...fine, startsOn: "2027-08-01" }, "startsOn"],
    ["a time for a date", { ...fine, startsOn: "2026-07-10T00:00:00Z" }, "startsOn"],
    ["a cut-off after noon", { ...fine, cutOffMinutes: 721 }, "cutOffMinutes"],
    ["a cut-off that is no minute", { ...fine, cutOffMinutes: 1.5 }, "cutOffMinutes"],
    ["a cut-off from a date that does not exist", { ...fine, cutOffFrom: "2026-13-01" }, "cutOffFrom"],
    ["a code of small letters", { ...fine, code: "pir" }, "code"],
    ["a code that another location has", { ...fine, code: "MRK" }, "code"],
    ["something unknown", { ...fine, shopId: "x" }, ""],
  ])("is refused in words for %s, and nothing changes", async (_name, choice, path) => {
    const { status, error } = await refusal(choice);
    expect({ status, kind: error.kind, path: error.fields[0]?.path }).toEqual({ status: 400, kind: "invalid_input", path });
    expect((await view()).locations.find(({ id }) => id === pier.id)).toEqual(pier);
  });

  it("is refused where it would cut days anew that have begun", async () => {
    await read(await api(owner, house.harbour, "PUT", `/locations/${pier.id}`, fine));
    const { status, error } = await refusal({ ...fine, cutOffMinutes: 0, cutOffFrom: "2026-07-14" });
    expect({ status, title: error.title }).toEqual({ status: 400, title: "Days before 2026-07-15 have begun with the earlier cut-off; a new one can hold from 2026-07-15." });
  });

  it("is refused where it would re-cut days of a location that was stopped meanwhile", async () => {
    await read(await api(owner, house.harbour, "PUT", `/locations/${pier.id}`, fine));
    await read(await api(owner, house.harbour, "PUT", `/locations/${pier.id}`, { ...fine, startsOn: null }));
    expect((await refusal({ ...fine, cutOffMinutes: 0, cutOffFrom: "2026-07-01" })).status).toBe(400);
  });

  it("is refused for another code once the first may stand in the books", async () => {
    await read(await api(owner, house.harbour, "PUT", `/locations/${pier.id}`, fine));
    expect(await refusal({ ...fine, code: "P39" })).toMatchObject({ status: 400, error: { title: "Entries in your books may carry PIR, so it stays." } });
  });

  it("is refused for a currency that the books do not count in", async () => {
    await connect(house, owner, house.harbour, "quickbooks", house.accounts.yenRealm);
    expect(await refusal(fine)).toMatchObject({ status: 422, error: { kind: "currency_mismatch", title: "The till counts in USD, the books in JPY." } });
  });

  it("is refused without its till", async () => {
    const till = (await view()).connections[0];
    await read(await api(owner, house.harbour, "POST", `/connections/${till?.id}/disconnect`));
    expect(await refusal(fine)).toMatchObject({ status: 409, error: { kind: "not_connected" } });
  });
});

describe("a role that may not manage connections", () => {
  it.each(["viewer", "tech", "sales"] as const)("reads or not, but changes nothing: %s", async (role) => {
    await connect(house, owner, house.harbour, "square");
    const { connections, locations } = await view();
    const person = await house.someone("Vi", house.harbour, role);
    expect((await api(person, house.harbour, "GET", "/connections")).status).toBe(role === "viewer" ? 200 : 403);
    for (const [method, path, body] of [
      ["POST", "/connections", { provider: "square" }],
      ["POST", `/connections/${connections[0]?.id}/refresh`, undefined],
      ["POST", `/connections/${connections[0]?.id}/disconnect`, undefined],
      ["PUT", `/locations/${locations[0]?.id}`, { startsOn: "2026-07-10", cutOffMinutes: 0 }],
    ] as const) {
      expect((await api(person, house.harbour, method, path, body)).status).toBe(403);
    }
    expect(await view()).toEqual({ connections, locations, offers: expect.any(Array) as unknown });
  });
});

describe("a refresh", () => {
  it("that the provider does not answer changes nothing and says so", async () => {
    await connect(house, owner, house.harbour, "square");
    const before = await view();
    house.square.control.fault({ kind: "bad_gateway", path: "/v2/locations", times: 3 });
    const answer = await api(owner, house.harbour, "POST", `/connections/${before.connections[0]?.id}/refresh`);
    expect(answer.status).toBe(502);
    expect(await view()).toEqual(before);
  });

  it("of a connection that has ended is refused", async () => {
    await connect(house, owner, house.harbour, "square");
    const id = (await view()).connections[0]?.id;
    await read(await api(owner, house.harbour, "POST", `/connections/${id}/disconnect`));
    expect((await api(owner, house.harbour, "POST", `/connections/${id}/refresh`)).status).toBe(409);
  });

  it("finds a grant alive that the provider called dead once", async () => {
    await connect(house, owner, house.harbour, "quickbooks");
    house.quickbooks.control.expireAccess(house.accounts.realm);
    const id = (await view()).connections[0]?.id;
    expect((await api(owner, house.harbour, "POST", `/connections/${id}/refresh`)).status).toBe(200);
    expect((await view()).connections[0]?.state).toBe("connected");
  });
});

describe("a person whose session is gone", () => {
  it("is asked to sign in", async () => {
    await directory(house, "DELETE FROM membership WHERE person_id = ?", owner.person.id);
    expect((await api(owner, house.harbour, "GET", "/connections")).status).toBe(401);
  });
});
