/** Changing what a shop is called, where it lives on the net, and what it asks of its people. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import type { ShopCard } from "../../../src/http/guard";
import type { PersonCard } from "../../../src/features/people/service";
import { createShop } from "../../../src/features/shops/service";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { auditOf } from "../../support/audit";
import { enteredBrowser, givenMember, givenPerson, givenShop, must, withAuthenticator } from "../../support/people";

const world = createTestWorld();
let mara: PersonCard;
let admin: PersonCard;
let viewer: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  admin = await givenPerson(world, "Ada");
  viewer = await givenPerson(world, "Vic");
});

/** A shop with an owner, an admin and a viewer. */
async function given(slug: string): Promise<ShopCard> {
  const shop = await givenShop(world, slug, mara);
  await givenMember(world, shop, admin, "admin");
  await givenMember(world, shop, viewer, "viewer");
  return shop;
}

const put = async (browser: Browser, slug: string, path: string, body: unknown) => await browser.api("PUT", `${originOf(slug)}/api/shop${path}`, { body });
const kindOf = async (response: Response) => [response.status, (await response.json<{ error?: { kind: string } }>()).error?.kind];

describe("a shop's name", () => {
  it("is changed by an admin, and the log says from what to what", async () => {
    const shop = await given("name-one");
    const browser = await enteredBrowser(world, admin, shop);
    expect((await put(browser, shop.slug, "", { name: "  The Quay  " })).status).toBe(200);
    expect(await (await browser.api("GET", `${originOf(shop.slug)}/api/shop`)).json()).toMatchObject({ name: "The Quay" });
    expect(await auditOf(shop)).toMatchObject([{ action: "shop.renamed", before: { name: "The name-one" }, after: { name: "The Quay" }, actor: `person:${admin.id}` }]);
  });

  it("is not changed by a viewer, to nothing, or to more than fits", async () => {
    const shop = await given("name-two");
    expect(await kindOf(await put(await enteredBrowser(world, viewer, shop), shop.slug, "", { name: "Mine" }))).toEqual([403, "not_permitted"]);
    const browser = await enteredBrowser(world, admin, shop);
    for (const body of [{ name: " " }, { name: "x".repeat(101) }, {}, { name: "x", slug: "y" }]) expect((await put(browser, shop.slug, "", body)).status).toBe(400);
    expect(await auditOf(shop)).toEqual([]);
  });
});

