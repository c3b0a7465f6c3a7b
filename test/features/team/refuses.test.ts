/** What nobody can do to a team: take an owner's place, leave the shop without one, come in on another's invitation. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import type { InvitationView } from "../../../src/features/team/contract";
import { createTestWorld } from "../../support/app";
import { auditOf } from "../../support/audit";
import { givenMember, givenPerson } from "../../support/people";
import { atAuth, enter, givenTeam, rolesIn, tokenFor, verifiedPerson } from "./team";

const town = createTestWorld();
const ABSENT = "z".repeat(26);

describe("an owner's place", () => {
  it("is no admin's to take, to end, or to give: not to others and not to themselves", async () => {
    const team = await givenTeam(town, "alpha");
    const { owner, admin, tech } = team.people;
    const asAdmin = await enter(town, team, admin);
    for (const [method, path, body] of [
      ["PUT", `/team/${owner.id}`, { role: "viewer" }], ["POST", `/team/${owner.id}/remove`, {}],
      ["POST", "/team/transfer", { person: admin.id, stepDown: false }], ["POST", "/team/transfer", { person: tech.id, stepDown: false }],
    ] as const) expect([path, (await asAdmin(method, path, body)).kind]).toEqual([path, "not_permitted"]);
    for (const person of [admin, tech]) expect((await asAdmin("PUT", `/team/${person.id}`, { role: "owner" })).kind).toBe("invalid_input");
    for (const role of ["owner", "hq_owner", "hq_admin"]) expect((await asAdmin("POST", "/invitations", { email: "new@example.com", role })).kind).toBe("invalid_input");
    expect([(await rolesIn(team))[owner.id], (await rolesIn(team))[admin.id], await auditOf(team.shop)]).toEqual(["owner", "admin", []]);
  });

  it("is another owner's to take, but only with a proof of the last ten minutes", async () => {
    const team = await givenTeam(town, "bravo");
    const second = await verifiedPerson(town, "Second Bravo");
    await givenMember(town, team.shop, second, "owner");
    const asSecond = await enter(town, team, second);
    town.pass(11 * MINUTE);
    for (const [method, path, body] of [
      ["PUT", `/team/${team.people.owner.id}`, { role: "viewer" }], ["POST", `/team/${team.people.owner.id}/remove`, {}],
      ["POST", "/team/transfer", { person: team.people.admin.id, stepDown: true }],
    ] as const) expect([path, (await asSecond(method, path, body)).kind]).toEqual([path, "proof_needed"]);
    expect((await asSecond("PUT", `/team/${team.people.admin.id}`, { role: "viewer" })).status).toBe(200);
    expect((await (await enter(town, team, second))("PUT", `/team/${team.people.owner.id}`, { role: "viewer" })).status).toBe(200);
  });
});

describe("the last owner", () => {
  it("stays, in words, whoever asks and however", async () => {
    const team = await givenTeam(town, "charlie");
    const asOwner = await enter(town, team, team.people.owner);
    for (const [method, path, body] of [
      ["PUT", `/team/${team.people.owner.id}`, { role: "admin" }], ["POST", `/team/${team.people.owner.id}/remove`, {}], ["POST", "/team/leave", { slug: "charlie" }],
    ] as const) expect(await asOwner(method, path, body)).toMatchObject({ status: 409, title: expect.stringContaining("always has an owner") });
    expect([(await rolesIn(team))[team.people.owner.id], await auditOf(team.shop)]).toEqual(["owner", []]);
  });

  it("stays when two owners step down at once: exactly one of them does", async () => {
    const team = await givenTeam(town, "delta");
    const second = await verifiedPerson(town, "Second Delta");
    await givenMember(town, team.shop, second, "owner");
    for (const act of ["role", "leave", "each other"] as const) {
      const people = [team.people.owner, second];
      const calls = await Promise.all(people.map(async (person) => await enter(town, team, person)));
      const answers = await Promise.all(calls.map(async (call, index) => {
        const whom = act === "each other" ? people[1 - index] : people[index];
        return act === "leave" ? await call("POST", "/team/leave", { slug: "delta" }) : await call("PUT", `/team/${whom?.id ?? ""}`, { role: "admin" });
      }));
      expect([act, answers.filter(({ status }) => status === 200).length]).toEqual([act, 1]);
      expect([act, Object.values(await rolesIn(team)).filter((role) => role === "owner").length]).toEqual([act, 1]);
      for (const person of people) await givenMember(town, team.shop, person, "owner");
    }
  });

  it("stays when the directory is asked past every check", async () => {
    const team = await givenTeam(town, "echo");
    const demoting = env.DIRECTORY.prepare("UPDATE membership SET role = 'viewer' WHERE shop_id = ?1 AND role = 'owner'").bind(team.shop.id).run();
    await expect(demoting).rejects.toThrow("last_owner");
    await expect(env.DIRECTORY.prepare("DELETE FROM membership WHERE shop_id = ?1").bind(team.shop.id).run()).rejects.toThrow("last_owner");
    expect(Object.values(await rolesIn(team))).toContain("owner");
  });
});

describe("the team's routes", () => {
  it("answer for somebody who is no member as for somebody who is nobody", async () => {
    const team = await givenTeam(town, "foxtrot");
    const stranger = await verifiedPerson(town, "Stranger Foxtrot");
    const asOwner = await enter(town, team, team.people.owner);
    for (const id of [stranger.id, ABSENT, "nonsense"]) {
      expect([id, (await asOwner("PUT", `/team/${id}`, { role: "tech" })).kind]).toEqual([id, "not_found"]);
      expect([id, (await asOwner("POST", `/team/${id}/remove`, {})).kind]).toEqual([id, "not_found"]);
    }
    expect((await asOwner("POST", "/team/transfer", { person: stranger.id, stepDown: true })).kind).toBe("not_found");
    expect((await asOwner("POST", "/team/transfer", { person: team.people.owner.id, stepDown: true })).kind).toBe("conflict");
    expect(await auditOf(team.shop)).toEqual([]);
  });

  it("let nobody leave a shop by its neighbour's name, or by sending nothing", async () => {
    const team = await givenTeam(town, "victor");
    const call = await enter(town, team, team.people.viewer);
    expect([(await call("POST", "/team/leave", { slug: "golf" })).kind, (await call("POST", "/team/leave")).kind]).toEqual(["conflict", "invalid_input"]);
    expect((await rolesIn(team))[team.people.viewer.id]).toBe("viewer");
  });

  it("are closed to everybody below an admin, but for leaving", async () => {
    const team = await givenTeam(town, "golf");
    for (const role of ["tech", "sales", "viewer"] as const) {
      const call = await enter(town, team, team.people[role]);
      for (const [method, path, body] of [
        ["GET", "/team", undefined], ["PUT", `/team/${team.people.admin.id}`, { role: "viewer" }], ["POST", `/team/${team.people.admin.id}/remove`, {}],
        ["POST", "/invitations", { email: "friend@example.com", role: "viewer" }], ["POST", `/invitations/${ABSENT}/resend`, {}], ["POST", `/invitations/${ABSENT}/revoke`, {}],
      ] as const) expect([role, path, (await call(method, path, body)).kind]).toEqual([role, path, "not_permitted"]);
    }
  });
});

describe("an invitation", () => {
  /** A shop, a guest who was invited as a technician by the admin, and their link. */
  async function invited(slug: string) {
    const team = await givenTeam(town, slug);
    const guest = await verifiedPerson(town, `Guest ${slug}`);
    const asAdmin = await enter(town, team, team.people.admin);
    const { id } = (await asAdmin("POST", "/invitations", { email: guest.email, role: "tech" })).body as InvitationView;
    return { team, guest, asAdmin, id, token: await tokenFor(town, guest.email) };
  }

  it("opens nothing for anybody but the invited address, and stays good for that", async () => {
    const { team, guest, token } = await invited("hotel");
    const thief = await verifiedPerson(town, "Thief Hotel");
    expect((await (await atAuth(town, null))("/invitations/accept", { token })).kind).toBe("not_signed_in");
    expect(await (await atAuth(town, thief))("/invitations/accept", { token })).toMatchObject({ status: 409, title: expect.stringContaining(guest.email) });
    expect((await rolesIn(team))[thief.id]).toBeUndefined();
    expect((await (await atAuth(town, guest))("/invitations/accept", { token })).status).toBe(200);
  });

  it("opens nothing for an address that was not proved to be theirs", async () => {
    const { team, guest, token } = await invited("india");
    await env.DIRECTORY.prepare("UPDATE person SET verified_at = NULL WHERE id = ?1").bind(guest.id).run();
    expect(await (await atAuth(town, guest))("/invitations/accept", { token })).toMatchObject({ status: 409, title: expect.stringContaining("Confirm your email") });
    expect((await rolesIn(team))[guest.id]).toBeUndefined();
  });

  it("that was revoked, has run out, was used by another, or never was, looks the same", async () => {
    const [revoked, old, used] = [await invited("juliet"), await invited("kilo"), await invited("lima")];
    await revoked.asAdmin("POST", `/invitations/${revoked.id}/revoke`, {});
    expect((await (await atAuth(town, used.guest))("/invitations/accept", { token: used.token })).status).toBe(200);
    town.pass(7 * DAY);
    const stranger = await verifiedPerson(town, "Stranger Lima");
    const said = new Set<string>();
    for (const token of [revoked.token, old.token, used.token, "x".repeat(43), ""]) {
      const call = await atAuth(town, stranger);
      said.add(JSON.stringify([(await call("/invitations/look", { token })).body, await call("/invitations/accept", { token })]));
    }
    expect([...said]).toEqual([expect.stringContaining("This invitation is over")]);
  });

  it("tells somebody who belongs already that they do, and changes nothing: neither their role nor the link", async () => {
    const { team, guest, token } = await invited("mike");
    await givenMember(town, team.shop, guest, "viewer");
    const asGuest = await atAuth(town, guest);
    expect(await asGuest("/invitations/accept", { token })).toMatchObject({ status: 409, title: "You belong to The mike already." });
    expect((await rolesIn(team))[guest.id]).toBe("viewer");
    expect((await asGuest("/invitations/look", { token })).body).toMatchObject({ state: "open" });
  });

  it("tells so also by the link that they came in with, however often it is pressed", async () => {
    const { guest, token } = await invited("november");
    const asGuest = await atAuth(town, guest);
    const answers = await Promise.all([asGuest("/invitations/accept", { token }), asGuest("/invitations/accept", { token })]);
    expect(answers.map(({ status }) => status)).toContain(200);
    expect(await asGuest("/invitations/accept", { token })).toMatchObject({ status: 409, title: "You belong to The november already." });
  });

  it("dies with the right of whoever sent it: demoted, removed or disabled", async () => {
    for (const [slug, sentence] of [
      ["oscar", "UPDATE membership SET role = 'viewer' WHERE person_id = ?1"], ["papa", "DELETE FROM membership WHERE person_id = ?1"],
      ["quebec", "UPDATE person SET disabled_at = 1 WHERE id = ?1"],
    ] as const) {
      const { team, guest, token } = await invited(slug);
      await env.DIRECTORY.prepare(sentence).bind(team.people.admin.id).run();
      const asGuest = await atAuth(town, guest);
      expect([slug, (await asGuest("/invitations/look", { token })).body]).toEqual([slug, { state: "over" }]);
      expect([slug, (await asGuest("/invitations/accept", { token })).kind]).toEqual([slug, "wrong_proof"]);
    }
  });

  it("is sent to no address twice, to nobody who belongs already, and to nothing that is no address", async () => {
    const { team, guest, asAdmin } = await invited("romeo");
    expect(await asAdmin("POST", "/invitations", { email: guest.email.toUpperCase(), role: "viewer" })).toMatchObject({ status: 409, title: expect.stringContaining("invited already") });
    expect(await asAdmin("POST", "/invitations", { email: team.people.viewer.email, role: "admin" })).toMatchObject({ status: 409, title: expect.stringContaining("belongs here already") });
    for (const email of ["", "nobody", "a@b", "a@example.com\r\nbcc: b@example.com", "a@example.com,b@example.com", "admin＠example.com", `${"a".repeat(250)}@example.com`]) {
      expect([email, (await asAdmin("POST", "/invitations", { email, role: "viewer" })).kind]).toEqual([email, "invalid_input"]);
    }
    const both = await Promise.all([1, 2].map(async () => await asAdmin("POST", "/invitations", { email: "both@example.com", role: "viewer" })));
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("cannot be sent again or revoked once it was revoked or accepted", async () => {
    const { guest, asAdmin, id, token } = await invited("sierra");
    expect((await (await atAuth(town, guest))("/invitations/accept", { token })).status).toBe(200);
    for (const act of ["resend", "revoke"]) expect((await asAdmin("POST", `/invitations/${id}/${act}`, {})).kind).toBe("not_found");
  });

  it("is not sent without end: sixty an hour are enough for any shop", async () => {
    const { asAdmin, id } = await invited("tango");
    for (let turn = 1; turn < 60; turn += 1) await asAdmin("POST", `/invitations/${ABSENT}/resend`, {});
    expect((await asAdmin("POST", `/invitations/${id}/resend`, {})).status).toBe(429);
  });
});

describe("a person who is new here", () => {
  it("is nobody's member by being invited", async () => {
    const team = await givenTeam(town, "uniform");
    const guest = await givenPerson(town, "Guest Uniform");
    await (await enter(town, team, team.people.owner))("POST", "/invitations", { email: guest.email, role: "admin" });
    expect((await rolesIn(team))[guest.id]).toBeUndefined();
  });
});
