/** What crosses HTTP about consent. Instants are epoch milliseconds, dates the shop's own. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";
import { emailAddress } from "../people/contract";

/** How somebody is reached. */
export const CHANNELS = ["text", "email"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a line of the ledger says was done. `agreed`: beforehand; `held`: may have meant stop; `released`: a person found that it did not. */
export const CONSENT_ACTS = ["agreed", "opted_out", "opted_in", "held", "released"] as const;
export type ConsentAct = (typeof CONSENT_ACTS)[number];

/** By which way it came. */
export const CONSENT_SOURCES = ["text", "email_link", "web_form", "call", "staff", "import", "bounce", "complaint", "provider", "organisation"] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/** An address as consent knows it: E.164, or an email address in its stored form. */
export const addressInput = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("text"), value: z.string().regex(/^\+[1-9]\d{6,14}$/, "a number such as +12065550100") }),
  z.strictObject({ channel: z.literal("email"), value: emailAddress }),
]);
export const addressView = z.strictObject({ channel: z.enum(CHANNELS), value: z.string() });

/** What somebody noted of a conversation: line breaks are part of it. */
const note = z.string().trim().min(1, "Say how it was said.").max(1_000).regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, "no control characters");

const entry = {
  /** Made by the page for this entry: sent twice, it is one. */
  key: id,
  address: addressInput,
  /** How it came to the shop. */
  source: z.enum(["call", "web_form", "staff"]),
  note,
  /** When it was said; not in the future. */
  saidAt: z.int().min(0),
};

/** A stop that reached the shop otherwise: by telephone, on a form, across the counter. `also`: the same person's other addresses. */
export const optOutEntry = z.strictObject({ ...entry, also: z.array(addressInput).max(5) });
export type OptOutEntry = z.output<typeof optOutEntry>;
/** `isFirst`: they were not out before. */
export const optOutEntered = z.strictObject({ isFirst: z.boolean() });

/** That somebody agreed to be written to at one address. It ends no stop: `opted_out` and `consent_held` are refused. */
export const agreementEntry = z.strictObject(entry);
export type AgreementEntry = z.output<typeof agreementEntry>;

/** Somebody to whom nothing goes until a person has read what they said. Address and words are null once they were erased. */
export const heldView = z.strictObject({
  id,
  addresses: z.array(addressView),
  words: z.string().nullable(),
  source: z.enum(CONSENT_SOURCES),
  saidAt: z.number().int(),
  heldAt: z.number().int(),
});
export type HeldView = z.infer<typeof heldView>;
/** Longest first, at most 200. */
export const heldListView = z.strictObject({ held: z.array(heldView) });

export const heldPath = z.strictObject({ held: id });
/** What was meant. `released`: something else; the note says what. */
export const heldDecision = z.strictObject({ decision: z.enum(["opted_out", "released"]), note: note.max(500) });
export type HeldDecision = z.output<typeof heldDecision>;

/** Both dates included, at most 400 days. */
export const revocationsQuery = z.strictObject({ from: dateText, to: dateText });
export const revocationView = z.strictObject({
  id,
  channel: z.enum(CHANNELS),
  /** Null once its person was erased. */
  address: z.string().nullable(),
  words: z.string().nullable(),
  source: z.enum(CONSENT_SOURCES),
  saidAt: z.number().int(),
  /** From when on nothing was sent. */
  honouredAt: z.number().int(),
  /** The tenth business day after the day on which it was said. */
  lastDay: dateText,
  isKept: z.boolean(),
});
export type RevocationView = z.infer<typeof revocationView>;
/** `isCut`: there are more than 2,000 in the range; ask for less at once, or for the file, which has all. */
export const revocationsView = z.strictObject({ revocations: z.array(revocationView), isCut: z.boolean() });
export type RevocationsView = z.infer<typeof revocationsView>;

/** Whether a stop at one of an organisation's shops is one at all of them. */
export const sharingView = z.strictObject({ sharesOptOuts: z.boolean(), words: z.string() });
export type SharingView = z.infer<typeof sharingView>;
export const sharingChange = z.strictObject({ sharesOptOuts: z.boolean() });
