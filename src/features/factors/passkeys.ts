/** Adding passkeys, naming them, and giving them up. */
import type { Context } from "hono";
import { sql } from "drizzle-orm";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { MINUTE } from "../../kernel/clock";
import { newId, type PasskeyId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { takeTurn } from "../../http/limit";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { askingOthersAgain, proveAgain } from "../sessions/service";
import { makeChallenge, takeOwnChallenge } from "./challenge";
import { freshCodes, removeFactor } from "./change";
import { MOST_PASSKEYS, TRANSPORTS, type NewCodes, type PasskeyCreation, type PasskeyMade } from "./contract";
import { tellOfChange } from "./letters";
import { ALGORITHMS, relyingParty } from "./passkey-rules";
import { verifyMade, type MadeKey } from "./passkey-verify";
import { secondFactorsOf } from "./service";
import { isPasskeyOf, passkeyAdded, passkeyRemoved, readPasskey, readPasskeys, renamePasskey, type PasskeyRow } from "./store";

/** How long the browser waits for somebody to find their key (WebAuthn Level 3, section 15.1: five minutes at least). */
export const ANSWER_MS = 5 * MINUTE;

const FULL = failed({ kind: "conflict", message: `You have ${MOST_PASSKEYS} passkeys already. Remove one first.` });
const NOT_ADDED = failed({ kind: "wrong_proof", message: "That passkey could not be added.", next: "Try again, or add one on another device." });

/** How an authenticator is asked for a new passkey; `conflict` for somebody who has as many as there may be. */
export async function beginPasskey(c: Context, { personId, sessionId, email, name }: SignedIn): Promise<Result<{ options: PasskeyCreation }>> {
  const there = await readPasskeys(directoryDb(c.env), personId);
  if (there.length >= MOST_PASSKEYS) return FULL;
  const options: PasskeyCreation = {
    challenge: await makeChallenge(c, { purpose: "enrol", sessionId }),
    rp: { id: relyingParty(c.get("config")).rpId, name: "Daybook" },
    user: { id: userHandleOf(personId), name: email, displayName: name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: ANSWER_MS,
    attestation: "none",
    excludeCredentials: there.map(knownCredentialOf),
    authenticatorSelection: { residentKey: "preferred", requireResidentKey: false, userVerification: "preferred" },
  };
  return ok({ options });
}

/** What an authenticator keeps with a passkey, to say whose it is: bytes that are no name and no address (section 14.6.1). */
export function userHandleOf(personId: string): string {
  return encodeBase64urlNoPadding(new TextEncoder().encode(personId));
}

/** A passkey as a browser is told of it, without ways to reach it that are not known here. */
export function knownCredentialOf({ credentialId, transports }: PasskeyRow): PasskeyCreation["excludeCredentials"][number] {
  const known = TRANSPORTS.filter((transport) => transports.includes(transport));
  return { id: credentialId, type: "public-key", ...(known.length === 0 ? {} : { transports: known }) };
}

/**
 * Writes down what the authenticator made. Whoever had no factor before gets recovery codes, and their other sessions have
 * to show it. `wrong_proof` for an answer that is not true, `conflict` where the passkey is there already.
 */
export async function finishPasskey(c: Context, signed: SignedIn, given: { readonly name: string; readonly response: PasskeyMade }): Promise<Result<NewCodes>> {
  const turn = await takeTurn(c, "passkey", {});
  if (!turn.ok) return turn;
  const challenge = await takeOwnChallenge(c, given.response.response.clientDataJSON, { purpose: "enrol", sessionId: signed.sessionId });
  const expected = { ...relyingParty(c.get("config")), challenge: challenge ?? "", needsUserVerification: false };
  const made = challenge === null ? null : await verifyMade(given.response, expected);
  if (made === null) return NOT_ADDED;
  // Whose it is otherwise is not told: only that it is not a new one.
  if ((await readPasskey(directoryDb(c.env), made.credentialId)) !== undefined) return failed({ kind: "conflict", message: "That passkey is in use already." });
  return await add(c, signed, { ...made, name: given.name, transports: given.response.response.transports ?? [] });
}

async function add(c: Context, signed: SignedIn, key: MadeKey & Pick<PasskeyRow, "name" | "transports">): Promise<Result<NewCodes>> {
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const { personId, sessionId } = signed;
  const row: PasskeyRow = { ...key, id: newId<PasskeyId>(world.random), personId, createdAt: world.clock(), lastUsedAt: null };
  const { isEnrolled } = await secondFactorsOf(directory, personId);
  const isOurs = sql`EXISTS (SELECT 1 FROM passkey WHERE passkey.id = ${row.id})`;
  const fresh = isEnrolled ? null : await freshCodes(world, directory, personId, isOurs);
  const letter = await tellOfChange(c, signed, { kind: "passkey_added", name: row.name });
  const others = isEnrolled ? null : askingOthersAgain(world, c.env, directory, personId, sessionId);
  await directory.batch([
    passkeyAdded(directory, row), ...(fresh?.statements ?? []), letter.statement, ...(others === null ? [] : [others.statement]),
  ]);
  await Promise.all([letter.send(), others?.tell()]);
  if (!(await isPasskeyOf(directory, personId, row.id))) return NOT_ADDED;
  const proved = await proveAgain(c, signed, "passkey");
  return proved.ok ? ok({ recoveryCodes: fresh?.codes ?? null }) : proved;
}

/** Gives a passkey another name. `not_found` for one that is not there, or somebody else's. */
export async function namePasskey(c: Context, { personId }: SignedIn, id: PasskeyId, name: string): Promise<Result<Record<string, never>>> {
  return (await renamePasskey(directoryDb(c.env), personId, id, name)) ? ok({}) : failed({ kind: "not_found" });
}

/** Gives a passkey up. `not_found` for one that is not there, or somebody else's; `conflict` where a shop asks for it. */
export async function removePasskey(c: Context, signed: SignedIn, id: PasskeyId): Promise<Result<Record<string, never>>> {
  const directory = directoryDb(c.env);
  const row = (await readPasskeys(directory, signed.personId)).find((one) => one.id === id);
  if (row === undefined) return failed({ kind: "not_found" });
  return await removeFactor(c, signed, passkeyRemoved(directory, signed.personId, id), { kind: "passkey_removed", name: row.name });
}
