/** What a conversation consists of, and when something in it is about to change. Pure. */
import type { LedgerLine } from "../../../../src/features/contacts/contract";
import type { MessageView, Reachability, ThreadView } from "../../../../src/features/messages/contract";

/** A message, or what somebody said of being written to, in one row of time. `isQuoted`: its words stand there as a message of their own. */
export type Said = { readonly id: string; readonly at: number } & ({ readonly message: MessageView } | { readonly line: LedgerLine; readonly isQuoted: boolean });

/** Carriers that tell anything tell it within minutes. */
const SETTLES_MS = 10 * 60_000;

/** Whether a message's state is about to change by itself. One that waits for the morning does not. */
export function isMoving({ state, at, dueAt, sentAt }: Pick<MessageView, "state" | "at" | "dueAt" | "sentAt">, now: number): boolean {
  switch (state) {
    case "queued":
      return dueAt === null || dueAt <= now + SETTLES_MS;
    case "sending":
    case "uncertain":
      return true;
    case "accepted":
    case "sent":
      return now - (sentAt ?? at) < SETTLES_MS;
    case "received":
    case "delivered":
    case "undelivered":
    case "failed":
    case "not_sent":
    case "cancelled":
      return false;
  }
}

/**
 * Messages and words of consent, oldest first. `messages` and `ledger` come newest first. Where older messages were not
 * asked for yet (`hasOlder`), what was said before the oldest one waits for its place.
 */
export function saidOf(messages: readonly MessageView[], ledger: readonly LedgerLine[], hasOlder: boolean): readonly Said[] {
  const oldest = hasOlder ? (messages.at(-1)?.at ?? 0) : 0;
  const written = new Set(messages.filter(({ direction }) => direction === "in").map(({ body }) => body.trim()));
  const lines = ledger.filter((line) => !line.follows && line.at >= oldest).map((line) => ({ id: `consent ${line.id}`, at: line.at, line, isQuoted: line.source === "text" && written.has((line.words ?? "").trim()) }));
  return [...messages.map((message) => ({ id: message.id, at: message.at, message })), ...lines].toSorted((one, other) => one.at - other.at);
}

/** What stands where an answer would be written. */
export type Footing = "write" | "opted_out" | "held" | "no_consent" | "no_address";

/** Who can be written to by either way is written to; else what is said is what weighs most. */
export function footingOf({ text, email }: Pick<ThreadView, "text" | "email">): Footing {
  const states = [text.state, email.state];
  if (states.includes("open")) return "write";
  const order = ["opted_out", "held", "no_consent"] as const;
  return order.find((state) => states.includes(state)) ?? "no_address";
}

/** The line of the ledger that locks an address: the newest stop, or what may be one. Null where it is not known. */
export function lockingLine(ledger: readonly LedgerLine[], act: "opted_out" | "held"): LedgerLine | null {
  return ledger.find((line) => line.act === act && !line.follows) ?? ledger.find((line) => line.act === act) ?? null;
}

/** The ways by which somebody can be written to now. */
export function openWays({ text, email }: Pick<ThreadView, "text" | "email">): readonly ("text" | "email")[] {
  const isOpen = ({ state }: Reachability) => state === "open";
  return [...(isOpen(text) ? ["text" as const] : []), ...(isOpen(email) ? ["email" as const] : [])];
}

/** Since when an address is locked, and by which way that came, as the register says; null where none is. */
export function lockOf({ text, email }: Pick<ThreadView, "text" | "email">, state: "opted_out" | "held"): { readonly since: number; readonly source: string } | null {
  for (const one of [text, email]) {
    if (one.state === "opted_out" && state === "opted_out") return one;
    if (one.state === "held" && state === "held") return { since: one.since, source: "" };
  }
  return null;
}
