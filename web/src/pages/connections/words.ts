/** What the connections page says. */
import type { ConnectionView, ConsentRefusal } from "../../../../src/features/connections/contract";
import type { Tone } from "../../words";

type StateWord = { readonly glyph: string; readonly word: string; readonly tone: Tone };

export const connectionStates = {
  connected: { glyph: "✓", word: "Connected", tone: "ties" },
  reconnect_needed: { glyph: "!", word: "Needs you to connect it again", tone: "failed" },
  disconnected: { glyph: "–", word: "Disconnected", tone: "quiet" },
} as const satisfies Record<ConnectionView["state"], StateWord>;

export const connectionWords = {
  title: "Connections",
  about: "Daybook reads the till and adds entries to the books. It changes nothing in the till, and keeps totals only: no sale, customer or card number.",
  till: "Till",
  books: "Books",
  tillAbout: "Where your sales are read from.",
  booksAbout: "Where one journal entry a day is written to.",
  connect: (name: string) => `Connect ${name}`,
  reconnect: "Connect again",
  ask: "Ask an owner to connect it",
  asked: (name: string) => `The owners were asked by mail to connect ${name}.`,
  refresh: "Read again",
  disconnect: "Disconnect…",
  leaving: (name: string) => `Taking you to ${name}…`,
  leavingNext: "You say yes there, and come back here.",
  regionTitle: (name: string) => `Where is your ${name} account?`,
  regionAbout: (name: string) => `${name} keeps its regions apart. Choose the one in which you sign in to ${name}.`,
  regionGo: (name: string) => `Go to ${name}`,
  regionCancel: "Not now",
  since: (when: string) => `Connected ${when}`,
  checked: (when: string) => `checked ${when}`,
  closed: (date: string) => `books closed through ${date}`,
  refreshed: (name: string) => `${name} was read again.`,
  gone: "Nothing new is read or posted over this connection. What is in your books stays.",
  needed: "Nothing is lost: days wait and are done as soon as it is connected again. Locations and mapping are kept.",
  confirmTitle: (name: string) => `Disconnect ${name}?`,
  confirmTill: "No more days are read. Days and entries so far stay here and in your books, and connecting again goes on where you stopped.",
  confirmBooks: "No more entries are posted. Everything already posted stays in your books, and connecting again goes on where you stopped.",
  confirm: "Disconnect",
  keep: "Keep it connected",
  disconnected: (name: string) => `${name} is disconnected.`,
  connectedNotice: (name: string) => `${name} is connected`,
  connectedNext: "Its access is kept sealed, and only for what you agreed to.",
  beginning: "One moment…",
  closePeriod: "Close a period…",
  refusedTitle: (name: string) => `${name} was not connected, and nothing was changed`,
  backToSetUp: "Go on with the set-up",
} as const;

/** What is offered for a provider that is nowhere else but here; for the others a press leads to their own page. */
export const hereWords: Partial<Record<ConnectionView["provider"], { readonly connect: string; readonly about: string }>> = {
  journal: {
    connect: "Keep a journal here",
    about: "No accounting software? Daybook keeps a plain journal for you: a chart of accounts, one entry a day, and files for hledger, beancount, QuickBooks Desktop or a spreadsheet whenever you like.",
  },
};

/** What the button that connects a provider says. */
export const connectWord = (provider: ConnectionView["provider"], name: string): string => hereWords[provider]?.connect ?? connectionWords.connect(name);

/** Why consent did not end in a connection, by the code in the address. A code that we do not know gets the plain sentence. */
export const refusedWords = {
  denied: "You said no on the other side, or closed the page there. Connect whenever you like.",
  used_elsewhere: "That account is already connected to another shop on Daybook. Disconnect it there first, or choose another account.",
  other_provider: "Another one is connected already. Disconnect it first, then connect this one.",
  scopes_missing: "Daybook was not allowed everything it needs. Connect again and leave every box ticked.",
  currency_mismatch: "The books and the till count in different currencies. Connect books that are kept in the till's currency.",
  provider_failed: "The other side did not answer as it should. Try again in a minute.",
} as const satisfies Record<ConsentRefusal, string>;
export const refusedOtherwise = "The connection was not made. Try once more.";

export const locationWords = {
  title: "Locations",
  about: "Each chosen location has its own days and its own entries.",
  till: "The till",
  none: "Once the till is connected, its locations appear here.",
  name: "Location",
  code: "Code",
  closes: "Day closes",
  starts: "Kept from",
  next: "Next reading",
  notChosen: "Not kept",
  choose: "Choose…",
  change: "Change…",
  chooseTitle: (name: string) => `Keep the days of ${name}`,
  changeTitle: (name: string) => `Change ${name}`,
  startsOn: "First day to keep",
  startsHint: "From here on every day becomes one entry. Choose a day that is not in your books yet.",
  cutOff: "The business day closes at",
  cutOffHint: "Sales after midnight but before this hour belong to the evening before.",
  tillCutOff: (till: string, hour: string) => `${till} ends its day at ${hour}.`,
  cutOffFrom: "The new hour holds from",
  cutOffFromHint: "Days before it keep their hour; nothing already posted is cut differently.",
  codeLabel: "Three letters or digits for document numbers",
  codeHint: "They stand in every number, such as DB-PIR-260714-S1.",
  codeWrong: "Three letters or digits, such as PIR.",
  dateWrong: "Enter a date.",
  save: "Save",
  keep: "Keep this location",
  stop: "Stop keeping it",
  stopHint: "Its days and entries stay. You can choose it again at any time.",
  cancel: "Cancel",
  saved: (name: string) => `${name} is saved.`,
  stopped: (name: string) => `${name} is no longer kept.`,
} as const;
