/** Passkeys in this browser. The library is fetched when a passkey is asked for, not before. */
import type { z } from "zod";
import type { passkeyMade, passkeyShown, PasskeyCreation, PasskeyRequest } from "../../src/features/factors/contract";
import type { Answer, Trouble } from "./ask";
import { passkeyWords as words } from "./sign-in-words";

/** As the browser gave it; the server reads it anew. */
export type Shown = z.input<typeof passkeyShown>;
export type Made = z.input<typeof passkeyMade>;

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === "function";
}

/** Whether it offers them where a name is filled in. */
export async function offersPasskeys(): Promise<boolean> {
  return knowsPasskeys() && "isConditionalMediationAvailable" in PublicKeyCredential && await PublicKeyCredential.isConditionalMediationAvailable();
}

/** Lets the person show a passkey: by the browser's dialog, or (`autofill`) when they pick one at the email field. */
export async function showPasskey(options: PasskeyRequest, isAutofill = false): Promise<Answer<Shown>> {
  try {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return { ok: true, value: await startAuthentication({ optionsJSON: options, useBrowserAutofill: isAutofill }) };
  } catch (error) {
    return { ok: false, failure: troubleOf(error) };
  }
}

/** Makes a passkey for the person who is signed in. */
export async function makePasskey(options: PasskeyCreation): Promise<Answer<Made>> {
  try {
    const { startRegistration } = await import("@simplewebauthn/browser");
    return { ok: true, value: await startRegistration({ optionsJSON: options }) };
  } catch (error) {
    return { ok: false, failure: troubleOf(error) };
  }
}

/** Stops waiting for a passkey at the email field. */
export async function forgetPasskey(): Promise<void> {
  const { WebAuthnAbortService } = await import("@simplewebauthn/browser");
  WebAuthnAbortService.cancelCeremony();
}

/** The name is the specification's word for what happened (WebAuthn Level 3, section 14.5); the prose is never read. */
function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : "";
  const [title, next] = name === "InvalidStateError" ? words.alreadyThere : name === "NotAllowedError" || name === "AbortError" ? words.stopped : words.broken;
  return { kind: "unexpected", title, next, fields: [], reference: "" };
}
