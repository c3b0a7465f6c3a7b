/** What the list of work over all shops says. */
import type { WorkKind } from "../../../../src/features/work/contract";
import type { StateWord } from "../../words";
import { stateWords } from "../../words";

export const workKinds: Readonly<Record<WorkKind, StateWord>> = {
  failed: stateWords.failed, uncertain: stateWords.uncertain, held: stateWords.held, changed: stateWords.changed, ready: { ...stateWords.ready, word: "To approve" },
};

export const workWords = {
  title: "What needs you",
  about: (items: number, shops: number) => `${items === 1 ? "One thing" : `${items} things`} in ${shops === 1 ? "your shop" : `your ${shops} shops`}, the most urgent first.`,
  noneTitle: "Nothing needs you",
  none: (shops: number) => (shops === 0 ? "You have no shop whose days you may see." : `Every day of ${shops === 1 ? "your shop" : `your ${shops} shops`} is where it should be.`),
  list: "Things to do",
  keys: "↑ ↓ move · Enter opens the day · R tries again · P posts what is ready",
  days: (count: number) => `${count} days`,
  more: (count: number) => `and ${count} more`,
  open: "Open",
  retry: "Try again",
  post: (count: number) => (count === 1 ? "Post it" : `Post all ${count}`),
  confirm: (count: number, shop: string) => `Post ${count === 1 ? "this day" : `these ${count} days`} of ${shop} as they stand?`,
  confirmYes: "Post",
  confirmNo: "Not yet",
  mayNot: "Your role there may only look.",
  retried: (done: number, of: number, shop: string) => `${shop}: ${done} of ${of} days are being tried again.`,
  posted: (done: number, of: number, shop: string) => `${shop}: ${done} of ${of} days are on their way to the books.`,
  refresh: "Look again",
  problems: { second_factor_needed: "asks for a second factor first.", failed: "could not be looked at just now." },
  enter: "Go there",
  left: (count: number) => `${count} more shops are not shown here; open them from “Your shops”.`,
  shops: "Your shops",
} as const;
