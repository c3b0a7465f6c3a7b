/** What a team can do: see itself, change roles, part, invite, and give the shop away. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import type { InvitationView, TeamView } from "../../../src/features/team/contract";
import { createTestWorld, originOf } from "../../support/app";
import { auditOf } from "../../support/audit";
import { lettersTo } from "../../support/mail";
import { withAuthenticator } from "../../support/people";
import { atAuth, enter, givenTeam, rolesIn, tokenFor, verifiedPerson } from "./team";

const town = createTestWorld();

describe("the team", () => {
  it("is shown to owners and admins: everybody with their role and whether they have a second factor", async () => {
    const team = await givenTeam(town, "alpha");
    await withAuthenticator(town, team.people.tech);
    for (const role of ["owner", "admin"] as const) {
      const { members, invitations } = (await (await enter(town, team, team.people[role]))("GET", "/team")).body as TeamView;
      expect(members.map((member) => [member.role, member.name, member.hasSecondFactor, member.isYou])).toEqual([
        ["owner", "owner alpha", false, role === "owner"], ["admin", "admin alpha", false, role === "admin"], ["tech", "tech alpha", true, false],
        ["sales", "sales alpha", false, false], ["viewer", "viewer alpha", false, false],
      ]);
      expect(invitations).toEqual([]);
    }
  });
});

describe("a role", () => {
  it("is changed from the person's next request on, and the log says from what to what", async () => {
    const team = await givenTeam(town, "bravo");
    const { viewer, admin } = team.people;
    const theirs = await enter(town, team, viewer);
    expect((await theirs("GET", "/posting")).kind).toBe("not_permitted");
    expect((await (await enter(town, team, admin))("PUT", `/team/${viewer.id}`, { role: "admin" })).status).toBe(200);
    expect((await theirs("GET", "/posting")).status).toBe(200);
    expect(await auditOf(team.shop)).toMatchObject([
      { action: "member.role_changed", actor: `person:${admin.id}`, subject: `person:${viewer.id}`, before: { role: "viewer" }, after: { role: "admin" } },
    ]);
  });

  it("that is the same already is left as it is, without a line", async () => {
    const team = await givenTeam(town, "charlie");
    expect((await (await enter(town, team, team.people.owner))("PUT", `/team/${team.people.tech.id}`, { role: "tech" })).status).toBe(200);
    expect(await auditOf(team.shop)).toEqual([]);
  });
});

describe("a member", () => {
  it("is removed at once, open pages included, and can leave", async () => {
    const team = await givenTeam(town, "delta");
    const { owner, viewer, sales } = team.people;
    const [theirs, leaving] = [await enter(town, team, viewer), await enter(town, team, sales)];
    expect((await (await enter(town, team, owner))("POST", `/team/${viewer.id}/remove`, {})).status).toBe(200);
    expect((await theirs("GET", "/shop")).status).toBe(401);
    expect((await leaving("POST", "/team/leave", { slug: "delta" })).status).toBe(200);
    expect((await leaving("GET", "/shop")).status).toBe(401);
    expect(Object.keys(await rolesIn(team)).toSorted((one, other) => one.localeCompare(other))).toEqual(
      [owner.id, team.people.admin.id, team.people.tech.id].toSorted((one, other) => one.localeCompare(other)),
    );
    expect((await auditOf(team.shop)).map(({ action, subject }) => [action, subject])).toEqual([["member.removed", `person:${viewer.id}`], ["member.left", `person:${sales.id}`]]);
  });
});

describe("ownership", () => {
  it("is shared, and given away with stepping down in one act", async () => {
    const team = await givenTeam(town, "echo");
    const { owner, admin, tech } = team.people;
    const asOwner = await enter(town, team, owner);
    expect((await asOwner("POST", "/team/transfer", { person: admin.id, stepDown: false })).status).toBe(200);
    expect(await rolesIn(team)).toMatchObject({ [owner.id]: "owner", [admin.id]: "owner" });
    expect((await asOwner("POST", "/team/transfer", { person: tech.id, stepDown: true })).status).toBe(200);
    expect(await rolesIn(team)).toMatchObject({ [owner.id]: "admin", [admin.id]: "owner", [tech.id]: "owner" });
    for (const who of [owner, tech]) {
      const letters = await lettersTo(town, who.email);
      expect(letters.filter(({ subject, text }) => subject.includes("owner of The echo") && text.includes("stepped down"))).toHaveLength(1);
    }
    expect((await asOwner("POST", "/team/transfer", { person: team.people.sales.id, stepDown: false })).kind).toBe("not_permitted");
    expect((await auditOf(team.shop)).map(({ action, after }) => [action, after?.["giverIs"]])).toEqual([["ownership.given", "owner"], ["ownership.given", "admin"]]);
  });
});

describe("an invitation", () => {
  it("lets the invited person in with the role, whatever case the address was typed in, and is in the list until then", async () => {
    const team = await givenTeam(town, "foxtrot");
    const guest = await verifiedPerson(town, "Guest Foxtrot");
    const asAdmin = await enter(town, team, team.people.admin);
    const sent = await asAdmin("POST", "/invitations", { email: "Guest.FOXTROT@Example.com", role: "sales" });
    expect(sent.body).toMatchObject({ email: guest.email, role: "sales", invitedBy: "admin foxtrot", isOpen: true, expiresAt: town.clock() + 7 * DAY });
    expect(((await asAdmin("GET", "/team")).body as TeamView).invitations).toEqual([sent.body]);
    const token = await tokenFor(town, guest.email);
    const asNobody = await atAuth(town, null);
    expect((await asNobody("/invitations/look", { token })).body).toEqual({ state: "open", to: "The foxtrot", role: "sales", email: guest.email, invitedBy: "admin foxtrot" });
    expect((await (await atAuth(town, guest))("/invitations/accept", { token })).body).toEqual({ next: `${originOf("foxtrot")}/` });
    expect(await rolesIn(team)).toMatchObject({ [guest.id]: "sales" });
    expect(((await asAdmin("GET", "/team")).body as TeamView).invitations).toEqual([]);
    expect((await auditOf(team.shop)).map(({ action, actor }) => [action, actor])).toEqual([
      ["invitation.sent", `person:${team.people.admin.id}`], ["invitation.accepted", `person:${guest.id}`],
    ]);
  });

  it("that is sent again has a new link and seven new days, in the name of whoever sends it; the old link is over", async () => {
    const team = await givenTeam(town, "golf");
    const guest = await verifiedPerson(town, "Guest Golf");
    const { id } = (await (await enter(town, team, team.people.admin))("POST", "/invitations", { email: guest.email, role: "tech" })).body as InvitationView;
    const old = await tokenFor(town, guest.email);
    town.pass(6 * DAY);
    const asOwner = await enter(town, team, team.people.owner);
    expect((await asOwner("POST", `/invitations/${id}/resend`, {})).body).toMatchObject({ id, invitedBy: "owner golf", expiresAt: town.clock() + 7 * DAY });
    const renewed = await tokenFor(town, guest.email);
    town.pass(2 * DAY);
    const asGuest = await atAuth(town, guest);
    expect((await asGuest("/invitations/look", { token: old })).body).toEqual({ state: "over" });
    expect((await asGuest("/invitations/accept", { token: old })).kind).toBe("wrong_proof");
    expect((await asGuest("/invitations/accept", { token: renewed })).status).toBe(200);
  });

  it("that ran out stands in the list as such, and gives way to a new one", async () => {
    const team = await givenTeam(town, "hotel");
    const asOwner = await enter(town, team, team.people.owner);
    await asOwner("POST", "/invitations", { email: "late@example.com", role: "tech" });
    town.pass(7 * DAY);
    const list = async () => ((await (await enter(town, team, team.people.owner))("GET", "/team")).body as TeamView).invitations.map(({ role, isOpen }) => [role, isOpen]);
    expect(await list()).toEqual([["tech", false]]);
    expect((await asOwner("POST", "/invitations", { email: "late@example.com", role: "viewer" })).status).toBe(200);
    expect(await list()).toEqual([["viewer", true]]);
  });
});
