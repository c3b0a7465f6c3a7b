/**
 * What a letter says, before it is markup or wire: bounded, on one line where a line is a header, and led only to
 * Daybook's own addresses. Names that people chose stand in letters to other people: nothing of them is believed.
 */
import { z } from "zod";
import { assert } from "../../kernel/assert";
import type { Config } from "../../platform/env";
import { emailAddress } from "../people/contract";

/** Words of a letter, without markup: the text and the HTML of it are made from the same. */
export type Letter = {
  /** What it is about, a word of ours in lower case: `sign_in_link`, `new_device`. */
  readonly kind: string;
  /** One address, as `emailAddress` of people's contract made it. Anything else is a bug and throws. */
  readonly to: string;
  readonly subject: string;
  /** Sentences, a paragraph each; a line break in them would be one of somebody else's making, and is taken out. */
  readonly paragraphs: readonly string[];
  /** A button that leads to an address of Daybook's own, made from configuration. Any other address throws. */
  readonly button?: { readonly text: string; readonly url: string };
  /** A code to be typed, shown large. */
  readonly code?: string;
  /** Files to take away, 1 MB of text in all: a checkpoint of an audit log. */
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  /** After this instant (epoch milliseconds) it is not sent any more; a day from now when left out, and at most. */
  readonly usefulUntil?: number;
};

const attachment = z.strictObject({ name: z.string(), type: z.string(), text: z.string() });

/** A letter's words as they are sealed. */
const words = z.strictObject({
  to: z.string(),
  subject: z.string(),
  paragraphs: z.array(z.string()),
  button: z.strictObject({ text: z.string(), url: z.string() }).nullable(),
  code: z.string().nullable(),
  attachments: z.array(attachment),
});
export type Words = z.infer<typeof words>;

const LONGEST_SUBJECT = 200;
const LONGEST_PARAGRAPH = 2_000;
const MOST_PARAGRAPHS = 60;
const LARGEST_ATTACHMENTS = 1_000_000;
const MOST_ATTACHMENTS = 10;

/** The words of a letter, cleaned. Throws for what only a bug of ours could ask: no address, a strange link, too much. */
export function wordsOf(letter: Letter, config: Pick<Config, "domain" | "scheme">): Words {
  const { button, code, attachments = [] } = letter;
  assert(/^[a-z][a-z_]{0,39}$/.test(letter.kind), "a letter's kind is a word of ours");
  assert(emailAddress.safeParse(letter.to).success, "a letter goes to one address");
  assert(letter.paragraphs.length <= MOST_PARAGRAPHS, "a letter is no book");
  assert(button === undefined || isOurs(button.url, config), "a letter leads to Daybook's own addresses");
  assert(attachments.length <= MOST_ATTACHMENTS && sizeOf(attachments) <= LARGEST_ATTACHMENTS, "what a letter carries is small");
  return {
    to: letter.to,
    subject: oneLine(letter.subject, LONGEST_SUBJECT),
    paragraphs: letter.paragraphs.map((paragraph) => oneLine(paragraph, LONGEST_PARAGRAPH)),
    button: button === undefined ? null : { text: oneLine(button.text, LONGEST_SUBJECT), url: button.url },
    code: code === undefined ? null : oneLine(code, LONGEST_SUBJECT),
    attachments: attachments.map(({ name, type, text }) => ({ name: fileName(name), type: oneLine(type, LONGEST_SUBJECT), text })),
  };
}

/** Reads sealed words back. Throws where they are none: they were sealed by us, so nobody else can have written them. */
export function readWords(text: string): Words {
  return words.parse(JSON.parse(text));
}

/**
 * One line: no control character or line separator (a header would end there), no override of the direction of
 * reading (a name could hide what follows), and nothing that mail programs decode (RFC 2047, `=?utf-8?`).
 */
export function oneLine(text: string, longest: number): string {
  const plain = text.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/gu, "").replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").replaceAll("=?", "= ?").trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1).toWellFormed()}…`;
}

function fileName(name: string): string {
  return oneLine(name, 100).replace(/[^\w.-]+/g, "-");
}

function isOurs(address: string, { domain, scheme }: Pick<Config, "domain" | "scheme">): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.username === "" && url.password === "" && (url.host === domain || url.host.endsWith(`.${domain}`));
}

function sizeOf(attachments: NonNullable<Letter["attachments"]>): number {
  return attachments.reduce((bytes, { text }) => bytes + new TextEncoder().encode(text).byteLength, 0);
}
