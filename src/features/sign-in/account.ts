/** What a signed-in person changes about their own account: address, password, and proving who they are once more. */
import type { Context } from "hono";
import { failed, ok, type Result } from "../../kernel/result";
import { markBrowser } from "../../http/known-browser";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { secondFactorsOf } from "../factors/service";
import { postLetter, type Posting } from "../mail/service";
import { emailChanged, findPerson, findPersonByEmail, securityNotice, type SecurityEvent } from "../people/service";
import { proveAgain, renewingSession } from "../sessions/service";
import type { AccountView, MailProof } from "./contract";
import { addressProved, keptOf, sessionsEndedIf } from "./first-proof";
import { addressTakenLetter, proofLetter } from "./letters";
import { askByMail, proveByMail, type Proved } from "./proofs";
import { hashNewPassword, isPasswordOf, wordsNear } from "./service";
import { passwordWritten, proofsEnded, readPassword, readPendingEmail, type ProofPurpose } from "./store";

/** The account as its person sees it. */
export async function viewAccount(c: Context, { personId, name, email, verifiedAt }: SignedIn): Promise<AccountView> {
  const directory = directoryDb(c.env);
  const [password, pendingEmail] = await Promise.all([readPassword(directory, personId), readPendingEmail(directory, personId, clockOf(c))]);
  return { name, email, isVerified: verifiedAt !== null, hasPassword: password !== null, pendingEmail };
}

/** Sets the person's password; this session gets a new secret, every letter of theirs dies and, if they wish, every other session. `invalid_input` as of `hashNewPassword`. */
export async function changePassword(c: Context, signed: SignedIn, wish: { readonly password: string; readonly endOthers: boolean }): Promise<Result<object>> {
  const directory = directoryDb(c.env);
  const { personId: id, name, email } = signed;
  const hash = await hashNewPassword(c.get("world"), c.env, wish.password, await wordsNear(c.env, { id, name, email }));
  if (!hash.ok) return hash;
  const isFirst = (await readPassword(directory, id)) === null;
  const notice = await noticeTo(c, signed, email, { kind: isFirst ? "password_set" : "password_changed" });
  const [ending, renewal] = [sessionsEndedIf(c, wish.endOthers, id, signed.sessionId), await renewingSession(c, id)];
  await directory.batch([
    notice.statement, passwordWritten(directory, id, hash.value, clockOf(c)), proofsEnded(directory, { personId: id, email }), ...ending.statements,
    ...renewal.statements,
  ]);
  await Promise.all([notice.send(), ending.tell(), renewal.give()]);
  return ok({});
}

/**
 * Takes the password as proof of who this is. `wrong_credentials` for another one; `second_factor_needed` for somebody who
 * has a second factor, and proves themselves with that: a password that was stolen is no proof.
 */
export async function proveByPassword(c: Context, signed: SignedIn, password: string): Promise<Result<object>> {
  const { isEnrolled } = await secondFactorsOf(directoryDb(c.env), signed.personId);
  if (isEnrolled) return failed({ kind: "second_factor_needed" });
  if (!(await isPasswordOf(c.env, signed.personId, password))) return failed({ kind: "wrong_credentials" });
  const proved = await proveAgain(c, signed, "password");
  return proved.ok ? ok({}) : proved;
}

/**
 * Sends a letter to the address that the person wants to have, and tells the one they have. An address that somebody else
 * has gets a letter that says so; the asker cannot tell. `invalid_input` for the one they have already.
 */
export async function askForAddress(c: Context, signed: SignedIn, newEmail: string): Promise<Result<object>> {
  if (newEmail === signed.email) {
    const message = "That is your address already.";
    return failed({ kind: "invalid_input", message, fields: [{ path: "email", message }] });
  }
  const config = c.get("config");
  const isTaken = (await findPersonByEmail(directoryDb(c.env), newEmail)) !== null;
  const notice = await noticeTo(c, signed, signed.email, { kind: "address_change_asked", newEmail });
  await askByMail(c, {
    purpose: "change_address", email: newEmail, personId: signed.personId, isOfSession: true, besides: [notice.statement],
    letter: isTaken ? { tells: addressTakenLetter(config, "change_address", newEmail) } : { proves: (secrets) => proofLetter(config, "change_address", newEmail, secrets) },
  });
  await notice.send();
  return ok({});
}

