/**
 * Why a message did not arrive, in words: what happened, and what to do next. What Twilio's codes mean is Twilio's to say
 * (twilio.com/docs/api/errors); what to do about it in a shop is ours.
 */
import type { MessageProblem } from "./contract";
import type { MessageRow } from "./store";

type Words = { readonly title: string; readonly next: string };

/** What Daybook itself decided or found out. */
const REASONS = {
  opted_out: { title: "They said stop before it was sent. Nothing was sent.", next: "Only they can opt in again, by texting START from the same phone." },
  held: { title: "They wrote something that may mean stop before it was sent. Nothing was sent.", next: "Read what they wrote and decide about it, then write again." },
  too_late: { title: "It could not be sent in time, and was not sent late.", next: "Write it again if it still matters." },
  no_address: { title: "The contact has no address for it any more. Nothing was sent.", next: "Add one to the contact, then write again." },
  unanswered: { title: "The provider did not answer, and has nothing of it.", next: "Daybook tries again by itself a few times; if it has failed, write it again." },
  unknown: { title: "Nobody can say whether it was sent.", next: "Look it up in the provider's own log before you write it again." },
  busy: { title: "The provider asks us to slow down.", next: "It is sent by itself in a moment." },
  credentials: { title: "Twilio takes the shop's credentials no more.", next: "Ask whoever looks after texting to renew them; it is sent by itself then." },
  refused: { title: "The provider refused it.", next: "Its code is under the details; look it up there, or ask them." },
} as const satisfies Record<string, Words>;

const UNREACHABLE: Words = { title: "The phone could not be reached.", next: "It may be switched off or out of range. Try again later, or call." };
const NO_MOBILE: Words = { title: "That number takes no texts.", next: "Check the number with the person, or call." };
const BLOCKED: Words = { title: "The carrier kept it back as unwanted.", next: "Word it plainly, without shortened links, and check that the number is registered." };
const UNREGISTERED: Words = { title: "Carriers refuse texts from this number until it is registered.", next: "Complete the registration at Twilio; what it waits for stands under Texting." };
const SENDER: Words = { title: "The shop's number cannot send this.", next: "Ask whoever looks after texting to check the number at Twilio." };
const CROWDED: Words = { title: "More was sent from the number than the carrier takes at once.", next: "Write it again in a few minutes." };
const PICTURE: Words = { title: "The picture could not be delivered.", next: "Send the document as a link." };

const CODES: ReadonlyMap<string, Words> = new Map(Object.entries({
  "21211": { title: "That is no number that can be texted.", next: "Correct the contact's number." },
  "21214": UNREACHABLE,
  "21408": { title: "The account may not text to that country.", next: "Allow the country in Twilio's messaging settings, then write again." },
  "21606": SENDER,
  "21608": { title: "A trial account texts to verified numbers alone.", next: "Verify the number at Twilio, or upgrade the account." },
  "21610": REASONS.opted_out,
  "21611": CROWDED,
  "21612": { title: "There is no way from the shop's number to that one.", next: "Check both numbers at Twilio, or call." },
  "21614": NO_MOBILE,
  "21617": { title: "It is longer than a text can be.", next: "Shorten it, or send two." },
  "21620": PICTURE,
  "21703": SENDER,
  "30001": CROWDED,
  "30002": { title: "The account at Twilio is suspended.", next: "Settle that at Twilio, then write again." },
  "30003": UNREACHABLE,
  "30004": { title: "The number does not take texts from the shop.", next: "They may have blocked it: call, and note what they say." },
  "30005": { title: "The number is not in use.", next: "Check the number with the person." },
  "30006": NO_MOBILE,
  "30007": BLOCKED,
  "30008": { title: "The carrier could not deliver it and did not say why.", next: "Try again later, or call." },
  "30011": PICTURE,
  "30019": PICTURE,
  "30022": CROWDED,
  "30032": UNREGISTERED,
  "30034": UNREGISTERED,
}));

const STATES = {
  undelivered: { title: "The carrier did not deliver it.", next: "Try again later, or call." },
  failed: REASONS.refused,
  uncertain: { title: "The provider's answer was lost.", next: "Daybook looks it up there before it does anything else." },
} as const satisfies Record<string, Words>;

/** What stands in a message's way, or stood: null where nothing does. */
export function problemOf({ state, reason, errorCode }: Pick<MessageRow, "state" | "reason" | "errorCode">): MessageProblem | null {
  if (state === "received" || state === "delivered" || state === "accepted" || state === "sent" || state === "cancelled" || state === "sending") return null;
  const coded = errorCode === null ? undefined : CODES.get(errorCode);
  const reasoned = isReason(reason) ? REASONS[reason] : undefined;
  const words = coded ?? reasoned ?? (state === "queued" || state === "not_sent" ? undefined : STATES[state]);
  return words === undefined ? null : { ...words, code: errorCode };
}

function isReason(reason: string | null): reason is keyof typeof REASONS {
  return reason !== null && Object.hasOwn(REASONS, reason);
}
