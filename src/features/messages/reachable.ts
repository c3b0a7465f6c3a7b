/** Whether somebody can be written to, before a word is written. It is asked again in the same step as the sending. */
import type { Failure } from "../../kernel/failure";
import { barredAmong, groundsOf, type Ledger } from "../consent/service";
import { personOf, type Contact } from "../contacts/service";
import type { MessagePurpose, Reachability } from "./contract";
import { threadQuery } from "./thread-store";

/**
 * How somebody stands to being written to by a channel. Whoever agreed beforehand or opted in again can be; one by one also
 * whoever wrote to the shop first.
 */
export async function reachabilityOf(desk: Ledger, contact: Contact, channel: "text" | "email", purpose: MessagePurpose): Promise<Reachability> {
  const person = personOf(contact, channel);
  if (person === null) return { state: "no_address" };
  const [[barred], grounds, [thread]] = await Promise.all([barredAmong(desk, [person]), groundsOf(desk, person), threadQuery(desk.db, contact.id)]);
  if (barred?.kind === "opted_out") return { state: "opted_out", since: barred.since, source: grounds.source ?? "provider" };
  if (barred?.kind === "held") return { state: "held", since: barred.since };
  const hasWritten = purpose !== "broadcast" && channel === "text" && thread !== undefined && thread.lastInAt !== null;
  return grounds.isGiven || hasWritten ? { state: "open" } : { state: "no_consent" };
}

const WAYS = { text: { address: "telephone number", send: "texts" }, email: { address: "email address", send: "emails" } } as const;

/** What somebody is told who tries all the same; null where nothing speaks against it. */
export function refusalOf(reachability: Reachability, channel: "text" | "email"): Failure | null {
  switch (reachability.state) {
    case "open":
      return null;
    case "no_address":
      return { kind: "conflict", message: `This contact has no ${WAYS[channel].address}.` };
    case "opted_out":
      return { kind: "opted_out", since: reachability.since, source: reachability.source };
    case "held":
      return { kind: "consent_held", since: reachability.since };
    case "no_consent":
      return { kind: "conflict", message: `Nothing on record says that this person agreed to get ${WAYS[channel].send}. Note on the contact's page how they did, then write.` };
  }
}
