/** What the share sheet says. */
import type { ShareView, UseAct } from "../../../../src/features/shares/contract";
import type { StateWord } from "../../words";

export const shareWords = {
  title: (title: string) => `Share “${title}”`,
  about: "Whoever has the link sees this one document, without signing in. Every use of it is written down.",
  newLink: "New link",
  recipient: "For whom",
  recipientHint: "Such as “Mr Ito, Job 1042”. They see it; leave it empty if you like.",
  disposition: "It lets them",
  dispositions: { inline: "open it, and save it", attachment: "save it" },
  days: "It works for",
  dayWords: (days: number) => (days === 1 ? "1 day" : `${days} days`),
  isOnce: "It can be used once only",
  isOnceHint: "Whoever presses its button first gets the document. Looking at the page does not count.",
  passphrase: "Passphrase, if it should ask for one",
  passphraseHint: "Six letters or more. Tell it to them another way; it is never shown again.",
  passphraseShort: "Choose six letters or more, or leave it empty.",
  make: "Make the link",
  made: "The link is made.",
  link: "The link",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "It could not be copied. The text is selected: copy it with Ctrl C or ⌘ C.",
  until: (moment: string, left: string) => `works until ${moment}, ${left}`,
  it: "It",
  another: "Another link…",
  live: "Links that work",
  noneLive: "No link to this document works at the moment.",
  past: (many: number) => (many === 1 ? "One link that no longer works" : `${many} links that no longer work`),
  nobody: "Nobody named",
  revoke: "Take it back",
  revoked: "The link no longer works.",
  once: "once only",
  withPassphrase: "asks for a passphrase",
  taken: (count: number, when: string) => (count === 0 ? "not used yet" : `used ${count === 1 ? "once" : `${count} times`}, last ${when}`),
  by: (name: string, when: string) => `by ${name === "You" ? "you" : name} ${when}`,
  voidAll: "Void all links of this document…",
  voidTitle: "Void all links of this document?",
  voidText: "Every link to it that was given so far stops working at once, yours to colleagues among them. New ones can be made afterwards.",
  voidNow: "Void all links",
  voided: "No link to this document works any longer.",
  keep: "Keep them",
  uses: "What came of its links",
  noUses: "Nobody has used one yet.",
  somebody: "Somebody with the link",
  from: (place: string, device: string) => [place, device].filter((part) => part !== "").join(" · "),
  close: "Close",
} as const;

export const shareStates = {
  live: { glyph: "✓", word: "Works", tone: "ties" },
  taken: { glyph: "–", word: "Used", tone: "quiet" },
  expired: { glyph: "○", word: "Expired", tone: "quiet" },
  revoked: { glyph: "–", word: "Taken back", tone: "quiet" },
  void: { glyph: "–", word: "Void", tone: "quiet" },
} as const satisfies Record<ShareView["state"], StateWord>;

export const useWords = {
  looked: "looked at the page", taken: "took the document", downloaded: "received it", verified: "checked that it is genuine",
} as const satisfies Record<UseAct, string>;
