/** Showing a passkey: to sign in, as a second factor, or to prove once more who one is. */
import type { Context } from "hono";
import { failed, ok, type Result } from "../../kernel/result";
import { takeTurn } from "../../http/limit";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import type { EnterRequest, NextPlace } from "../sessions/contract";
import { enterSession, proveAgain } from "../sessions/service";
import { makeChallenge, takeOwnChallenge, type Asked } from "./challenge";
import type { PasskeyRequest, PasskeyShown } from "./contract";
import { ANSWER_MS, knownCredentialOf, userHandleOf } from "./passkeys";
import { relyingParty } from "./passkey-rules";
import { verifyShown } from "./passkey-verify";
import { notePasskeyUse, readPasskey, readPasskeys, type PasskeyRow } from "./store";

/** One sentence for all that can be wrong: which credentials there are, and whose, is nobody's business. */
const WRONG_PASSKEY = failed({ kind: "wrong_proof", message: "That passkey did not work.", next: "Try again, or choose another way." });

/**
 * How a browser is asked for a passkey to sign in with: any that it has, with the person verified, for it stands alone.
 * Writes a challenge, and so takes a turn.
 */
export async function beginPasskeySignIn(c: Context): Promise<Result<{ options: PasskeyRequest }>> {
  const turn = await takeTurn(c, "passkey", {});
  if (!turn.ok) return turn;
  const challenge = await makeChallenge(c, { purpose: "sign_in", sessionId: null });
  return ok({ options: { challenge, rpId: relyingParty(c.get("config")).rpId, timeout: ANSWER_MS, userVerification: "required", allowCredentials: [] } });
}

/** Signs in whoever's passkey it is. `wrong_proof` for every answer that is not true, whatever is wrong with it. */
export async function finishPasskeySignIn(
  c: Context, { response, enter }: { readonly response: PasskeyShown; readonly enter?: EnterRequest | undefined },
): Promise<Result<NextPlace>> {
  const shown = await take(c, response, { purpose: "sign_in", sessionId: null });
  // Nobody said who they are: the authenticator has to, and it says so with the handle that it was given (section 7.2, step 6).
  if (!shown.ok || response.response.userHandle !== userHandleOf(shown.value.personId)) return shown.ok ? WRONG_PASSKEY : shown;
  return ok(await enterSession(c, shown.value.personId, { factor: "passkey", enter }));
}

/** How a browser is asked for one of the person's own passkeys. */
export async function beginSecondPasskey(c: Context, signed: SignedIn): Promise<Result<{ options: PasskeyRequest }>> {
  const own = await readPasskeys(directoryDb(c.env), signed.personId);
  if (own.length === 0) return failed({ kind: "conflict", message: "You have no passkey yet." });
  const challenge = await makeChallenge(c, askedOf(signed));
  const options: PasskeyRequest = {
    challenge, rpId: relyingParty(c.get("config")).rpId, timeout: ANSWER_MS, userVerification: "preferred", allowCredentials: own.map(knownCredentialOf),
  };
  return ok({ options });
}

/** Notes that the person showed one of their own passkeys; `wrong_proof` for every other answer. */
export async function finishSecondPasskey(c: Context, signed: SignedIn, response: PasskeyShown): Promise<Result<void>> {
  const shown = await take(c, response, askedOf(signed), signed);
  return shown.ok ? await proveAgain(c, signed, "passkey") : shown;
}

/** A challenge that was made at sign-in is none for a sensitive act later on, and the other way round. */
function askedOf({ sessionId, state }: SignedIn): Asked {
  return { purpose: state === "open" ? "step_up" : "second_factor", sessionId };
}

/** Checks an answer and notes the use; the passkey of `owner` alone, where there is one. */
async function take(c: Context, response: PasskeyShown, asked: Asked, owner: SignedIn | null = null): Promise<Result<PasskeyRow>> {
  const turn = await takeTurn(c, "passkey", {});
  if (!turn.ok) return turn;
  const directory = directoryDb(c.env);
  const world: World = c.get("world");
  const challenge = await takeOwnChallenge(c, response.response.clientDataJSON, asked);
  const row = challenge === null ? undefined : await readPasskey(directory, response.id);
  if (challenge === null || row === undefined || (owner !== null && row.personId !== owner.personId)) return WRONG_PASSKEY;
  const expected = { ...relyingParty(c.get("config")), challenge, needsUserVerification: owner === null };
  const shown = await verifyShown(response, expected, row);
  if (!shown.ok) {
    if (shown.failure.kind === "counter_went_back") world.log.warn("passkey.counter_went_back", {});
    return WRONG_PASSKEY;
  }
  const { counter, isBackedUp } = shown.value;
  const isNoted = await notePasskeyUse(directory, { credentialId: row.credentialId, counter, isBackedUp, at: world.clock() });
  return isNoted ? ok(row) : WRONG_PASSKEY;
}
