/** Whether a passkey's answer is true. The signatures are the library's to check; the rest is in `passkey-rules`. */
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { failed, ok, type Result } from "../../kernel/result";
import type { PasskeyMade, PasskeyShown } from "./contract";
import { ALGORITHMS, isOurPage, isSoundKey, readClientData, type Expected } from "./passkey-rules";

/** What is kept of a passkey that was made. */
export type MadeKey = {
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
};

/** What is known of a passkey beforehand, to hold an answer against. */
export type KnownKey = Pick<MadeKey, "credentialId" | "publicKey" | "counter" | "isBackupEligible">;

/** What an answer says of the passkey now. */
export type ShownKey = { readonly counter: number; readonly isBackedUp: boolean };

/** Checks what an authenticator made; null for anything but a sound new key made for our page, in answer to our challenge. */
export async function verifyMade(made: PasskeyMade, expected: Expected): Promise<MadeKey | null> {
  const signed = readClientData(made.response.clientDataJSON);
  if (signed === null || !isOurPage(signed, "webauthn.create", expected)) return null;
  const { clientDataJSON, attestationObject } = made.response;
  const { verified, registrationInfo } = await orUnverified(async () => await verifyRegistrationResponse({
    response: { id: made.id, rawId: made.rawId, type: made.type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
    expectedChallenge: expected.challenge, expectedOrigin: expected.origin, expectedRPID: expected.rpId, expectedType: "webauthn.create",
    requireUserPresence: true, requireUserVerification: expected.needsUserVerification, supportedAlgorithmIDs: ALGORITHMS,
  }));
  if (!verified || registrationInfo === undefined) return null;
  const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo;
  if (credential.id !== made.id || !isSoundKey(credential.publicKey)) return null;
  return {
    credentialId: credential.id, publicKey: encodeBase64urlNoPadding(credential.publicKey), counter: credential.counter,
    isBackupEligible: credentialDeviceType === "multiDevice", isBackedUp: credentialBackedUp,
  };
}

/** Why an answer does not count. `counter_went_back`: all else is right, so there may be a copy of the authenticator. */
export type Unproved = { readonly kind: "not_proved" | "counter_went_back" };

/** Checks what an authenticator showed: only that passkey's own signature, for our page and in answer to our challenge, counts. */
export async function verifyShown(shown: PasskeyShown, expected: Expected, known: KnownKey): Promise<Result<ShownKey, Unproved>> {
  const signed = readClientData(shown.response.clientDataJSON);
  if (signed === null || !isOurPage(signed, "webauthn.get", expected) || shown.id !== known.credentialId) return NOT_PROVED;
  const { clientDataJSON, authenticatorData, signature } = shown.response;
  const { verified, authenticationInfo } = await orUnverified(async () => await verifyAuthenticationResponse({
    response: { id: shown.id, rawId: shown.rawId, type: shown.type, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature } },
    expectedChallenge: expected.challenge, expectedOrigin: expected.origin, expectedRPID: expected.rpId, expectedType: "webauthn.get",
    requireUserVerification: expected.needsUserVerification,
    // Its count is compared below, once the signature is known to be right: the library would refuse before it looked.
    credential: { id: known.credentialId, publicKey: new Uint8Array(decodeBase64urlIgnorePadding(known.publicKey)), counter: 0 },
  }));
  if (!verified || authenticationInfo === undefined) return NOT_PROVED;
  const { newCounter: counter, credentialDeviceType, credentialBackedUp: isBackedUp } = authenticationInfo;
  // Whether a passkey can be copied is settled when it is made; one that changes its mind is another one (section 6.1.3).
  if ((credentialDeviceType === "multiDevice") !== known.isBackupEligible) return NOT_PROVED;
  // Most authenticators do not count and say zero for ever (section 6.1.1).
  if ((counter > 0 || known.counter > 0) && counter <= known.counter) return failed({ kind: "counter_went_back" });
  return ok({ counter, isBackedUp });
}

const NOT_PROVED = failed({ kind: "not_proved" });

/** The library throws for whatever does not verify, and its parsers for whatever they cannot read: both are a refusal. */
async function orUnverified<T extends { readonly verified: boolean }>(verify: () => Promise<T>): Promise<T | Unverified> {
  try {
    return await verify();
  } catch {
    return { verified: false };
  }
}

type Unverified = { readonly verified: false; readonly registrationInfo?: undefined; readonly authenticationInfo?: undefined };
