/** What is decided about a shop's number: how it is read, and what its state and its registration mean for whoever texts from it. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { LineView, Registration } from "./contract";

/** So many of a shop's earlier numbers are listened for: in 400 characters of JSON. */
const MOST_FORMER_NUMBERS = 16;

/** A number in any spelling as E.164, read as one of North America where it names no country; null for what can be none. */
export function readNumber(text: string): string | null {
  const number = parsePhoneNumberFromString(text, "US");
  return number === undefined || !number.isPossible() ? null : number.number;
}

/** A line before it changes; what was sent by another account is answered there. */
type Earlier = { readonly accountSid: string; readonly number: string; readonly formerNumbers: readonly string[] };

/** Where people may still answer what a shop sent, newest first, once it texts from `number` of an account. */
export function formerNumbersOf(seen: Earlier | undefined, { accountSid, number }: Pick<Earlier, "accountSid" | "number">): readonly string[] {
  if (seen === undefined || seen.accountSid !== accountSid) return [];
  return [...new Set([seen.number, ...seen.formerNumbers])].filter((former) => former !== number).slice(0, MOST_FORMER_NUMBERS);
}

type Standing = { readonly means: string; readonly next: string };

/** What a line's state means. */
export const STATES = {
  active: { means: "Twilio takes this account and number.", next: "There is nothing to do." },
  refused: {
    means: "Twilio takes this account or number no more. No texts go out, and those that were written wait.",
    next: "Look at the account at Twilio, then enter its Auth Token anew or check again.",
  },
} as const satisfies Record<LineView["state"]["kind"], Standing>;

/** What it means how far a number's registration with the carriers is: 10DLC, https://www.twilio.com/docs/messaging/compliance/a2p-10dlc. */
export const REGISTRATION_WORDS = {
  not_needed: { means: "The carriers ask for no registration of this kind of number.", next: "There is nothing to do." },
  unknown: {
    means: "Twilio does not say whether the carriers know this shop. They block texts of those whom they do not know (error 30034).",
    next: "Register brand and campaign at Twilio under Messaging, Regulatory Compliance, add the number to the campaign, then check again.",
  },
  pending: {
    means: "The carriers are still looking at the registration. Until they are done they may block the shop's texts (error 30034).",
    next: "Wait for Twilio's letter, which takes days or weeks, then check again.",
  },
  approved: { means: "The carriers know this shop and let its texts through.", next: "There is nothing to do." },
  refused: {
    means: "The carriers refused the registration. They block the shop's texts (error 30034).",
    next: "Read the reason at Twilio under Messaging, Regulatory Compliance, mend it there, then check again.",
  },
} as const satisfies Record<Registration, Standing>;
