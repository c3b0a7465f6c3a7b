/** One team knows nothing of another, and one invitation opens one shop. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { InvitationView, TeamView } from "../../../src/features/team/contract";
import { createTestWorld } from "../../support/app";
import { auditOf } from "../../support/audit";
import { atAuth, enter, givenTeam, rolesIn, tokenFor, verifiedPerson, type Team } from "./team";

const town = createTestWorld();
let ours: Team;
let theirs: Team;
let pending: InvitationView;

beforeAll(async () => {
  ours = await givenTeam(town, "harbour");
  theirs = await givenTeam(town, "lantern");
  pending = (await (await enter(town, theirs, theirs.people.owner))("POST", "/invitations", { email: "guest@example.com", role: "tech" })).body as InvitationView;
});

const everything = async () => JSON.stringify([
  await rolesIn(theirs), await auditOf(theirs.shop), (await env.DIRECTORY.prepare("SELECT * FROM invitation WHERE shop_id = ?1").bind(theirs.shop.id).all()).results,
]);

describe("the owner of one shop", () => {
  it("sees nothing of another's team", async () => {
    const view = (await (await enter(town, ours, ours.people.owner))("GET", "/team")).body as TeamView;
    expect(JSON.stringify(view)).not.toContain("lantern");
    expect(view.invitations).toEqual([]);
  });

  it("reaches nobody and nothing of another's team by id: as absent as what never was", async () => {
    const before = await everything();
    const asOwner = await enter(town, ours, ours.people.owner);
    const absent = "z".repeat(26);
    for (const [method, path, body] of [
      ["PUT", "/team/ID", { role: "viewer" }], ["POST", "/team/ID/remove", {}], ["POST", "/team/transfer", { person: "ID", stepDown: false }],
    ] as const) {
      const ask = async (id: string) => await asOwner(method, path.replace("ID", id), JSON.parse(JSON.stringify(body).replace("ID", id)));
      expect([path, await ask(theirs.people.tech.id)]).toEqual([path, await ask(absent)]);
    }
    for (const act of ["resend", "revoke"]) {
      expect([act, await asOwner("POST", `/invitations/${pending.id}/${act}`, {})]).toEqual([act, await asOwner("POST", `/invitations/${absent}/${act}`, {})]);
    }
    expect(await everything()).toBe(before);
  });

  it("may invite an address that another shop has invited: each link opens its own shop", async () => {
    const guest = await verifiedPerson(town, "Guest");
    const first = await tokenFor(town, "guest@example.com");
    await (await enter(town, ours, ours.people.owner))("POST", "/invitations", { email: guest.email, role: "admin" });
    expect((await (await atAuth(town, guest))("/invitations/accept", { token: first })).status).toBe(200);
    expect([(await rolesIn(theirs))[guest.id], (await rolesIn(ours))[guest.id]]).toEqual(["tech", undefined]);
  });
});
