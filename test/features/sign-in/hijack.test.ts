/** An account that somebody set up for an address before its owner came: nothing of it is left when they do. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import { createBrowser, createTestWorld, type Browser } from "../../support/app";
import { lettersTo } from "../../support/mail";
import { givenPerson, PASSWORD, signIn, withPassword } from "../../support/people";
import { letterTo, post, tokenIn, whoIs } from "./asking";

const world = createTestWorld();
const SLOW = { timeout: 60_000 };

/** An unverified account with everything that an attacker can plant, and the attacker's open session. */
async function planted(name: string): Promise<{ victim: PersonCard; attacker: Browser }> {
  const victim = await withPassword(world, await givenPerson(world, name));
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', 1, 0)").bind(victim.id),
    env.DIRECTORY.prepare(`INSERT INTO passkey (credential_id, id, person_id, name, public_key, counter, transports, is_backup_eligible, is_backed_up, created_at)
      VALUES (?1, ?1, ?1, 'planted', 'key', 0, '[]', 0, 0, 1)`).bind(victim.id),
    env.DIRECTORY.prepare("INSERT INTO recovery_code (person_id, code_hash, created_at) VALUES (?1, ?2, 1)").bind(victim.id, "h".repeat(43)),
  ]);
  const attacker = createBrowser(world);
  await signIn(world, attacker, victim);
  return { victim, attacker };
}

async function left({ id }: PersonCard): Promise<number[]> {
  return await Promise.all(["credential", "totp", "passkey", "recovery_code"].map(async (table) => (
    (await env.DIRECTORY.prepare(`SELECT count(*) AS count FROM ${table} WHERE person_id = ?`).bind(id).first<number>("count")) ?? 0
  )));
}

describe("what was planted on an unverified account", SLOW, () => {
  it("is gone when its owner first signs in by letter: password, passkeys, codes and sessions; they are told", async () => {
    const { victim, attacker } = await planted("Vera");
    const browser = createBrowser(world);
    await post(browser, "/sign-in/link", { email: victim.email });
    const { status, body } = await post(browser, "/sign-in/link/prove", { token: tokenIn(await letterTo(world, victim.email)) });
    expect([status, body.next?.endsWith("/second-factor")]).toEqual([200, false]);
    expect(await left(victim)).toEqual([0, 0, 0, 0]);
    expect([await whoIs(browser), await whoIs(attacker)]).toEqual([victim.email, null]);
    expect((await post(createBrowser(world), "/sign-in", { email: victim.email, password: PASSWORD })).status).toBe(401);
    expect((await lettersTo(world, victim.email)).map(({ subject }) => subject)).toContain("Your Daybook account starts afresh");
  });

  it("is gone when its owner chooses a password by letter", async () => {
    const { victim, attacker } = await planted("Viola");
    const browser = createBrowser(world);
    await post(browser, "/reset", { email: victim.email });
    await post(browser, "/reset/prove", { token: tokenIn(await letterTo(world, victim.email)) });
    expect((await post(browser, "/reset/finish", { password: "the owner's very own words", endOthers: false })).status).toBe(200);
    expect(await left(victim)).toEqual([1, 0, 0, 0]);
    expect(await whoIs(attacker)).toBeNull();
    expect((await post(createBrowser(world), "/sign-in", { email: victim.email, password: "the owner's very own words" })).status).toBe(200);
  });

  it("is gone when the address is confirmed, but for what that session showed itself", async () => {
    const { victim, attacker } = await planted("Vito");
    const owner = createBrowser(world);
    await signIn(world, owner, victim);
    await post(owner, "/account/verify", {});
    expect((await post(owner, "/account/verify/prove", { token: tokenIn(await letterTo(world, victim.email)) })).status).toBe(200);
    expect(await left(victim)).toEqual([1, 0, 0, 0]);
    expect([await whoIs(owner), await whoIs(attacker)]).toEqual([victim.email, null]);
  });

  it("stays where the address was proved before: a link takes nothing from anybody", async () => {
    const { victim } = await planted("Vida");
    await env.DIRECTORY.prepare("UPDATE person SET verified_at = 1 WHERE id = ?").bind(victim.id).run();
    const browser = createBrowser(world);
    await post(browser, "/sign-in/link", { email: victim.email });
    await post(browser, "/sign-in/link/prove", { token: tokenIn(await letterTo(world, victim.email)) });
    expect(await left(victim)).toEqual([1, 1, 1, 1]);
  });
});
