/** Contacts as the web app sees them: people outside whom a shop may write to. Instants are epoch milliseconds. */
import { z } from "zod";
import { id } from "../connections/contract";
import { CHANNELS, CONSENT_ACTS, CONSENT_SOURCES } from "../consent/contract";
import { printable } from "../documents/contract";

/** Where an address stands. `none`: nothing on record. */
export const CONSENT_STATES = ["agreed", "opted_out", "held", "none"] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const LONGEST_NAME = 120;
export const LONGEST_NOTE = 1_000;
export const LONGEST_TAG = 40;
export const MOST_TAGS = 12;

const tag = printable(LONGEST_TAG).min(1);
/** Lines of text that people write. */
const lines = z.string().trim().max(LONGEST_NOTE).regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, "no control characters");

/** What somebody says of a contact. A number in any spelling; without a country's code it is one of the shop's country. */
export const description = z.strictObject({
  name: printable(LONGEST_NAME),
  phone: printable(60).nullable(),
  email: printable(254).nullable(),
  /** Where the person said to be, as an IANA zone; null: where the number is from. */
  zone: printable(60).nullable(),
  note: lines,
  tags: z.array(tag).max(MOST_TAGS),
});
export type Description = z.infer<typeof description>;

/** A new contact. `key` is the same for every attempt at one. */
export const newContact = description.extend({ key: id });
export type NewContact = z.infer<typeof newContact>;

/** What a contact is from now on, and the state that it was seen in. */
export const contactChange = description.extend({ version: z.number().int().min(1) });
export type ContactChange = z.infer<typeof contactChange>;

export const contactPath = z.strictObject({ contact: id });

/** How one address of somebody stands. A stop at the other address of the same person counts here too. */
export const addressConsent = z.strictObject({
  state: z.enum(CONSENT_STATES),
  /** Whether nothing is sent there. */
  isLocked: z.boolean(),
  since: z.number().int().nullable(),
  source: z.enum(CONSENT_SOURCES).nullable(),
});
export type AddressConsent = z.infer<typeof addressConsent>;

/** A contact in a list. */
export const contactItem = z.strictObject({
  id,
  version: z.number().int(),
  name: z.string(),
  /** E.164, and as it is read. */
  phone: z.string().nullable(),
  phoneText: z.string().nullable(),
  email: z.string().nullable(),
  tags: z.array(z.string()),
  /** Null where there is no such address. */
  consent: z.strictObject({ text: addressConsent.nullable(), email: addressConsent.nullable() }),
  changedAt: z.number().int(),
});
export type ContactItem = z.infer<typeof contactItem>;

export const contactsQuery = z.strictObject({
  /** Words that all must occur in name, number, address or tags, whatever their case and accents; or a number in any spelling. */
  search: printable(80).optional(),
  tag: tag.optional(),
  /** `opted_out` where any address is; `agreed` where one is and none is barred. */
  consent: z.enum(CONSENT_STATES).optional(),
  /** `next` of the page before. */
  after: z.string().regex(/^[A-Za-z0-9_-]{0,240}\.[a-z2-7]{26}$/, "where the page before ended").optional(),
});
export type ContactsQuery = z.infer<typeof contactsQuery>;
export const contactsView = z.strictObject({
  contacts: z.array(contactItem),
  next: z.string().nullable(),
  may: z.strictObject({ send: z.boolean(), manage: z.boolean() }),
});
export type ContactsView = z.infer<typeof contactsView>;

/** One line of the ledger of consent. `words` and `address` are null once they were erased. */
export const ledgerLine = z.strictObject({
  id: z.string(),
  channel: z.enum(CHANNELS),
  act: z.enum(CONSENT_ACTS),
  source: z.enum(CONSENT_SOURCES),
  words: z.string().nullable(),
  address: z.string().nullable(),
  saidAt: z.number().int(),
  at: z.number().int(),
  /** Whether it was noted for this address because the same person said it of another. */
  follows: z.boolean(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const contactView = contactItem.extend({
  zone: z.string().nullable(),
  note: z.string(),
  createdAt: z.number().int(),
  /** Newest first. */
  ledger: z.array(ledgerLine),
});
export type ContactView = z.infer<typeof contactView>;
export const contactAnswer = z.strictObject({ contact: contactView });
export type ContactAnswer = z.infer<typeof contactAnswer>;

/** Two contacts that are one person. What `from` has and the other lacks is kept; where both have it, the other's stands. */
export const mergeAsk = z.strictObject({ from: id, fromVersion: z.number().int().min(1), version: z.number().int().min(1) });
export type MergeAsk = z.infer<typeof mergeAsk>;

export const eraseAsk = z.strictObject({ version: z.number().int().min(1) });
export const contactErased = z.strictObject({ erased: z.boolean() });

/** What a column of a file can be. `consentHow` and `consentAt` count together only; nothing in a file ever ends a stop. */
export const IMPORT_FIELDS = [
  "name", "firstName", "lastName", "phone", "email", "zone", "note", "tags", "optedOut", "optedOutText", "optedOutEmail", "consentHow", "consentAt",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** The most that one file has: bytes, and people. */
export const LARGEST_IMPORT_BYTES = 10_000_000;
export const MOST_IMPORT_ROWS = 50_000;
const heading = printable(120);

/** Which heading is what, where the headings do not say so by themselves; none given: they are recognised. `dates`: how 7/4/2026 is meant. */
export const importQuery = z.strictObject({
  ...(Object.fromEntries(IMPORT_FIELDS.map((field) => [field, heading.optional()])) as Record<ImportField, z.ZodOptional<typeof heading>>),
  dates: z.enum(["mdy", "dmy"]).optional(),
});
export type ImportQuery = z.infer<typeof importQuery>;

const lineProblem = z.strictObject({
  /** Of the file, from 1. */
  line: z.number().int(),
  message: z.string(),
  /** Whether the person is left out; otherwise they are taken without what the sentence is about. */
  isRefused: z.boolean(),
});
export type LineProblem = z.infer<typeof lineProblem>;

/** What a file would change, as it stood when it was looked at. `optedOut`: people who are out, or whom the file puts out. */
export const preview = z.strictObject({
  headings: z.array(z.string()),
  columns: z.partialRecord(z.enum(IMPORT_FIELDS), z.string()),
  counts: z.strictObject({
    new: z.number().int(), changed: z.number().int(), same: z.number().int(), refused: z.number().int(), optedOut: z.number().int(), agreed: z.number().int(),
  }),
  /** The first of the lines that are wrong; `refused` counts all. */
  problems: z.array(lineProblem),
});
export type Preview = z.infer<typeof preview>;

export const importPath = z.strictObject({ import: id });
export const importView = z.strictObject({
  id,
  state: z.enum(["ready", "running", "done"]),
  preview,
  /** People in the file that are taken, or whose stop is, and how many of them are done. */
  rows: z.number().int(),
  done: z.number().int(),
  /** When the file is let go of if nobody goes on with it. */
  expiresAt: z.number().int(),
});
export type ImportView = z.infer<typeof importView>;
export const importAnswer = z.strictObject({ import: importView });
export const importsView = z.strictObject({ imports: z.array(importView) });
export const noWords = z.strictObject({});
