/** A cookie that turns up on a host that it was not given to: worthless there, and written down where it belongs (attack 20). */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../src/features/people/service";
import type { ShopCard } from "../../src/http/guard";
import { HOUR } from "../../src/kernel/clock";
import { shardsOf } from "../../src/platform/env";
import { createBrowser, createTestWorld, originOf, type Browser } from "../support/app";
import { enteredBrowser, givenOrganisation, givenPerson, givenShop } from "../support/people";

const world = createTestWorld();
const COOKIE = "__Host-daybook";
let mara: PersonCard;
let harbour: ShopCard;
let organisationId: string;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  harbour = await givenShop(world, "harbour", mara);
  await givenShop(world, "lantern", mara);
  organisationId = (await givenOrganisation("big", mara)).id;
});

type Line = { readonly actor: string; readonly subject: string; readonly fields: string };

/** The lines about foreign hosts of a shop's or an organisation's log. */
async function lines(of: "shop" | "organisation"): Promise<Line[]> {
  const [database, prefix, id] = of === "shop" ? [shardsOf(env)[harbour.shard], "audit", harbour.id] : [env.DIRECTORY, "organisation_audit", organisationId];
  const key = `${of}_id`;
  const found = await database?.prepare(`SELECT actor, subject, fields FROM ${prefix} JOIN ${prefix}_personal USING (${key}, seq) WHERE ${key} = ? AND action = 'session.foreign_host' ORDER BY seq`).bind(id).all<Line>();
  return found?.results ?? [];
}

/** Carries a browser's cookie of one host to another one. */
async function carry(browser: Browser, from: string, to: string, change: (value: string) => string = (value) => value): Promise<number> {
  const value = change(browser.cookies(new URL(originOf(from)).host).get(COOKIE) ?? "");
  const headers = { cookie: `${COOKIE}=${value}`, "cf-connecting-ip": "203.0.113.9", "user-agent": "a thief's" };
  return (await createBrowser(world).api("GET", `${originOf(to)}/api/${to === "auth" ? "me" : to.startsWith("hq-") ? "watch" : "shop"}`, { headers })).status;
}

describe("a good cookie of a shop, on another host", () => {
  it.each(["lantern", "hq-big", "auth"])("opens nothing at %s, and is a line in the log of its own shop with the stranger's address", async (to) => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const before = (await lines("shop")).length;
    expect(await carry(browser, "harbour", to)).toBe(401);
    const after = await lines("shop");
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({ actor: "stranger", subject: `person:${mara.id}` });
    expect(after.at(-1)?.fields).toContain("203.0.113.9");
    expect((await browser.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(200);
  });

  it("is one line an hour, however often it is tried, by however many at once", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const before = (await lines("shop")).length;
    expect(new Set(await Promise.all(Array.from({ length: 8 }, async () => await carry(browser, "harbour", "lantern"))))).toEqual(new Set([401]));
    expect(await lines("shop")).toHaveLength(before + 1);
    world.pass(HOUR);
    await carry(browser, "harbour", "lantern");
    expect(await lines("shop")).toHaveLength(before + 2);
  });

  it("is no line where the secret is another one, or the session has ended: anybody could write those", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const before = (await lines("shop")).length;
    expect(await carry(browser, "harbour", "lantern", (value) => `${value.slice(0, 27)}${"a".repeat(43)}`)).toBe(401);
    const value = browser.cookies(new URL(originOf("harbour")).host).get(COOKIE) ?? "";
    await browser.api("POST", `${originOf("harbour")}/api/sign-out`, { body: {} });
    expect(await carry(browser, "harbour", "lantern", () => value)).toBe(401);
    expect(await lines("shop")).toHaveLength(before);
  });
});

describe("a good cookie of an organisation, on a shop's host", () => {
  it("opens nothing, and is one line an hour in the organisation's log", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "hq-big" });
    expect([await carry(browser, "hq-big", "harbour"), await carry(browser, "hq-big", "auth")]).toEqual([401, 401]);
    expect(await lines("organisation")).toMatchObject([{ actor: "stranger", subject: `person:${mara.id}` }]);
  });
});
