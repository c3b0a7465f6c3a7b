/** Signing in at `auth.`. */
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { emailAddress } from "../people/contract";
import { newPassword, type SignInRequest } from "./contract";
import { hashPassword, isPassword } from "./password";
import { readClaimant, writePassword } from "./store";

/** Sets a person's password, in place of an earlier one. `invalid_input` for one that is too short or too long. */
export async function setPassword(world: World, env: Bindings, personId: PersonId, password: string): Promise<Result<void>> {
  const parsed = newPassword.safeParse(password);
  if (!parsed.success) return failed({ kind: "invalid_input", message: "Choose a password of 12 to 1,000 characters.", fields: [] });
  const hash = await hashPassword(readConfig(env).passwordPepper, parsed.data, world.random);
  await writePassword(directoryDb(env), personId, hash, world.clock());
  return ok(undefined);
}

/** The account that a typed address stands for, as limits count it: what is no address at all is one by itself. */
export function accountOf(email: string): string {
  return emailAddress.safeParse(email).data ?? email;
}

/**
 * Checks an address and a password. `wrong_credentials` for somebody unknown, a wrong password, no password and a
 * disabled person alike, each after one hash: neither words nor time tell which.
 */
export async function checkPassword(env: Bindings, given: Pick<SignInRequest, "email" | "password">): Promise<Result<PersonId>> {
  const email = emailAddress.safeParse(given.email);
  // An address that is none belongs to nobody; it is looked for all the same, for the time that takes.
  const claimant = await readClaimant(directoryDb(env), email.success ? email.data : "");
  const matches = await isPassword(readConfig(env).passwordPepper, given.password, claimant?.secretHash ?? null);
  if (!matches || claimant === undefined || claimant.disabledAt !== null) return failed({ kind: "wrong_credentials" });
  return ok(claimant.personId);
}
