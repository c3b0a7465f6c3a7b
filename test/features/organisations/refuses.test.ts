/** What organisations refuse: names, acts above one's role, offers that are not one's own, and two things at once. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { HqShopsView, ShopOrganisationView } from "../../../src/features/organisations/contract";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { PROOF_SERVES_MS } from "../../../src/http/person";
import { DAY } from "../../../src/kernel/clock";
import { newId, type ShopId } from "../../../src/kernel/ids";
import { createBrowser, createTestWorld, type Browser } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop, signIn } from "../../support/people";
import { ask, belongingOf, enteredHq, givenBelonging, givenHqMember, givenOrganisation, organisationLog, shopLog } from "./house";

const world = createTestWorld();
let hanna: PersonCard;
let ben: PersonCard;
let mara: PersonCard;
let shop: ShopCard;
let owner: Browser;

beforeAll(async () => {
  [hanna, ben, mara] = [await givenPerson(world, "Hanna"), await givenPerson(world, "Ben"), await givenPerson(world, "Mara")];
  shop = await givenShop(world, "harbour", mara);
  owner = await enteredBrowser(world, mara, shop);
});

const organisations = async () => await env.DIRECTORY.prepare("SELECT count(*) AS count FROM organisation").first<number>("count");

/** The one offer that waits on the shop's page. */
async function offerAtShop(browser = owner): Promise<string> {
  const { body: { offers } } = await ask<ShopOrganisationView>(browser, shop.slug, "GET", "/organisation");
  return offers[0]?.id ?? "";
}

describe("a new organisation", () => {
  it.each(["auth", "daybook", "a", "-tide", "tide_water", "xn--tide", "tide.water", "x".repeat(37), "", "tïde"])("is not made with the name %j", async (slug) => {
    const browser = createBrowser(world);
    await signIn(world, browser, ben);
    const before = await organisations();
    expect((await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug })).status).toBe(400);
    expect(await organisations()).toBe(before);
  });

  it("is not made with a name that is taken, also not by two at once", async () => {
    const browser = createBrowser(world);
    await signIn(world, browser, ben);
    const answers = await Promise.all([1, 2, 3].map(async () => await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug: "thrice" })));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409]);
  });

  it("is not made with a name that looks like one that is taken, or like one of Daybook's own", async () => {
    const browser = createBrowser(world);
    await signIn(world, browser, ben);
    expect((await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug: "modern-tides" })).status).toBe(200);
    for (const slug of ["modem-tides", "moderntides", "modern-tldes", "m0dern-t1des"]) {
      expect([slug, (await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug })).status]).toEqual([slug, 409]);
    }
    for (const slug of ["1ogin", "b-illing"]) expect([slug, (await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug })).status]).toEqual([slug, 400]);
    const both = await Promise.all(["little-tern", "1ittle-tem"].map(async (slug) => await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug })));
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  });

  it("is not made by nobody, nor by somebody whose last proof is old", async () => {
    expect((await ask(createBrowser(world), "auth", "POST", "/organisations", { name: "Group", slug: "nobodys" })).status).toBe(401);
    const browser = createBrowser(world);
    await signIn(world, browser, ben);
    world.pass(PROOF_SERVES_MS + 1);
    expect(await ask(browser, "auth", "POST", "/organisations", { name: "Group", slug: "late" })).toMatchObject({ status: 403, body: { error: { kind: "proof_needed" } } });
  });
});

