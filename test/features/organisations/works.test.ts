/** Organisations: made by somebody, run by its members, joined by shops when both sides agree. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { HqMembersView, HqShopsView, OrganisationView, ShopOrganisationView } from "../../../src/features/organisations/contract";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { HQ_PERMISSIONS } from "../../../src/kernel/roles";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenPerson, givenShop, signIn } from "../../support/people";
import { ask, belongingOf, enteredHq, givenHqMember, givenOrganisation, organisationLog, shopLog } from "./house";

const world = createTestWorld();
let hanna: PersonCard;
let mara: PersonCard;

beforeAll(async () => {
  hanna = await givenPerson(world, "Hanna");
  mara = await givenPerson(world, "Mara");
});

describe("an organisation", () => {
  it("is made by somebody who proved lately who they are, owned by them, and entered at its own address", async () => {
    const browser = createBrowser(world);
    await signIn(world, browser, hanna);
    const made = await ask<{ next: string }>(browser, "auth", "POST", "/organisations", { name: "Tidewater Group", slug: "Tidewater" });
    expect(made).toEqual({ status: 200, body: { next: `${originOf("hq-tidewater")}/` } });
    await browser.open(`${originOf("hq-tidewater")}/enter/start`);
    const view = await ask<OrganisationView>(browser, "hq-tidewater", "GET", "/organisation");
    expect(view.body).toMatchObject({ name: "Tidewater Group", slug: "tidewater", role: "hq_owner", permissions: HQ_PERMISSIONS, person: { name: "Hanna" } });
    const id = await env.DIRECTORY.prepare("SELECT id FROM organisation WHERE slug = 'tidewater'").first<string>("id");
    expect(await organisationLog(id as Parameters<typeof organisationLog>[0])).toMatchObject([{ action: "organisation.created", actor: `person:${hanna.id}` }]);
  });

  it("is given another name by its owner, with a line in its log", async () => {
    const organisation = await givenOrganisation(world, "renamed", hanna);
    const browser = await enteredHq(world, hanna, organisation);
    expect((await ask(browser, "hq-renamed", "PUT", "/organisation", { name: "  Named Anew " })).status).toBe(200);
    expect((await ask<OrganisationView>(browser, "hq-renamed", "GET", "/organisation")).body.name).toBe("Named Anew");
    expect((await organisationLog(organisation.id)).at(-1)).toMatchObject({ action: "organisation.renamed", after: '{"name":"Named Anew"}' });
  });

  it("has members whose roles its owners change and who go, each with a line, at their very next request", async () => {
    const organisation = await givenOrganisation(world, "members", hanna);
    const ben = await givenPerson(world, "Ben");
    await givenHqMember(organisation, ben, "hq_admin");
    const [owner, admin] = [await enteredHq(world, hanna, organisation), await enteredHq(world, ben, organisation)];
    expect((await ask<HqMembersView>(admin, "hq-members", "GET", "/members")).body.members.map(({ name, role, isYou }) => [name, role, isYou]))
      .toEqual([["Hanna", "hq_owner", false], ["Ben", "hq_admin", true]]);
    expect((await ask(owner, "hq-members", "PUT", `/members/${ben.id}`, { role: "hq_viewer" })).status).toBe(200);
    expect((await ask(admin, "hq-members", "POST", "/offers", { address: "harbour" })).status).toBe(403);
    expect((await ask(owner, "hq-members", "POST", `/members/${ben.id}/remove`, {})).status).toBe(200);
    expect((await ask(admin, "hq-members", "GET", "/members")).status).toBe(401);
    expect((await organisationLog(organisation.id)).map(({ action }) => action)).toEqual(["organisation.created", "member.role_changed", "member.removed"]);
  });

  it("is left by whoever wants to", async () => {
    const organisation = await givenOrganisation(world, "left", hanna);
    await givenHqMember(organisation, mara, "hq_viewer");
    const browser = await enteredHq(world, mara, organisation);
    expect((await ask(browser, "hq-left", "POST", "/leave", {})).status).toBe(200);
    expect((await ask(browser, "hq-left", "GET", "/organisation")).status).toBe(401);
    expect((await organisationLog(organisation.id)).at(-1)).toMatchObject({ action: "member.left", actor: `person:${mara.id}` });
  });
});

describe("a shop", () => {
  let shop: ShopCard;
  let owner: Browser;
  beforeAll(async () => {
    shop = await givenShop(world, "harbour", mara);
    owner = await enteredBrowser(world, mara, shop);
  });

  it("joins when the organisation asks and its owner accepts, with lines in both logs, and leaves at once when it wants to", async () => {
    const organisation = await givenOrganisation(world, "asking", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    expect((await ask(hq, "hq-asking", "POST", "/offers", { address: "Harbour" })).status).toBe(200);
    const { body: { offers } } = await ask<ShopOrganisationView>(owner, "harbour", "GET", "/organisation");
    expect(offers).toMatchObject([{ askedBy: "organisation", address: "asking", name: "The asking group", person: "Hanna" }]);
    expect((await ask(owner, "harbour", "POST", `/organisation/offers/${offers[0]?.id}/accept`, {})).status).toBe(200);
    expect(await belongingOf(shop.id)).toBe(organisation.id);
    const { body: shops } = await ask<HqShopsView>(hq, "hq-asking", "GET", "/shops");
    expect(shops).toMatchObject({ shops: [{ slug: "harbour", bond: { askedBy: "organisation", asked: "Hanna", accepted: "Mara" } }], offers: [] });
    const { body: seen } = await ask<ShopOrganisationView>(owner, "harbour", "GET", "/organisation");
    expect(seen.organisation).toMatchObject({ name: "The asking group", members: [{ name: "Hanna", role: "hq_owner" }], bond: { accepted: "Mara" } });
    expect((await ask(owner, "harbour", "POST", "/organisation/leave", {})).status).toBe(200);
    expect(await belongingOf(shop.id)).toBeNull();
    expect((await shopLog(shop)).map(({ action }) => action)).toEqual(["organisation.joined", "organisation.left"]);
    expect((await organisationLog(organisation.id)).map(({ action }) => action)).toEqual(["organisation.created", "shop.asked_to_join", "shop.joined", "shop.left"]);
  });

  it("joins when it asks and the organisation accepts, in whose name its log says it, and is let go", async () => {
    const organisation = await givenOrganisation(world, "accepting", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    const before = (await shopLog(shop)).length;
    expect((await ask(owner, "harbour", "POST", "/organisation/offers", { address: "accepting" })).status).toBe(200);
    const { body: { offers } } = await ask<HqShopsView>(hq, "hq-accepting", "GET", "/shops");
    expect(offers).toMatchObject([{ askedBy: "shop", address: "harbour", name: "The harbour", person: "Mara" }]);
    expect((await ask(hq, "hq-accepting", "POST", `/offers/${offers[0]?.id}/accept`, {})).status).toBe(200);
    expect(await belongingOf(shop.id)).toBe(organisation.id);
    expect((await ask(hq, "hq-accepting", "POST", `/shops/${shop.id}/leave`, {})).status).toBe(200);
    expect(await belongingOf(shop.id)).toBeNull();
    const lines = (await shopLog(shop)).slice(before);
    expect(lines.map(({ action, through }) => [action, through])).toEqual([
      ["organisation.asked_to_join", null], ["organisation.joined", `organisation:${organisation.id}`], ["organisation.left", `organisation:${organisation.id}`],
    ]);
    expect((await organisationLog(organisation.id)).map(({ action }) => action)).toEqual(["organisation.created", "shop.joined", "shop.left"]);
  });

  it("declines, and either side takes back what it asked for", async () => {
    const organisation = await givenOrganisation(world, "declined", hanna);
    const hq = await enteredHq(world, hanna, organisation);
    for (const [ends, path] of [[owner, "harbour"], [hq, "hq-declined"]] as const) {
      await ask(hq, "hq-declined", "POST", "/offers", { address: "harbour" });
      const { body: { offers } } = await ask<HqShopsView>(hq, "hq-declined", "GET", "/shops");
      expect(offers).toHaveLength(1);
      const at = path === "harbour" ? "/organisation/offers" : "/offers";
      expect((await ask(ends, path, "POST", `${at}/${offers[0]?.id}/decline`, {})).status).toBe(200);
      expect((await ask<HqShopsView>(hq, "hq-declined", "GET", "/shops")).body.offers).toEqual([]);
    }
  });
});
