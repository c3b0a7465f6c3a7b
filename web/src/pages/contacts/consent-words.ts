/** Consent in words: what was said, by which way, and where somebody stands. The inbox says the same. */
import type { Channel, ConsentAct, ConsentSource } from "../../../../src/features/consent/contract";
import type { ConsentState } from "../../../../src/features/contacts/contract";
import type { StateWord } from "../../words";

export const channelWords = { text: "Text", email: "Email" } as const satisfies Record<Channel, string>;

/** By which way it came: "on 14 July 2026, by text message". */
export const sourceWords = {
  text: "by text message",
  email_link: "by the link in an email",
  web_form: "by the form on the web",
  call: "on the phone",
  staff: "said to your staff",
  import: "from an imported list",
  bounce: "because the address bounced",
  complaint: "by marking an email as spam",
  provider: "as the carrier reported",
  organisation: "at another shop of the organisation",
} as const satisfies Record<ConsentSource, string>;

/** What a line of the ledger says was done. Every one has a glyph beside its colour. */
export const consentActWords = {
  agreed: { glyph: "✓", word: "Agreed to be written to", tone: "ties" },
  opted_in: { glyph: "✓", word: "Came back", tone: "ties" },
  opted_out: { glyph: "×", word: "Said stop", tone: "failed" },
  held: { glyph: "◐", word: "May have meant stop", tone: "held" },
  released: { glyph: "↻", word: "Did not mean stop", tone: "quiet" },
} as const satisfies Record<ConsentAct, StateWord>;

/** Where an address stands. */
export const consentStates = {
  agreed: { glyph: "✓", word: "Agreed", tone: "ties" },
  opted_out: { glyph: "×", word: "Said stop", tone: "failed" },
  held: { glyph: "◐", word: "May have meant stop", tone: "held" },
  none: { glyph: "○", word: "Nothing noted", tone: "quiet" },
} as const satisfies Record<ConsentState, StateWord>;

/** The same of a source as the register names it; a way that is not known is left out. */
export function wayOfSource(source: string): string {
  return new Map<string, string>(Object.entries(sourceWords)).get(source) ?? "by a way that was not noted";
}
