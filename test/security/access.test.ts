/** Who may do what at `auth.` and at an organisation: every route of the real routers, called for real by everybody. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { PersonId } from "../../src/kernel/ids";
import { MINUTE } from "../../src/kernel/clock";
import { HQ_PERMISSIONS, HQ_ROLES, hqRoleMay, type HqRole } from "../../src/kernel/roles";
import { createPerson } from "../../src/features/people/service";
import { SESSION_COOKIE, writeToken } from "../../src/features/sessions/rules";
import { beginSession } from "../../src/features/sessions/service";
import type { Access } from "../../src/http/person";
import { enterHq, must, newPerson, type Person } from "./town/people";
import { DOMAIN } from "./town/plan";
import { nameOf, parametersOf, requestTo, routesOf, type Route } from "./town/routes";
import { openTown, type Town } from "./town/town";

vi.setConfig({ testTimeout: 20_000 });

let town: Town;
let memberId: PersonId;

beforeAll(async () => {
  town = await openTown();
  memberId = must(await createPerson(town.world, town.env, { email: "member@group.example", name: "Member" })).id;
  await become("hq_owner");
});

async function become(role: HqRole): Promise<void> {
  await town.env.DIRECTORY.prepare(`INSERT INTO organisation_member (organisation_id, person_id, role, created_at)
    SELECT id, ?1, ?2, 1 FROM organisation WHERE slug = ?3 ON CONFLICT DO UPDATE SET role = excluded.role`).bind(memberId, role, town.harbour.slug).run();
}

/** A browser that is known that surely at `auth.`. */
async function knownAs(access: Access): Promise<Person> {
  const person = newPerson(town.handle);
  if (access === "anybody") return person;
  const shown = { factor: "password", awaitsSecondFactor: access === "half_signed_in" } as const;
  const token = await beginSession(town.world, town.env, memberId, new Request(`https://auth.${DOMAIN}`), shown);
  if (access === "signed_in") await town.env.DIRECTORY.prepare("UPDATE session SET proved_at = ? WHERE id = ?").bind(town.world.clock() - 11 * MINUTE, token.id).run();
  person.keep(`auth.${DOMAIN}`, SESSION_COOKIE, writeToken(token));
  return person;
}

function request(route: Route, slug = town.harbour.slug): Request {
  return requestTo(route, slug, { values: parametersOf(route).map((name) => (name === "date" ? "2030-07-13" : "a".repeat(26))) });
}

/** The kind of a refusal, or "other" for everything that came past the guard. */
async function refusalOf(response: Response): Promise<string> {
  const kind = response.headers.get("content-type")?.startsWith("application/json") === true ? (await response.json<{ readonly error?: { readonly kind: string } }>()).error?.kind : undefined;
  return ["not_signed_in", "second_factor_needed", "proof_needed", "not_permitted"].find((one) => one === kind) ?? "other";
}

/** The rule, written a second time: what each route of `auth.` says to somebody who is known that surely. */
function expected(asked: Access, is: Access): string {
  if (asked === "anybody") return "other";
  if (is === "anybody") return "not_signed_in";
  if (is === "half_signed_in") return asked === "half_signed_in" ? "other" : "second_factor_needed";
  return is === "signed_in" && asked === "proved_lately" ? "proof_needed" : "other";
}

describe("auth.", () => {
  const apis = () => routesOf(town.app).filter(({ path }) => path.startsWith("/auth/api/"));

  it("has routes of every kind of access", () => {
    expect(new Set(apis().map(({ access }) => access))).toEqual(new Set<Access>(["anybody", "half_signed_in", "signed_in", "proved_lately"]));
  });

  it.each(["anybody", "half_signed_in", "signed_in", "proved_lately"] as const)("lets somebody who is known as %s to exactly the routes that ask for no more", async (is) => {
    const wrong: string[] = [];
    for (const route of apis()) {
      // No body is sent, so that nothing is done; what takes none is done, and may end the session: each has its own.
      const said = await refusalOf(await (await knownAs(is)).send(request(route)));
      const right = expected(route.access ?? "anybody", is);
      if (said !== right) wrong.push(`${nameOf(route)}: ${said} instead of ${right}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("an organisation's host", () => {
  const apis = () => routesOf(town.app).flatMap((route) => (route.hqPermission === null ? [] : [{ ...route, hqPermission: route.hqPermission }]));
  const member = async () => await enterHq(await knownAs("proved_lately"), town.harbour.slug);

  it("uses every permission there is, and is open only where somebody comes or goes", () => {
    expect(HQ_PERMISSIONS.filter((permission) => !apis().some(({ hqPermission }) => hqPermission === permission))).toEqual([]);
    const open = routesOf(town.app).filter(({ path, hqPermission }) => path.startsWith("/hq/") && hqPermission === null).map(nameOf);
    expect(open.toSorted()).toEqual(["GET /hq/*", "GET /hq/enter", "GET /hq/enter/start", "POST /hq/api/sign-out"]);
  });

  it.each(HQ_ROLES)("lets %s in exactly where the table says, from the very next request", async (role) => {
    const person = await member();
    const wrong: string[] = [];
    for (const route of apis()) {
      // One of them is leaving.
      await become(role);
      const said = await refusalOf(await person.send(request(route)));
      const right = hqRoleMay(role, route.hqPermission) ? "other" : "not_permitted";
      if (said !== right) wrong.push(`${nameOf(route)}: ${said} instead of ${right}`);
    }
    expect(wrong).toEqual([]);
  });

  it("lets in nobody without a session, no member of another organisation, and nobody who was disabled or removed", async () => {
    const person = await member();
    const statuses = async (who: Person, slug: string) => {
      const all: number[] = [];
      for (const route of apis()) all.push((await who.send(request(route, slug))).status);
      return [...new Set(all)];
    };
    expect(await statuses(newPerson(town.handle), town.harbour.slug)).toEqual([401]);
    expect(await statuses(await enterHq(person, town.lantern.slug), town.lantern.slug)).toEqual([401]);
    await town.env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(memberId).run();
    expect(await statuses(person, town.harbour.slug)).toEqual([401]);
    await town.env.DIRECTORY.prepare("UPDATE person SET disabled_at = NULL WHERE id = ?").bind(memberId).run();
    await town.env.DIRECTORY.prepare("DELETE FROM organisation_member WHERE person_id = ?").bind(memberId).run();
    expect(await statuses(person, town.harbour.slug)).toEqual([401]);
  });
});
