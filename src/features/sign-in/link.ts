/** Signing in by a letter: a link for the browser that asked, or six digits typed there. */
import type { Context } from "hono";
import { failed, ok, type Result } from "../../kernel/result";
import { originOfRequest } from "../../http/origin";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { secondFactorsOf } from "../factors/service";
import { postLetter } from "../mail/service";
import { findPerson, findPersonByEmail, securityNotice, type Person } from "../people/service";
import type { EnterRequest, NextPlace } from "../sessions/contract";
import { enterSession } from "../sessions/service";
import type { MailProof } from "./contract";
import { addressProved } from "./first-proof";
import { noAccountLetter, proofLetter } from "./letters";
import { askByMail, proveByMail, type Proved } from "./proofs";
import type { ProofPurpose } from "./store";

/** Sends a letter to sign in with; to an address that nobody can use, one that says so. The asker cannot tell which. */
export async function askForLink(c: Context, email: string): Promise<void> {
  await askOfAccount(c, "sign_in", email);
}

/** Sends a letter that proves something of an account; to an address that has none, or a disabled one, a letter that says so. */
export async function askOfAccount(c: Context, purpose: ProofPurpose, email: string): Promise<void> {
  const config = c.get("config");
  const person = await findPersonByEmail(directoryDb(c.env), email);
  const isThere = person !== null && person.disabledAt === null;
  await askByMail(c, {
    purpose, email, personId: isThere ? person.id : null,
    letter: isThere ? { proves: (secrets) => proofLetter(config, purpose, email, secrets) } : { tells: noAccountLetter(config, purpose, email) },
  });
}

/** Signs in with a letter's link or code: half, where the person has a second factor. `wrong_proof` as of `proveByMail`. */
export async function signInByLink(c: Context, proof: MailProof, enter: EnterRequest | undefined): Promise<Result<NextPlace>> {
  const person = await personProved(c, await proveByMail(c, "sign_in", proof));
  if (!person.ok) return person;
  await proveAddress(c, person.value);
  const { isEnrolled } = await secondFactorsOf(directoryDb(c.env), person.value.id);
  return ok(await enterSession(c, person.value.id, { factor: "link", awaitsSecondFactor: isEnrolled, enter }));
}

/** The person of a proof, if they are still who they were: not disabled, and with that address. */
export async function personProved(c: Context, proved: Result<Proved>): Promise<Result<Person>> {
  if (!proved.ok) return proved;
  const { personId, email } = proved.value;
  const person = personId === null ? null : await findPerson(directoryDb(c.env), personId);
  if (person === null || person.disabledAt !== null || person.email !== email) {
    return failed({ kind: "wrong_proof", message: "There is no account with that address any more." });
  }
  return ok(person);
}

/** Erases what was planted on an account whose address was never proved before, and tells its owner. */
async function proveAddress(c: Context, person: Person): Promise<void> {
  if (person.verifiedAt !== null) return;
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const at = world.clock();
  const notice = securityNotice(c.get("config"), person.email, { kind: "account_reclaimed" }, { at, from: originOfRequest(c.req.raw) });
  const posting = await postLetter(world, c.env, directory, notice);
  const first = addressProved(c, person, null);
  await directory.batch([posting.statement, ...first.statements]);
  await Promise.all([posting.send(), first.tell()]);
}