describe("a shop's address", () => {
  it("is changed at once: the new host is the shop's, the old one is nobody's, and whoever was in enters anew", async () => {
    const shop = await given("old-harbour");
    const other = await enteredBrowser(world, viewer, shop);
    const browser = await enteredBrowser(world, mara, shop);
    expect(await (await put(browser, "old-harbour", "/address", { slug: "new-harbour" })).json()).toEqual({ url: `${originOf("new-harbour")}/` });
    const gone = await other.api("GET", `${originOf("old-harbour")}/api/shop`);
    const never = await other.api("GET", `${originOf("never-was")}/api/shop`);
    expect([gone.status, await gone.text()]).toEqual([404, await never.text()]);
    expect((await other.open(`${originOf("new-harbour")}/enter/start`)).url.origin).toBe(originOf("new-harbour"));
    expect(await (await other.api("GET", `${originOf("new-harbour")}/api/shop`)).json()).toMatchObject({ slug: "new-harbour", role: "viewer" });
    expect(await auditOf(shop)).toMatchObject([{ action: "shop.moved", before: { address: "old-harbour" }, after: { address: "new-harbour" } }]);
  });

  it("rests for 90 days when it was given up, but the shop itself may have it back", async () => {
    const shop = await given("rest-one");
    const browser = await enteredBrowser(world, mara, shop);
    await put(browser, "rest-one", "/address", { slug: "rest-two" });
    const taking = async () => await createShop(world, env, { slug: "rest-one", name: "Rival", zone: "Europe/London", currency: "GBP" }, viewer.id);
    expect(await taking()).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    await browser.open(`${originOf("rest-two")}/enter/start`);
    expect((await put(browser, "rest-two", "/address", { slug: "rest-one" })).status).toBe(200);
    await browser.open(`${originOf("rest-one")}/enter/start`);
    expect((await put(browser, "rest-one", "/address", { slug: "rest-three" })).status).toBe(200);
    world.pass(90 * DAY + 1);
    expect(must(await taking()).slug).toBe("rest-one");
  });

  it("goes to one shop only, of two that ask for it at once, and the log of the other says that it failed", async () => {
    const [one, two] = await Promise.all([given("race-left"), given("race-right")]);
    const browsers = await Promise.all([one, two].map(async (shop) => await enteredBrowser(world, mara, shop)));
    const answers = await Promise.all([one, two].map(async (shop, index) => (await put(browsers[index] as Browser, shop.slug, "/address", { slug: "race-goal" })).status));
    expect(new Set(answers)).toEqual(new Set([200, 409]));
    const loser = answers[0] === 409 ? one : two;
    const lines = await auditOf(loser);
    // The loser may have been told before anything was written; what was written is closed by its failure.
    expect(lines.map(({ action }) => action)).toEqual(lines.length === 0 ? [] : ["shop.moved", "shop.moved.failed"]);
  });

  it("is refused in words and changes nothing: a taken name, a look-alike, Daybook's own, no name, no proof, no permission", async () => {
    const shop = await given("stay-here");
    await givenShop(world, "neighbour", viewer);
    const browser = await enteredBrowser(world, mara, shop);
    for (const slug of ["neighbour", "nelghb0ur", "neigh-bour"]) expect(await kindOf(await put(browser, shop.slug, "/address", { slug }))).toEqual([409, "conflict"]);
    for (const slug of ["auth", "hq-acme", "Stay", ""]) expect(await kindOf(await put(browser, shop.slug, "/address", { slug }))).toEqual([400, "invalid_input"]);
    expect(await kindOf(await put(await enteredBrowser(world, viewer, shop), shop.slug, "/address", { slug: "mine" }))).toEqual([403, "not_permitted"]);
    world.pass(11 * MINUTE);
    expect(await kindOf(await put(browser, shop.slug, "/address", { slug: "gone-away" }))).toEqual([403, "proof_needed"]);
    expect([await auditOf(shop), (await browser.api("GET", `${originOf(shop.slug)}/api/shop`)).status]).toEqual([[], 200]);
  });

  it("is not changed more than ten times a day: names cannot be collected", async () => {
    const shop = await given("hopping");
    const browser = await enteredBrowser(world, mara, shop);
    const answers = [];
    for (let turn = 0; turn < 11; turn += 1) answers.push((await put(browser, shop.slug, "/address", { slug: "neighbour" })).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 409), 429]);
  });
});

describe("asking for a second factor", () => {
  it("is refused to somebody who has none: they would lock themselves out", async () => {
    const shop = await given("factor-none");
    const refused = await put(await enteredBrowser(world, admin, shop), shop.slug, "/second-factor", { required: true });
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining("lock you out")]);
    expect(await auditOf(shop)).toEqual([]);
  });

  it("holds for every live session from its next request, and is told in the log", async () => {
    const shop = await given("factor-all");
    const owner = await givenPerson(world, "Otto");
    await givenMember(world, shop, owner, "owner");
    await withAuthenticator(world, owner);
    const [browser, other] = [await enteredBrowser(world, owner, shop), await enteredBrowser(world, viewer, shop)];
    expect((await put(browser, shop.slug, "/second-factor", { required: true })).status).toBe(200);
    expect(await kindOf(await other.api("GET", `${originOf(shop.slug)}/api/shop`))).toEqual([403, "second_factor_needed"]);
    expect(await auditOf(shop)).toMatchObject([{ action: "shop.second_factor", before: { required: false }, after: { required: true } }]);
  });
});

describe("the switcher", () => {
  it("shows the shops and organisations of the person who asks, and nobody else's", async () => {
    const person = await givenPerson(world, "Swift");
    const shop = await givenShop(world, "swift-one", person);
    await givenMember(world, await given("swift-two"), person, "tech");
    await givenShop(world, "not-swifts", mara);
    await env.DIRECTORY.batch([
      env.DIRECTORY.prepare("INSERT INTO organisation (id, slug, name, created_at) VALUES (?1, 'tide', 'Tide', 1)").bind("o".repeat(26)),
      env.DIRECTORY.prepare("INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (?1, ?2, 'hq_viewer', 1)").bind("o".repeat(26), person.id),
    ]);
    const browser = await enteredBrowser(world, person, shop);
    expect(await (await browser.api("GET", `${originOf(shop.slug)}/api/shop/switcher`)).json()).toEqual({
      shops: [
        { slug: "swift-one", name: "The swift-one", role: "owner", url: `${originOf("swift-one")}/` },
        { slug: "swift-two", name: "The swift-two", role: "tech", url: `${originOf("swift-two")}/` },
      ],
      organisations: [{ slug: "tide", name: "Tide", role: "hq_viewer", url: `${originOf("hq-tide")}/` }],
    });
  });
});