describe("members", () => {
  it("keep their last owner, who can neither step down, leave nor be removed", async () => {
    const organisation = await givenOrganisation(world, "lonely", hanna);
    const browser = await enteredHq(world, hanna, organisation);
    const before = await organisationLog(organisation.id);
    const acts = [["PUT", `/members/${hanna.id}`, { role: "hq_viewer" }], ["POST", `/members/${hanna.id}/remove`, {}], ["POST", "/leave", {}]] as const;
    for (const [method, path, body] of acts) {
      expect(await ask(browser, "hq-lonely", method, path, body)).toMatchObject({ status: 409, body: { error: { title: expect.stringContaining("owner at every moment") as string } } });
    }
    expect(await organisationLog(organisation.id)).toEqual(before);
  });

  it("keep one of two owners who unmake each other at once", async () => {
    const organisation = await givenOrganisation(world, "duel", hanna);
    await givenHqMember(organisation, ben, "hq_owner");
    const browsers = [await enteredHq(world, hanna, organisation), await enteredHq(world, ben, organisation)] as const;
    const answers = await Promise.all([
      ask(browsers[0], "hq-duel", "PUT", `/members/${ben.id}`, { role: "hq_viewer" }), ask(browsers[1], "hq-duel", "PUT", `/members/${hanna.id}`, { role: "hq_viewer" }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await organisationLog(organisation.id)).filter(({ action }) => action === "member.role_changed")).toHaveLength(1);
  });

  it("who are no owners neither make nor unmake one, and viewers change nobody", async () => {
    const organisation = await givenOrganisation(world, "ranks", hanna);
    await givenHqMember(organisation, ben, "hq_admin");
    await givenHqMember(organisation, mara, "hq_viewer");
    const [admin, viewer] = [await enteredHq(world, ben, organisation), await enteredHq(world, mara, organisation)];
    const refused = [
      await ask(admin, "hq-ranks", "PUT", `/members/${hanna.id}`, { role: "hq_viewer" }), await ask(admin, "hq-ranks", "PUT", `/members/${ben.id}`, { role: "hq_owner" }),
      await ask(admin, "hq-ranks", "POST", `/members/${hanna.id}/remove`, {}), await ask(admin, "hq-ranks", "PUT", "/organisation", { name: "Mine" }),
      await ask(viewer, "hq-ranks", "PUT", `/members/${mara.id}`, { role: "hq_admin" }), await ask(viewer, "hq-ranks", "POST", `/members/${ben.id}/remove`, {}),
    ];
    expect(refused.map(({ status, body }) => [status, body.error?.kind])).toEqual(refused.map(() => [403, "not_permitted"]));
    expect((await ask(admin, "hq-ranks", "PUT", `/members/${"z".repeat(26)}`, { role: "hq_admin" })).status).toBe(404);
  });
});

describe("an offer", () => {
  it("says the same to whoever makes it, whether the address is somebody's or nobody's", async () => {
    const organisation = await givenOrganisation(world, "curious", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    const answers = await Promise.all(["harbour", "nobodys-shop"].map(async (address) => await ask(hq, "hq-curious", "POST", "/offers", { address })));
    expect(answers[0]).toEqual(answers[1]);
    const { body: { offers } } = await ask<HqShopsView>(hq, "hq-curious", "GET", "/shops");
    const shown = offers.map((offer) => ({ ...offer, id: "", address: offer.address === "harbour" ? "nobodys-shop" : offer.address }));
    expect(shown[0]).toEqual(shown[1]);
    const asShop = await Promise.all(["curious", "nobodys-group"].map(async (address) => await ask(owner, "harbour", "POST", "/organisation/offers", { address })));
    expect(asShop[0]).toEqual(asShop[1]);
    await ask(owner, "harbour", "POST", `/organisation/offers/${await offerAtShop()}/decline`, {});
  });

  it("is accepted by the side that was asked alone, by its owners, while it lasts", async () => {
    const organisation = await givenOrganisation(world, "eager", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    await givenMember(world, shop, ben, "admin");
    const admin = await enteredBrowser(world, ben, shop);
    await env.DIRECTORY.prepare("DELETE FROM organisation_offer").run();
    await ask(hq, "hq-eager", "POST", "/offers", { address: "harbour" });
    const offer = await offerAtShop();
    expect((await ask(hq, "hq-eager", "POST", `/offers/${offer}/accept`, {})).status).toBe(404);
    expect((await ask(admin, "harbour", "POST", `/organisation/offers/${offer}/accept`, {})).status).toBe(403);
    world.pass(14 * DAY);
    const late = await enteredBrowser(world, mara, shop);
    const before = (await shopLog(shop)).length;
    expect((await ask(late, "harbour", "POST", `/organisation/offers/${offer}/accept`, {})).status).toBe(404);
    expect([await belongingOf(shop.id), (await shopLog(shop)).length]).toEqual([null, before]);
    owner = late;
  });

  it("is accepted once, of two organisations at the same moment one; the other's line is undone by another", async () => {
    const [one, two] = [await givenOrganisation(world, "first", hanna), await givenOrganisation(world, "second", ben)];
    await env.DIRECTORY.prepare("DELETE FROM organisation_offer").run();
    for (const [organisation, person] of [[one, hanna], [two, ben]] as const) await ask(await enteredHq(world, person, organisation), `hq-${organisation.slug}`, "POST", "/offers", { address: "harbour" });
    const { body: { offers } } = await ask<ShopOrganisationView>(owner, "harbour", "GET", "/organisation");
    const before = (await shopLog(shop)).length;
    const answers = await Promise.all(offers.map(async ({ id }) => await ask(owner, "harbour", "POST", `/organisation/offers/${id}/accept`, {})));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    const winner = await belongingOf(shop.id);
    expect([one.id, two.id]).toContain(winner);
    const logs = [await organisationLog(one.id), await organisationLog(two.id)].flat().filter(({ action }) => action === "shop.joined");
    expect(logs).toHaveLength(1);
    const lines = (await shopLog(shop)).slice(before).filter(({ subject }) => subject !== `organisation:${winner}`).map(({ action }) => action);
    expect(["", "organisation.joined,organisation.joined.undone"]).toContain(lines.join());
    await ask(owner, "harbour", "POST", "/organisation/leave", {});
  });

  it("is not accepted by a shop that belongs somewhere already, nor by an organisation that is full", async () => {
    const [one, two] = [await givenOrganisation(world, "has-it", hanna), await givenOrganisation(world, "wants-it", ben)];
    await env.DIRECTORY.prepare("DELETE FROM organisation_offer").run();
    await givenBelonging(one, shop.id);
    await ask(await enteredHq(world, ben, two), "hq-wants-it", "POST", "/offers", { address: "harbour" });
    expect((await ask(owner, "harbour", "POST", `/organisation/offers/${await offerAtShop()}/accept`, {})).status).toBe(409);
    await ask(owner, "harbour", "POST", "/organisation/leave", {});
    const ids = Array.from({ length: 60 }, () => newId<ShopId>(world.random));
    await env.DIRECTORY.batch(ids.map((id, index) => env.DIRECTORY.prepare(
      "INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at, organisation_id) VALUES (?, ?, 'One of many', 0, 'UTC', 'USD', 'open', 1, ?)",
    ).bind(id, `many-${index}`, two.id)));
    expect((await ask(owner, "harbour", "POST", `/organisation/offers/${await offerAtShop()}/accept`, {})).status).toBe(409);
    expect(await belongingOf(shop.id)).toBeNull();
  });

  it("is worth nothing as text: what is no address is refused", async () => {
    const organisation = await givenOrganisation(world, "strict", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    for (const body of [{}, { address: 1 }, { address: "a" }, { address: "x".repeat(41) }, { address: "harbour", shop_id: shop.id }]) {
      expect((await ask(hq, "hq-strict", "POST", "/offers", body)).status).toBe(400);
    }
  });
});

describe("leaving", () => {
  it("is the owners' alone on the shop's side, and nothing to a shop that belongs to none", async () => {
    await givenMember(world, shop, ben, "admin");
    const admin = await enteredBrowser(world, ben, shop);
    expect((await ask(admin, "harbour", "POST", "/organisation/leave", {})).status).toBe(403);
    const before = (await shopLog(shop)).length;
    expect((await ask(owner, "harbour", "POST", "/organisation/leave", {})).status).toBe(404);
    expect((await shopLog(shop)).length).toBe(before);
  });
});
