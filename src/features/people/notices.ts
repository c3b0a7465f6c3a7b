/**
 * One letter for every event that touches who may act as a person (OWASP ASVS 5.0 6.3.5 and 6.3.7). It says what, when
 * and from where, and what to do if it was somebody else. It holds no link that changes anything, so there is nothing in
 * it to imitate; words of strangers (a browser's name for itself) are never repeated.
 */
import { deviceInWords } from "../../kernel/device";
import type { Origin } from "../../http/origin";
import { originOf } from "../../http/site";
import type { Config } from "../../platform/env";
import type { Letter } from "../mail/service";

/** What happened. `name` is what the person called a passkey; `left` counts recovery codes. */
export type SecurityEvent =
  | { readonly kind: "new_device" }
  | { readonly kind: "password_set" }
  | { readonly kind: "password_changed" }
  | { readonly kind: "account_reclaimed" }
  | { readonly kind: "address_verified" }
  | { readonly kind: "address_change_asked"; readonly newEmail: string }
  | { readonly kind: "address_changed"; readonly oldEmail: string; readonly newEmail: string }
  | { readonly kind: "totp_added" }
  | { readonly kind: "totp_removed" }
  | { readonly kind: "passkey_added"; readonly name: string }
  | { readonly kind: "passkey_removed"; readonly name: string }
  | { readonly kind: "recovery_codes_made" }
  | { readonly kind: "recovery_code_used"; readonly left: number }
  | { readonly kind: "sessions_ended" };

/** When (epoch milliseconds) and from where it was done. */
export type Occasion = { readonly at: number; readonly from: Origin };

type Told = { readonly subject: string; readonly sentence: string };
type Teller = { readonly [K in SecurityEvent["kind"]]: (event: Extract<SecurityEvent, { kind: K }>) => Told };

const TELL: Teller = {
  new_device: () => ({ subject: "New sign-in to Daybook", sentence: "Somebody signed in to your Daybook account in a browser that it has not seen before." }),
  password_set: () => ({ subject: "A password was set", sentence: "A password was set for your Daybook account." }),
  password_changed: () => ({ subject: "Your password was changed", sentence: "The password of your Daybook account was changed." }),
  account_reclaimed: () => ({ subject: "Your Daybook account starts afresh", sentence: "Your email address was proved for the first time, so whatever was set up on the account before that no longer works: its password, passkeys, authenticator app and sessions. Set up anew what you need." }),
  address_verified: () => ({ subject: "Your email address is confirmed", sentence: "This email address was confirmed for your Daybook account." }),
  address_change_asked: ({ newEmail }) => ({ subject: "Your email address is about to change", sentence: `Somebody signed in as you asked to change the email address of your Daybook account to ${newEmail}. It changes as soon as that address is confirmed.` }),
  address_changed: ({ oldEmail, newEmail }) => ({ subject: "Your email address was changed", sentence: `The email address of your Daybook account was changed from ${oldEmail} to ${newEmail}.` }),
  totp_added: () => ({ subject: "An authenticator app was added", sentence: "An authenticator app was added to your Daybook account." }),
  totp_removed: () => ({ subject: "Your authenticator app was removed", sentence: "The authenticator app was removed from your Daybook account." }),
  passkey_added: ({ name }) => ({ subject: "A passkey was added", sentence: `The passkey “${name}” was added to your Daybook account.` }),
  passkey_removed: ({ name }) => ({ subject: "A passkey was removed", sentence: `The passkey “${name}” was removed from your Daybook account.` }),
  recovery_codes_made: () => ({ subject: "New recovery codes were made", sentence: "New recovery codes were made for your Daybook account. Earlier ones no longer work." }),
  recovery_code_used: ({ left }) => ({ subject: "A recovery code was used", sentence: `A recovery code of your Daybook account was used. ${left === 1 ? "One is" : `${left} are`} left.` }),
  sessions_ended: () => ({ subject: "You were signed out elsewhere", sentence: "Your Daybook account was signed out in other browsers." }),
};

/** The letter about a security event to the person whose account it is; `to` is the address it goes to. */
export function securityNotice(
  config: Pick<Config, "domain" | "scheme">, to: string, event: SecurityEvent, occasion: Occasion,
): Letter {
  const tell = TELL[event.kind] as (event: SecurityEvent) => Told;
  const { subject, sentence } = tell(event);
  return {
    kind: event.kind, to, subject,
    paragraphs: [
      sentence, whenAndWhere(occasion),
      "If this was you, there is nothing to do. If it was not, open Daybook, end the sessions that you do not know under Account, Security, and change your password.",
    ],
    button: { text: "Look at your security settings", url: `${originOf("auth", config)}/account/security` },
  };
}

/** "14 July 2026 at 11:00 UTC, with Chrome on Windows, near Lisbon, PT (203.0.113.7)." */
export function whenAndWhere({ at, from }: Occasion): string {
  const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at);
  const place = from.place === "" ? "" : `, near ${from.place}`;
  const address = from.address === "" ? "" : ` (${from.address})`;
  return `It was done on ${time} UTC, with ${deviceInWords(from.device)}${place}${address}.`;
}
