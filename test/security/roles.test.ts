/** Who may do what: every route of the real router, called for real by everybody. */
import { beforeAll, describe, expect, it } from "vitest";
import type { ShopId } from "../../src/kernel/ids";
import { PERMISSIONS, roleMay, ROLES, type Role } from "../../src/kernel/roles";
import { createPerson } from "../../src/features/people/service";
import { addMember } from "../../src/features/shops/service";
import { setPassword } from "../../src/features/sign-in/service";
import { PASSWORD } from "./town/plan";
import { must, newPerson, signIn, type Person } from "./town/people";
import { guardedRoutes, nameOf, parametersOf, requestTo, routesOf, type Route } from "./town/routes";
import { openTown, type Town } from "./town/town";

/** Routes of a shop that need no permission, each for a reason: leaving, coming in, and a page that says nothing. */
const OPEN = ["POST /shop/api/sign-out", "GET /shop/enter/start", "GET /shop/enter", "GET /shop/stop", "POST /shop/stop", "GET /shop/*"];

const ABSENT: Readonly<Record<string, string>> = { date: "2030-07-13" };

let town: Town;
let member: Person;
let memberId: Awaited<ReturnType<typeof memberOf>>;

/** A new person with a password and a role. */
async function memberOf(email: string, role: Role) {
  const person = must(await createPerson(town.world, town.env, { email, name: "Member" }));
  await setPassword(town.world, town.env, person.id, PASSWORD);
  must(await addMember(town.world, town.env, town.harbour.id, person.id, role));
  return person.id;
}

beforeAll(async () => {
  town = await openTown();
  memberId = await memberOf("member@harbour.example", "owner");
  member = await signIn(town.handle, town.harbour, "member@harbour.example");
});

async function become(role: Role): Promise<void> {
  must(await addMember(town.world, town.env, town.harbour.id, memberId, role));
}

function request(route: Route, slug = town.harbour.slug): Request {
  return requestTo(route, slug, { values: parametersOf(route).map((name) => ABSENT[name] ?? "a".repeat(26)) });
}

async function kindOf(response: Response): Promise<string> {
  const body = await response.json<{ readonly error?: { readonly kind: string } }>();
  return body.error?.kind ?? "success";
}

describe("the router", () => {
  it("asks for a permission on every route of a shop but the few that are open", () => {
    const open = routesOf(town.app).filter(({ path, permission }) => path.startsWith("/shop/") && permission === null).map(nameOf);
    expect(open.toSorted()).toEqual(OPEN.toSorted());
  });

  it("has no route twice, of which the second would never run", () => {
    const guards = town.app.routes.filter(({ handler }) => "permission" in handler).map(nameOf);
    expect(guards.filter((name, index) => guards.indexOf(name) !== index)).toEqual([]);
  });

  it("uses every permission there is, and has a good many routes", () => {
    const used = new Set(guardedRoutes(town.app).map(({ permission }) => permission));
    expect(PERMISSIONS.filter((permission) => !used.has(permission))).toEqual([]);
    expect(guardedRoutes(town.app).length).toBeGreaterThan(18);
  });
});

describe.each(ROLES)("the role %s", (role) => {
  it("is let in exactly where the table says, from the very next request", async () => {
    await become(role);
    const wrong: string[] = [];
    for (const route of guardedRoutes(town.app)) {
      const response = await member.send(request(route));
      const isRefused = response.status === 403 && (await kindOf(response)) === "not_permitted";
      if (isRefused === roleMay(role, route.permission) || response.status === 401) wrong.push(`${nameOf(route)}: ${response.status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a back-fill that posts", () => {
  const body = { locations: ["a".repeat(26)], from: "2030-07-01", to: "2030-07-02" };

  it.each([["tech", true, 403], ["tech", false, 404], ["owner", true, 404]] as const)("asked for by %s (post: %s) answers %i", async (role, post, status) => {
    await become(role);
    const route = guardedRoutes(town.app).find((one) => nameOf(one) === "POST /shop/api/backfills");
    expect(route).toBeDefined();
    if (route !== undefined) expect((await member.send(requestTo(route, town.harbour.slug, { body: { ...body, post } }))).status).toBe(status);
  });
});

/** What each route answers to somebody: every status that occurs. */
async function statusesFor(person: Person, slug = town.harbour.slug): Promise<number[]> {
  const responses = [];
  for (const route of guardedRoutes(town.app)) responses.push(await person.send(request(route, slug)));
  return [...new Set(responses.map(({ status }) => status))];
}

describe("no route answers anything but 401", () => {
  it("to nobody", async () => {
    expect(await statusesFor(newPerson(town.handle))).toEqual([401]);
  });

  it("to the owner of another shop, or to a member at another shop", async () => {
    await become("owner");
    expect(await statusesFor(member, town.lantern.slug)).toEqual([401]);
  });

  it("to a cookie that was given on another shop's host", async () => {
    await become("owner");
    const lines = town.issued.filter((line) => line.startsWith("__Host-daybook=")).map((line) => line.slice(0, line.indexOf(";")));
    for (const route of guardedRoutes(town.app).slice(0, 4)) {
      for (const cookie of lines) {
        const foreign = new Request(request(route, town.lantern.slug), { headers: { cookie, "sec-fetch-site": "same-origin" } });
        expect((await town.handle(foreign)).status).toBe(401);
      }
    }
  });

  it("to a person who was disabled, and to one who is no member any more", async () => {
    await become("owner");
    await town.env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(memberId).run();
    expect(await statusesFor(member)).toEqual([401]);
    await town.env.DIRECTORY.prepare("UPDATE person SET disabled_at = NULL WHERE id = ?").bind(memberId).run();
    await town.env.DIRECTORY.prepare("DELETE FROM membership WHERE person_id = ?").bind(memberId).run();
    expect(await statusesFor(member)).toEqual([401]);
  });

  it("after signing out", async () => {
    await become("owner");
    await member.visitor.call("POST", `https://${town.harbour.slug}.daybook.example/api/sign-out`, {});
    expect(await statusesFor(member)).toEqual([401]);
  });
});

describe("a shop that is closed, or is none", () => {
  it("is as absent as the other, on every route", async () => {
    await town.env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?").bind(town.harbour.id satisfies ShopId).run();
    const somebody = newPerson(town.handle);
    for (const route of guardedRoutes(town.app)) {
      const closed = await somebody.send(request(route));
      const none = await somebody.send(request(route, "nobodys-shop"));
      expect([closed.status, await closed.text()]).toEqual([404, await none.text()]);
    }
  });
});
