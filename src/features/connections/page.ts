/** What `auth.` says when a visit to a provider cannot go on. */
import type { PageWords } from "../../http/page";
import type { FlowProblem } from "./rules";

/** What stopped a visit before it was known to be the person's own. Nothing is said of whose it is. */
export type StopReason = FlowProblem | "begun_there" | "not_signed_in" | "not_permitted" | "second_factor_needed";

const BEGIN = "Open your shop, go to Connections and press Connect";
const AGAIN = `${BEGIN} again.`;

const STOPS = {
  unknown: { status: 400, title: "This link has been used", sentence: `A link to connect an account works once. ${AGAIN}` },
  begun_there: {
    status: 400,
    title: "Begin this in Daybook",
    sentence: `You came from the provider's own side, which does not say for which shop. Nothing was connected. ${BEGIN}.`,
  },
  expired: { status: 400, title: "This took longer than ten minutes", sentence: `Nothing was connected. ${AGAIN}` },
  other_provider: { status: 400, title: "This answer came to the wrong address", sentence: `Nothing was connected. ${AGAIN}` },
  other_browser: { status: 400, title: "This was begun in another browser", sentence: `Nothing was connected. ${AGAIN}` },
  other_person: {
    status: 403,
    title: "Only the person who pressed Connect can do this",
    sentence: "Nothing was connected. Ask them to finish it where they are signed in, or press Connect yourself in your own shop.",
  },
  not_signed_in: { status: 401, title: "You are not signed in here", sentence: `Nothing was connected. Sign in first. ${AGAIN}` },
  not_permitted: {
    status: 403,
    title: "Your role does not allow this any more",
    sentence: "Nothing was connected. Ask an owner or admin of the shop to connect the account.",
  },
  second_factor_needed: {
    status: 403,
    title: "This shop asks for a second factor",
    sentence: `Nothing was connected. Open your shop and show your second factor there. ${AGAIN}`,
  },
} as const satisfies Record<StopReason, PageWords>;

/** The words for a visit that was stopped. */
export function wordsFor(reason: StopReason): PageWords {
  return STOPS[reason];
}

/** The words for an account other than the one that the shop has; both names come from the provider. */
export function otherAccountWords(connectedName: string, chosenName: string, providerName: string): PageWords {
  return {
    status: 409,
    title: "You chose another account",
    sentence: `This shop is connected to "${connectedName}" at ${providerName}, and you chose "${chosenName}". Nothing was changed. `
      + `Connect again and choose "${connectedName}", or disconnect it first if the shop is to use "${chosenName}".`,
  };
}

/** The words over the list of accounts that a consent opens. */
export function choiceWords(providerName: string): PageWords {
  return {
    status: 200,
    title: "Which books are this shop's?",
    sentence: `You allowed Daybook into several organisations at ${providerName}. This shop posts into one of them; nothing is connected before you choose. The choice waits for ten minutes.`,
  };
}

/** A provider's name for an account as it stands on the list: one line, never empty, never endless. */
export function choiceName(name: string | null): string {
  return (name ?? "").replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim().slice(0, 200) || "An organisation without a name";
}
