/** What gives somebody power over an organisation or its shops is done by whoever proved lately who they are, on either side. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import type { OrganisationCard } from "../../../src/http/hq-guard";
import { PROOF_SERVES_MS } from "../../../src/http/person";
import { createTestWorld, type Browser } from "../../support/app";
import { enteredBrowser, givenPerson, givenShop } from "../../support/people";
import { ask, belongingOf, enteredHq, givenBelonging, givenHqMember, givenOrganisation, organisationLog, shopLog } from "./house";

const world = createTestWorld();
const NOBODY = "z".repeat(26);
let hanna: PersonCard;
let ben: PersonCard;
let organisation: OrganisationCard;
let shop: ShopCard;
let atHq: Browser;
let atShop: Browser;
let admin: Browser;

beforeAll(async () => {
  [hanna, ben] = [await givenPerson(world, "Hanna"), await givenPerson(world, "Ben")];
  const mara = await givenPerson(world, "Mara");
  organisation = await givenOrganisation(world, "tidewater", hanna);
  await givenHqMember(organisation, ben, "hq_admin");
  shop = await givenShop(world, "harbour", mara);
  await givenBelonging(organisation, shop.id);
  [atHq, atShop, admin] = [await enteredHq(world, hanna, organisation), await enteredBrowser(world, mara, shop), await enteredHq(world, ben, organisation)];
  world.pass(PROOF_SERVES_MS + 1);
});

const kindOf = async (browser: Browser, label: string, [method, path, body]: readonly [string, string, unknown]) => (await ask(browser, label, method, path, body)).body.error?.kind;

describe("with an old proof", () => {
  it("an organisation's owner changes and removes nobody, invites no owner, and takes in or lets go no shop", async () => {
    const before = [await organisationLog(organisation.id), await shopLog(shop)];
    const acts: readonly (readonly [string, string, unknown])[] = [
      ["PUT", `/members/${ben.id}`, { role: "hq_owner" }], ["POST", `/members/${ben.id}/remove`, {}], ["POST", "/invitations", { email: "new@example.com", role: "hq_owner" }],
      ["POST", `/shops/${shop.id}/leave`, {}], ["POST", "/offers", { address: "lantern" }], ["POST", `/offers/${NOBODY}/accept`, {}],
    ];
    for (const act of acts) expect([act[1], await kindOf(atHq, "hq-tidewater", act)]).toEqual([act[1], "proof_needed"]);
    expect([await organisationLog(organisation.id), await shopLog(shop)]).toEqual(before);
  });

  it("a shop's owner asks, joins and leaves no organisation", async () => {
    const acts: readonly (readonly [string, string, unknown])[] = [
      ["POST", "/organisation/offers", { address: "other" }], ["POST", `/organisation/offers/${NOBODY}/accept`, {}], ["POST", `/organisation/offers/${NOBODY}/decline`, {}],
      ["POST", "/organisation/leave", {}],
    ];
    for (const act of acts) expect([act[1], await kindOf(atShop, shop.slug, act)]).toEqual([act[1], "proof_needed"]);
    expect(await belongingOf(shop.id)).toBe(organisation.id);
  });

  it("others are invited all the same, and an admin, who may invite no owner, is refused for that and asked for nothing", async () => {
    expect((await ask(atHq, "hq-tidewater", "POST", "/invitations", { email: "viewer@example.com", role: "hq_viewer" })).status).toBe(200);
    expect(await kindOf(admin, "hq-tidewater", ["POST", "/invitations", { email: "owner@example.com", role: "hq_owner" }])).toBe("conflict");
  });
});

describe("with a proof of the last ten minutes", () => {
  it("it is done", async () => {
    await env.DIRECTORY.prepare("UPDATE session SET proved_at = ?").bind(world.clock()).run();
    expect((await ask(atHq, "hq-tidewater", "POST", "/invitations", { email: "owner@example.com", role: "hq_owner" })).status).toBe(200);
    expect((await ask(atHq, "hq-tidewater", "POST", `/members/${ben.id}/remove`, {})).status).toBe(200);
    expect((await ask(atShop, shop.slug, "POST", "/organisation/leave", {})).status).toBe(200);
    expect(await belongingOf(shop.id)).toBeNull();
  });
});
