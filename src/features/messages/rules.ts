/**
 * What becomes of a message, decided: states only ever go forward, whatever order they are told in; what a provider's refusal
 * means; how long is waited. Pure.
 */
import { DAY, HOUR, MINUTE } from "../../kernel/clock";
import type { DocumentId, ShareId } from "../../kernel/ids";
import { LONGEST_TEXT, type MessagePurpose, type MessageState } from "./contract";

/** A document that a message leads to, by a share of its own: by its page, or as a picture that arrives with the text. */
export type Enclosure = { readonly documentId: DocumentId; readonly shareId: ShareId; readonly version: number; readonly as: "link" | "picture"; readonly expiresAt: number };

/** How far each state is. Of two that were told of one message the further one stands: a handset's own word is the last. */
const PROGRESS = {
  received: 0, queued: 0, sending: 1, uncertain: 1, accepted: 2, sent: 3, not_sent: 4, cancelled: 4, failed: 5, undelivered: 6, delivered: 7,
} as const satisfies Record<MessageState, number>;

/** What the provider may tell of a message that it has. */
export type ToldState = "accepted" | "sent" | "delivered" | "undelivered" | "failed" | "cancelled";

/** The states from which a message may come to another one. */
export function statesBefore(state: ToldState): readonly MessageState[] {
  return (Object.keys(PROGRESS) as MessageState[]).filter((one) => one !== "received" && PROGRESS[one] < PROGRESS[state]);
}

/** Whether nothing more can become of a message. */
export function isOver(state: MessageState): boolean {
  return PROGRESS[state] >= PROGRESS.not_sent;
}

/** Twilio's states as ours; null for those of what comes in. Source: Twilio's Message resource, "Message Status Values". */
const TOLD = {
  queued: "accepted", accepted: "accepted", scheduled: "accepted", sending: "accepted", sent: "sent", partially_delivered: "sent",
  delivered: "delivered", read: "delivered", undelivered: "undelivered", failed: "failed", canceled: "cancelled", receiving: null, received: null,
} as const satisfies Record<string, ToldState | null>;

/** The provider's word for a state as ours; null for one that says nothing of a message that was sent. */
export function stateTold(state: keyof typeof TOLD): ToldState | null {
  return TOLD[state];
}

/** A claim is good for so long; a register that held somebody's place for longer may find another at it. */
export const CLAIM_LIVES_MS = MINUTE;
/** What left and was never heard of again is looked up after this: no call of ours can still be under way by then. */
export const LOOKED_UP_AFTER_MS = 5 * MINUTE;
/** The queue has so long to deliver what is due before cron asks it again. */
export const CRON_LOOKS_AFTER_MS = 2 * MINUTE;
/** How often a message is handed over at the most; each time after the first, once it is certain that the provider does not have it. */
export const MOST_ATTEMPTS = 4;
/** A day after its turn nobody wants it any more. */
export const MESSAGE_LIVES_MS = DAY;
/** The one confirmation comes within five minutes of the word that it answers (47 CFR 64.1200(a)(12)), or not at all. */
export const ANSWER_LIVES_MS = 5 * MINUTE;
/** Whoever has just written may be answered at any time of the day for so long. */
export const LIVE_FOR_MS = HOUR;
/** When what was accepted is asked about because nobody called back: these long after it left, then never again. */
export const ASKED_AFTER_MS = [15 * MINUTE, 2 * HOUR, 12 * HOUR] as const;

/** What nobody can look up for so long is left uncertain. */
export const LOOKED_UP_FOR_MS = DAY;

/** When the provider is next asked what became of a message that left at `sentAt`; null when it was asked often enough. */
export function nextAsked(sentAt: number, now: number): number | null {
  const wait = ASKED_AFTER_MS.find((after) => sentAt + after > now);
  return wait === undefined ? null : sentAt + wait;
}

const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 3_600;

/** 15 s, 30 s, 1 min … up to an hour, by how often it was delivered; the provider's own delay where it gave one. */
export function waitSeconds(deliveries: number, asked: number | null): number {
  return Math.max(asked ?? 0, Math.min(FIRST_WAIT_SECONDS * 2 ** Math.min(deliveries - 1, 16), LONGEST_WAIT_SECONDS));
}

/** Whether quiet hours hold for a message: not for what answers STOP or HELP, nor for an answer to somebody who wrote within the hour. */
export function keepsQuiet(purpose: MessagePurpose, lastInAt: number | null, now: number): boolean {
  switch (purpose) {
    case "confirmation":
    case "help":
      return false;
    case "words":
    case "template":
      return lastInAt === null || lastInAt + LIVE_FOR_MS < now;
    case "broadcast":
      return true;
  }
}

/** Whether a message goes even to somebody who said stop: the one answer that tells them so. */
export function goesToAnybody(purpose: MessagePurpose): boolean {
  return purpose === "confirmation" || purpose === "help";
}

/** What was written with the links that it leads to, each on a line of its own. */
export function bodyWith(body: string, urls: readonly string[]): string {
  return [body, ...urls].filter((line) => line !== "").join("\n");
}

/** What a list shows of a message: its first 160 characters, on one line. */
export function lastWordsOf(body: string): string {
  const line = body.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return (line.length <= 160 ? line : `${line.slice(0, 159)}…`).toWellFormed();
}

/** Whether words are too long for one text. */
export function isTooLong(body: string): boolean {
  return body.length > LONGEST_TEXT;
}
