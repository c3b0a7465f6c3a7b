/** Passwords: which are taken, setting one, and checking one. */
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { emailAddress } from "../people/contract";
import { findPerson, type PersonCard } from "../people/service";
import { shopsOf } from "../shops/service";
import { isBreached } from "./breaches";
import { newPassword, type SignInRequest } from "./contract";
import { hashPassword, isOutdated, isPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { passwordWritten, readClaimant, readPassword, renewHash } from "./store";

export { hashPassword, isPassword } from "./password";

/**
 * What is stored in place of a new password, unless it is refused: `invalid_input`, with words, for one that is too short
 * or too long, common, known from a breach, or mostly made of `near` (the person's name, address and shops).
 */
export async function hashNewPassword(world: World, env: Bindings, password: string, near: readonly string[]): Promise<Result<string>> {
  const config = readConfig(env);
  const parsed = newPassword.safeParse(password);
  const problem = parsed.success ? passwordProblem(password, near) : "Choose a password of 12 to 1,000 characters.";
  if (problem !== null) return refusedPassword(problem);
  if (config.checksBreaches && (await isBreached(world, env, password))) {
    return refusedPassword("That password stands in a list that was stolen somewhere. Choose another one.");
  }
  return ok(await hashPassword(config.passwordPepper, password, world.random));
}

function refusedPassword(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "password", message }] });
}

/** The words that are near at hand for somebody who guesses a person's password. */
export async function wordsNear(env: Bindings, person: PersonCard): Promise<readonly string[]> {
  const shops = await shopsOf(directoryDb(env), person.id);
  return [person.name, person.email, ...shops.flatMap(({ name, slug }) => [name, slug])];
}

/** Sets a person's password, in place of an earlier one. `invalid_input` as of `hashNewPassword`, `not_found` for nobody. */
export async function setPassword(world: World, env: Bindings, personId: PersonId, password: string): Promise<Result<void>> {
  const directory = directoryDb(env);
  const person = await findPerson(directory, personId);
  if (person === null) return failed({ kind: "not_found" });
  const hash = await hashNewPassword(world, env, password, await wordsNear(env, person));
  if (!hash.ok) return hash;
  await directory.batch([passwordWritten(directory, personId, hash.value, world.clock())]);
  return ok(undefined);
}

/** Who showed their password, and whether they have a second factor to show next. */
export type Checked = { readonly personId: PersonId; readonly awaitsSecondFactor: boolean };

/**
 * Checks an address and a password. `wrong_credentials` for somebody unknown, a wrong password, no password and a
 * disabled person alike, each after one hash: neither words nor time tell which. A hash that was made in an older way is
 * made anew.
 */
export async function checkPassword(world: Pick<World, "random">, env: Bindings, given: Pick<SignInRequest, "email" | "password">): Promise<Result<Checked>> {
  const email = emailAddress.safeParse(given.email);
  const directory = directoryDb(env);
  const { passwordPepper } = readConfig(env);
  // An address that is none belongs to nobody; it is looked for all the same, for the time that takes.
  const claimant = await readClaimant(directory, email.success ? email.data : "");
  const stored = claimant?.secretHash ?? null;
  const matches = await isPassword(passwordPepper, given.password, stored);
  if (!matches || claimant === undefined || stored === null || claimant.disabledAt !== null) return failed({ kind: "wrong_credentials" });
  if (isOutdated(stored)) await renewHash(directory, claimant.personId, { from: stored, to: await hashPassword(passwordPepper, given.password, world.random) });
  return ok({ personId: claimant.personId, awaitsSecondFactor: claimant.hasSecondFactor === 1 });
}

/** Whether a password is the person's own; false, after the same time, where they have none. */
export async function isPasswordOf(env: Bindings, personId: PersonId, password: string): Promise<boolean> {
  return await isPassword(readConfig(env).passwordPepper, password, await readPassword(directoryDb(env), personId));
}
