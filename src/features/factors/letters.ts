/** Letters to a person about their own factors: whoever did not do it themselves finds out, and what to do. */
import type { Context } from "hono";
import type { SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import { postLetter, type Posting } from "../mail/service";

/** What happened, in the words of the letter. */
export type Change =
  | { readonly kind: "totp_added" | "totp_removed" | "recovery_codes_made" }
  | { readonly kind: "passkey_added" | "passkey_removed"; readonly name: string }
  | { readonly kind: "recovery_code_used"; readonly left: number };

/** Prepares the letter: its statement belongs into the batch of what it tells of. */
export async function tellOfChange(c: Context, { email, from }: Pick<SignedIn, "email" | "from">, change: Change): Promise<Posting> {
  const { subject, sentence } = wordsOf(change);
  const where = [from.place, from.address, from.device].filter((part) => part !== "").join(" · ");
  return await postLetter(c.get("world"), c.env, directoryDb(c.env), {
    kind: change.kind,
    to: email,
    subject,
    paragraphs: [
      sentence,
      `When: ${new Date(c.get("world").clock()).toUTCString()}.${where === "" ? "" : ` From: ${where}.`}`,
      "If this was you, there is nothing to do. If it was not, change your password and end the other sessions at once.",
    ],
    button: { text: "Look at your account", url: `${originOf("auth", c.get("config"))}/account` },
  });
}

function wordsOf(change: Change): { readonly subject: string; readonly sentence: string } {
  switch (change.kind) {
    case "totp_added":
      return { subject: "An authenticator app was added", sentence: "An authenticator app was added to your Daybook account. Signing in asks for its code from now on." };
    case "totp_removed":
      return { subject: "Your authenticator app was removed", sentence: "The authenticator app was removed from your Daybook account, and your other sessions were ended." };
    case "passkey_added":
      return { subject: "A passkey was added", sentence: `The passkey “${change.name}” was added to your Daybook account.` };
    case "passkey_removed":
      return { subject: "A passkey was removed", sentence: `The passkey “${change.name}” was removed from your Daybook account, and your other sessions were ended.` };
    case "recovery_codes_made":
      return { subject: "New recovery codes were made", sentence: "New recovery codes were made for your Daybook account. The earlier ones do not work any more." };
    case "recovery_code_used":
      return { subject: "A recovery code was used", sentence: `A recovery code was used to sign in to your Daybook account. ${leftOf(change.left)}` };
  }
}

function leftOf(left: number): string {
  if (left === 0) return "None are left: make new ones now.";
  return left === 1 ? "One is left: make new ones soon." : `${left} are left.`;
}
