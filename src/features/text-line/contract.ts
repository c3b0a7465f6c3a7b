/** The number that a shop texts from, as the web app sees it. Credentials go in and never come back. */
import { z } from "zod";
import { printable } from "../documents/contract";

/** What the carriers know of a shop that texts from an ordinary number of the United States (10DLC). */
export const REGISTRATIONS = ["not_needed", "unknown", "pending", "approved", "refused"] as const;
export type Registration = (typeof REGISTRATIONS)[number];

export const ACCOUNT_KINDS = ["own", "platform"] as const;
export const LINE_STATES = ["active", "refused", "removed"] as const;

const sid = (prefix: string) => z.string().trim().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`), `${prefix} and 32 of the characters 0-9 and a-f, as Twilio shows it`);
const secret = z.string().trim().regex(/^[!-~]{16,128}$/, "as Twilio shows it, without blanks");

/** The shop's own account, with its secrets or, for the same account, with those that are kept; or one below the platform's. */
const account = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("own"),
    sid: sid("AC"),
    credentials: z.strictObject({ authToken: secret, apiKey: z.strictObject({ sid: sid("SK"), secret }).nullable() }).nullable(),
  }),
  z.strictObject({ kind: z.literal("platform") }),
]);

/** Sets up the line, or changes the one that was seen. */
export const lineChange = z.strictObject({
  account,
  /** In any spelling; a number without a country's code is read as one of the United States or Canada. */
  number: z.string().trim().min(1).max(40),
  serviceSid: sid("MG").nullable(),
  /** Who answers a HELP, and how to be reached otherwise. */
  displayName: printable(60).min(1),
  helpContact: printable(120).min(1),
  /** Messages a minute, and millionths of a dollar for a segment. */
  perMinute: z.int().min(1).max(6_000),
  segmentMicros: z.int().min(0).max(1_000_000),
  /** Of the line that was seen; 0 where there was none. */
  version: z.int().min(0),
});
export type LineChange = z.infer<typeof lineChange>;

/** Where the line stands: `means` says what that is for the shop's texts, `next` what to do. */
const standing = z.strictObject({ means: z.string(), next: z.string() });

export const lineView = z.strictObject({
  number: z.string(),
  /** Where answers to what was sent from there are still heard. */
  formerNumbers: z.array(z.string()),
  serviceSid: z.string().nullable(),
  /** Null for those who may not set it up, as `hooks`. */
  account: z.strictObject({ kind: z.enum(ACCOUNT_KINDS), sid: z.string() }).nullable(),
  state: standing.extend({ kind: z.enum(["active", "refused"]) }),
  registration: standing.extend({ kind: z.enum(REGISTRATIONS) }),
  /** To be copied into the number's settings at Twilio, and where it tells what became of a text by itself. */
  hooks: z.strictObject({ arrived: z.string(), status: z.string() }).nullable(),
  displayName: z.string(),
  helpContact: z.string(),
  perMinute: z.int(),
  segmentMicros: z.int(),
  changedAt: z.int(),
});
export type LineView = z.infer<typeof lineView>;

export const textingView = z.strictObject({
  line: lineView.nullable(),
  /** Of a line that was removed too: what is set up next follows it. 0 where there never was one. */
  version: z.int(),
  mayManage: z.boolean(),
});
export type TextingView = z.infer<typeof textingView>;

/** Nothing to say but which line was seen. */
export const seenLine = z.strictObject({ version: z.int().min(1) });
