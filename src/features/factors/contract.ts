/** Second factors and passkeys at `auth.`. What an authenticator says is bounded here, before anything reads it. */
import { z } from "zod";
import { enterRequest } from "../sessions/contract";

/** More than anybody has, and few enough to be listed in one request to an authenticator. */
export const MOST_PASSKEYS = 20;
export const RECOVERY_CODES = 10;

const base64url = (longest: number) => z.string().max(longest).regex(/^[A-Za-z0-9_-]*$/, "base64url without padding");

/** A credential's id has at most 1,023 bytes (WebAuthn Level 3, section 5.8.3). */
const credentialId = base64url(1_364).min(1);
const instant = z.int();

/** An authenticator app's code, with or without the space in the middle. */
const totpCode = z.string().max(20).transform((text) => text.replace(/\s/g, "")).pipe(z.string().regex(/^\d{6}$/, "Enter the six digits that the app shows."));
const recoveryCode = z.string().min(1, "Enter one of your recovery codes.").max(60);
const passkeyName = z.string().trim().min(1, "Give the passkey a name.").max(60);
const recoveryCodes = z.array(z.string().max(30)).length(RECOVERY_CODES);

export const nothing = z.strictObject({});
export const passkeyParams = z.strictObject({ passkey: z.string().regex(/^[a-z2-7]{26}$/) });

/** What a person can show beside a password or a link. Instants are epoch milliseconds. */
export const factorsView = z.strictObject({
  totp: z.strictObject({ confirmedAt: instant }).nullable(),
  passkeys: z.array(z.strictObject({
    id: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable(),
    /** Whether it is copied between devices, as it said when it was last used. */
    isBackedUp: z.boolean(),
  })).max(MOST_PASSKEYS),
  recoveryCodesLeft: z.int().min(0).max(RECOVERY_CODES),
});
export type FactorsView = z.infer<typeof factorsView>;

/** An authenticator app's new key: for its camera, drawn as a picture by the page, and for typing. */
export const totpBegun = z.strictObject({ uri: z.string(), secret: z.string() });
export type TotpBegun = z.infer<typeof totpBegun>;
export const totpRequest = z.strictObject({ code: totpCode });

/** New recovery codes where the person had no factor before, and null where theirs still hold. */
export const newCodes = z.strictObject({ recoveryCodes: recoveryCodes.nullable() });
export type NewCodes = z.infer<typeof newCodes>;
export const codesView = z.strictObject({ codes: recoveryCodes });

/** What is there to show as a second factor, and whether it has to be shown before anything else. */
export const secondFactorView = z.strictObject({
  totp: z.boolean(),
  passkey: z.boolean(),
  recoveryCode: z.boolean(),
  /** Whether there is any; nobody can show what they have not set up. */
  isEnrolled: z.boolean(),
  state: z.enum(["second_factor", "open"]),
});
export type SecondFactorView = z.infer<typeof secondFactorView>;

export const secondFactorByTotp = z.strictObject({ code: totpCode, enter: enterRequest.optional() });
export const secondFactorByRecovery = z.strictObject({ code: recoveryCode, enter: enterRequest.optional() });

/** What browsers and their extensions say of themselves: allowed to be there, looked at by nobody, kept nowhere. */
const ignored = z.unknown().transform(() => undefined).optional();
const attachment = z.enum(["platform", "cross-platform"]).optional();

/** What `navigator.credentials.create` gave, as JSON (WebAuthn Level 3, `RegistrationResponseJSON`). */
export const passkeyMade = z.strictObject({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.strictObject({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(16_000),
    transports: z.array(z.string().max(32)).max(10).optional(),
    authenticatorData: ignored, publicKey: ignored, publicKeyAlgorithm: ignored,
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: ignored,
});
export type PasskeyMade = z.infer<typeof passkeyMade>;

/** What `navigator.credentials.get` gave, as JSON (`AuthenticationResponseJSON`). */
export const passkeyShown = z.strictObject({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.strictObject({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(2_000),
    userHandle: base64url(100).nullish(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: ignored,
});
export type PasskeyShown = z.infer<typeof passkeyShown>;

export const passkeyFinish = z.strictObject({ name: passkeyName, response: passkeyMade });
export const passkeyRename = z.strictObject({ name: passkeyName });
export const passkeyShow = z.strictObject({ response: passkeyShown, enter: enterRequest.optional() });

/** How a browser can reach an authenticator; a word that is not known here is left out. */
export const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
const knownCredential = z.strictObject({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.enum(TRANSPORTS)).max(10).optional() });
const userVerification = z.enum(["required", "preferred", "discouraged"]);

/** For `startRegistration({ optionsJSON })` of `@simplewebauthn/browser`. */
export const passkeyCreation = z.strictObject({
  challenge: z.string(),
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal("public-key"), alg: z.int() })).max(10),
  timeout: z.int(),
  attestation: z.literal("none"),
  excludeCredentials: z.array(knownCredential).max(MOST_PASSKEYS),
  authenticatorSelection: z.strictObject({ residentKey: z.enum(["required", "preferred"]), requireResidentKey: z.boolean(), userVerification }),
});
export type PasskeyCreation = z.infer<typeof passkeyCreation>;

/** For `startAuthentication({ optionsJSON })`; without any `allowCredentials` the browser offers what it has. */
export const passkeyRequest = z.strictObject({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification,
  allowCredentials: z.array(knownCredential).max(MOST_PASSKEYS),
});
export type PasskeyRequest = z.infer<typeof passkeyRequest>;

export const creationBegun = z.strictObject({ options: passkeyCreation });
export const requestBegun = z.strictObject({ options: passkeyRequest });