/** Gives the person the address that they proved, and tells both. `wrong_proof`, or `conflict` where somebody was faster. */
export async function changeAddress(c: Context, signed: SignedIn, proof: MailProof): Promise<Result<object>> {
  const proved = await ownProof(c, signed, "change_address", proof);
  if (!proved.ok) return proved;
  const directory = directoryDb(c.env);
  const [oldEmail, newEmail, at] = [signed.email, proved.value.email, clockOf(c)];
  const [person, other] = [await findPerson(directory, signed.personId), await findPersonByEmail(directory, newEmail)];
  if (person === null || other !== null) return failed({ kind: "conflict", message: "There is another account with that address by now." });
  const event = { kind: "address_changed", oldEmail, newEmail } as const;
  const [toOld, toNew] = [await noticeTo(c, signed, oldEmail, event), await noticeTo(c, signed, newEmail, event)];
  const first = addressProved(c, person, keptOf(signed));
  await directory.batch([
    toOld.statement, toNew.statement, ...first.statements,
    emailChanged(directory, { id: person.id, from: oldEmail, to: newEmail, at }),
    proofsEnded(directory, { personId: person.id, email: oldEmail }),
  ]);
  await Promise.all([toOld.send(), toNew.send(), first.tell(), markBrowser(c, newEmail)]);
  return ok({});
}

/** Sends a letter that proves the address that the person has. `conflict` where it is proved already. */
export async function askToVerify(c: Context, { personId, email, verifiedAt }: SignedIn): Promise<Result<object>> {
  if (verifiedAt !== null) return failed({ kind: "conflict", message: "Your address is confirmed already." });
  const config = c.get("config");
  await askByMail(c, { purpose: "verify", email, personId, isOfSession: true, letter: { proves: (secrets) => proofLetter(config, "verify", email, secrets) } });
  return ok({});
}

/** Notes that the address is theirs. What this session did not show itself was perhaps planted by somebody else, and goes. */
export async function verifyAddress(c: Context, signed: SignedIn, proof: MailProof): Promise<Result<object>> {
  const proved = await ownProof(c, signed, "verify", proof);
  if (!proved.ok) return proved;
  const directory = directoryDb(c.env);
  const person = await findPerson(directory, signed.personId);
  if (person === null || proved.value.email !== person.email) return foreign();
  const notice = await noticeTo(c, signed, person.email, { kind: "address_verified" });
  const first = addressProved(c, person, keptOf(signed));
  await directory.batch([notice.statement, ...first.statements, proofsEnded(directory, { personId: person.id, email: person.email })]);
  await Promise.all([notice.send(), first.tell()]);
  return ok({});
}

/** A letter's proof that belongs to the person who shows it. */
async function ownProof(c: Context, signed: SignedIn, purpose: ProofPurpose, proof: MailProof): Promise<Result<Proved>> {
  const proved = await proveByMail(c, purpose, proof);
  return proved.ok && proved.value.personId !== signed.personId ? foreign() : proved;
}

function foreign(): Result<never> {
  return failed({ kind: "wrong_proof", message: "That letter was asked for by somebody else. Sign in as the person who asked for it." });
}

async function noticeTo(c: Context, { from }: SignedIn, to: string, event: SecurityEvent): Promise<Posting> {
  return await postLetter(c.get("world"), c.env, directoryDb(c.env), securityNotice(c.get("config"), to, event, { at: clockOf(c), from }));
}

function clockOf(c: Context): number {
  return (c.get("world") as World).clock();
}
