/** Signing in and up at `auth.`, and what a person changes about their own account. */
import { z } from "zod";
import { personName } from "../people/contract";
import { enterRequest } from "../sessions/contract";

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 1_000;

/**
 * 12 characters (code points) at least, and any of them: the length is what counts (NIST SP 800-63B-4 section
 * 3.1.1.2). What is on the list of common ones is refused by the service, with words.
 */
export const newPassword = z.string().max(LONGEST_PASSWORD, "Choose at most 1,000 characters.")
  .refine((text) => Array.from(text.normalize("NFC")).length >= SHORTEST_PASSWORD, "Choose at least 12 characters.");

/** An address as it was typed; whether it is one, and which, `people/contract.emailAddress` says. */
const typedEmail = z.string().trim().min(3, "Enter your email address.").max(254);
const typedPassword = z.string().min(1, "Enter your password.").max(LONGEST_PASSWORD);

export const signInRequest = z.strictObject({ email: typedEmail, password: typedPassword, enter: enterRequest.optional() });
export type SignInRequest = z.infer<typeof signInRequest>;

/** What a letter's link brings after its purpose (`/link#sign_in.<token>`): which letter, and the proof. */
const linkToken = z.string().regex(/^[a-z2-7]{26}\.[\w-]{43}$/, "Open the link of the letter again.");
/** The six digits of a letter, with or without a space in the middle. */
const typedCode = z.string().max(20).transform((text) => text.replaceAll(/\s/g, "")).pipe(z.string().regex(/^\d{6}$/, "Enter the six digits of the letter."));

/** One of the two things that a letter holds. A token counts in the browser that asked for the letter, a code is typed there. */
export const mailProofRequest = z.union([z.strictObject({ token: linkToken }), z.strictObject({ code: typedCode })]);
export type MailProof = z.infer<typeof mailProofRequest>;

/** Asking for a letter: to sign in, to sign up, to choose another password, to change an address. */
export const letterRequest = z.strictObject({ email: typedEmail });
export const linkRequest = z.strictObject({ email: typedEmail, enter: enterRequest.optional() });
export const linkProofRequest = z.union([
  z.strictObject({ token: linkToken, enter: enterRequest.optional() }),
  z.strictObject({ code: typedCode, enter: enterRequest.optional() }),
]);

/** The address that was proved. */
export const provedEmail = z.strictObject({ email: z.string() });

const newShopFields = z.strictObject({
  name: z.string().trim().min(1, "Enter the shop's name.").max(100),
  slug: z.string().trim().toLowerCase().min(2, "Choose an address of 2 letters or more.").max(40),
  zone: z.string().max(60),
  currency: z.string().length(3, "Choose a currency such as USD."),
});

/** What is asked after the address was proved. Without a password people sign in by link or passkey. */
export const signUpRequest = z.strictObject({ name: personName, password: newPassword.nullable(), shop: newShopFields.nullable() });
export type SignUpRequest = z.infer<typeof signUpRequest>;
/** Another shop of somebody who is signed in. */
export const newShopRequest = newShopFields;
export type NewShopRequest = z.infer<typeof newShopRequest>;

export const slugQuery = z.strictObject({ slug: z.string().max(60) });
/** Whether a shop may have that address: the reason why not in words, and one that is free. */
export const slugView = z.strictObject({ isFree: z.boolean(), problem: z.string().nullable(), suggestion: z.string().nullable() });
export type SlugView = z.infer<typeof slugView>;

/** A new password, by the way of a letter or signed in; `endOthers` signs the person out in their other browsers. */
export const passwordRequest = z.strictObject({ password: newPassword, endOthers: z.boolean() });
export const passwordProofRequest = z.strictObject({ password: typedPassword });
export const nameRequest = z.strictObject({ name: personName });

/** A person's own account. `pendingEmail`: the address that they asked to change to and did not prove yet. */
export const accountView = z.strictObject({
  name: z.string(), email: z.string(), isVerified: z.boolean(), hasPassword: z.boolean(), pendingEmail: z.string().nullable(),
});
export type AccountView = z.infer<typeof accountView>;
