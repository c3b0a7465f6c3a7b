/** A role never changes without a line in the log, whatever breaks between the two databases. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Bindings } from "../../../src/platform/env";
import { createBrowser, createTestWorld, originOf } from "../../support/app";
import { auditOf } from "../../support/audit";
import { signIn } from "../../support/people";
import { givenTeam, rolesIn, type Team } from "./team";

const town = createTestWorld();

type Fault = "before" | "after" | "never";

/** A database whose batches break: before they run, or after they ran and before their answer came; from the n-th on. */
function breaking(database: D1Database, fault: Fault, from = 1): D1Database {
  let batches = 0;
  const batch = async (statements: D1PreparedStatement[]) => {
    batches += 1;
    if (fault === "never" || batches < from) return await database.batch(statements);
    if (fault === "after") await database.batch(statements);
    throw new Error("the machine stopped");
  };
  return { prepare: (query: string) => database.prepare(query), batch } as unknown as D1Database;
}

/** The owner's answer when they make the viewer an admin on a machine with those faults. */
async function changeOn(team: Team, changes: Partial<Bindings>): Promise<number> {
  const entering = createBrowser(town);
  await signIn(town, entering, team.people.owner);
  await entering.open(`${originOf(team.shop.slug)}/enter/start`);
  const browser = createBrowser(town, Object.assign({ ...env }, changes));
  for (const [name, value] of entering.cookies(new URL(originOf(team.shop.slug)).host)) browser.cookies(new URL(originOf(team.shop.slug)).host).set(name, value);
  return (await browser.api("PUT", `${originOf(team.shop.slug)}/api/team/${team.people.viewer.id}`, { body: { role: "admin" } })).status;
}

const shardOf = ({ shop }: Team) => (shop.shard === 0 ? "SHARD_0" : "SHARD_1");
const outcome = async (team: Team) => [(await rolesIn(team))[team.people.viewer.id], (await auditOf(team.shop)).map(({ action }) => action)];

describe("a machine that stops", () => {
  it("while it writes the line: nothing happened and nothing is told", async () => {
    const team = await givenTeam(town, "alpha");
    const shard = shardOf(team);
    expect(await changeOn(team, { [shard]: breaking(env[shard], "before") })).toBe(500);
    expect(await outcome(team)).toEqual(["viewer", []]);
  });

  it("after the line was written and before its answer came: the line alone, the role as it was", async () => {
    const team = await givenTeam(town, "bravo");
    const shard = shardOf(team);
    expect(await changeOn(team, { [shard]: breaking(env[shard], "after") })).toBe(500);
    expect(await outcome(team)).toEqual(["viewer", ["member.role_changed"]]);
  });

  it("while the directory is asked: the log says that it is not known", async () => {
    const team = await givenTeam(town, "charlie");
    expect(await changeOn(team, { DIRECTORY: breaking(env.DIRECTORY, "before") })).toBe(500);
    expect(await outcome(team)).toEqual(["viewer", ["member.role_changed", "member.role_changed.uncertain"]]);
  });

  it("after the directory did it and before its answer came: it is found to be done", async () => {
    const team = await givenTeam(town, "delta");
    expect(await changeOn(team, { DIRECTORY: breaking(env.DIRECTORY, "after") })).toBe(200);
    expect(await outcome(team)).toEqual(["admin", ["member.role_changed"]]);
  });

  it("in both databases, one after the other: the intent stands alone, and doing it again does it", async () => {
    const team = await givenTeam(town, "echo");
    const shard = shardOf(team);
    expect(await changeOn(team, { DIRECTORY: breaking(env.DIRECTORY, "before"), [shard]: breaking(env[shard], "before", 2) })).toBe(500);
    expect(await outcome(team)).toEqual(["viewer", ["member.role_changed"]]);
    expect(await changeOn(team, {})).toBe(200);
    expect(await outcome(team)).toEqual(["admin", ["member.role_changed", "member.role_changed"]]);
  });
});
