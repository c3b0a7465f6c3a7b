/** Two organisations beside each other: neither sees, changes or answers anything of the other's. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { HqShopsView } from "../../../src/features/organisations/contract";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import type { OrganisationCard } from "../../../src/http/hq-guard";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenPerson, givenShop } from "../../support/people";
import { ask, enteredHq, givenBelonging, givenOrganisation, organisationLog, shopLog } from "./house";

const world = createTestWorld();
let theirs: { readonly owner: PersonCard; readonly organisation: OrganisationCard; readonly shop: ShopCard; readonly asking: ShopCard };
let ours: Browser;

beforeAll(async () => {
  const [owner, other] = [await givenPerson(world, "Canary Owner"), await givenPerson(world, "Ours")];
  const organisation = await givenOrganisation(world, "canary", owner);
  theirs = { owner, organisation, shop: await givenShop(world, "canary-one", owner), asking: await givenShop(world, "canary-two", owner) };
  await givenBelonging(organisation, theirs.shop.id);
  await ask(await enteredBrowser(world, owner, theirs.asking), "canary-two", "POST", "/organisation/offers", { address: "canary" });
  ours = await enteredHq(world, other, await givenOrganisation(world, "ours", other));
});

it("no id of the other's shops, people, offers or invitations is worth more than one that nobody has", async () => {
  const offer = await env.DIRECTORY.prepare("SELECT id FROM organisation_offer WHERE organisation_id = ?").bind(theirs.organisation.id).first<string>("id");
  const before = [await organisationLog(theirs.organisation.id), await shopLog(theirs.shop), await shopLog(theirs.asking)];
  const routes = (shop: string, person: string, offer: string) => [
    ["POST", `/shops/${shop}/leave`, {}], ["POST", `/shops/${shop}/retry`, {}], ["POST", `/shops/${shop}/post`, {}], ["GET", `/shops/${shop}/days/2026-07-13`, undefined],
    ["PUT", `/members/${person}`, { role: "hq_viewer" }], ["POST", `/members/${person}/remove`, {}],
    ["POST", `/offers/${offer}/accept`, {}], ["POST", `/offers/${offer}/decline`, {}], ["POST", `/invitations/${offer}/revoke`, {}],
  ] as const;
  const nobody = "z".repeat(26);
  const absent = routes(nobody, nobody, nobody);
  for (const [index, [method, path, body]] of routes(theirs.shop.id, theirs.owner.id, offer ?? "").entries()) {
    const [answer, other] = [await ask(ours, "hq-ours", method, path, body), await ask(ours, "hq-ours", method, absent[index]?.[1] ?? "", body)];
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer).toEqual(other);
  }
  expect([await organisationLog(theirs.organisation.id), await shopLog(theirs.shop), await shopLog(theirs.asking)]).toEqual(before);
});

it("no page or list of one has a word of the other", async () => {
  for (const path of ["/organisation", "/members", "/shops", "/grid", "/comparison?from=2026-07-01&to=2026-07-14", "/invitations"]) {
    const { status, body } = await ask(ours, "hq-ours", "GET", path);
    expect([path, status]).toEqual([path, 200]);
    expect(JSON.stringify(body).toLowerCase()).not.toContain("canary");
  }
});

it("the session of one is nobody's on the other's host, and nobody's at the shop itself", async () => {
  expect((await ask(ours, "hq-canary", "GET", "/organisation")).status).toBe(401);
  const theirBrowser = await enteredHq(world, theirs.owner, theirs.organisation);
  expect((await ask<HqShopsView>(theirBrowser, "hq-canary", "GET", "/shops")).body.shops).toHaveLength(1);
  const cookie = theirBrowser.cookies(new URL(originOf("hq-canary")).host).get("__Host-daybook") ?? "";
  expect(cookie).not.toBe("");
  theirBrowser.cookies(new URL(originOf("canary-one")).host).set("__Host-daybook", cookie);
  expect((await ask(theirBrowser, "canary-one", "GET", "/shop")).status).toBe(401);
});

it("an invitation lets somebody into the one that sent it, and a line in its log says so", async () => {
  const sent = await ask<{ id: string; isOpen: boolean }>(ours, "hq-ours", "POST", "/invitations", { email: "Lea@Tidewater.example", role: "hq_viewer" });
  expect(sent).toMatchObject({ status: 200, body: { email: "lea@tidewater.example", role: "hq_viewer", isOpen: true } });
  expect((await ask(ours, "hq-ours", "POST", "/invitations", { email: "lea@tidewater.example", role: "hq_viewer" })).status).toBe(409);
  expect((await ask(ours, "hq-ours", "POST", "/invitations", { email: "other@tidewater.example", role: "owner" })).status).toBe(400);
  expect((await ask(ours, "hq-ours", "POST", `/invitations/${sent.body.id}/revoke`, {})).status).toBe(200);
});
