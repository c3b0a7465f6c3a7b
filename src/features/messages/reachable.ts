/** Whether somebody can be written to, before a word is written. It is asked again in the same step as the sending. */
import type { Failure } from "../../kernel/failure";
import { barredAmong, groundsOf, type Ledger } from "../consent/service";
import { personOf, type Contact } from "../contacts/service";
import type { MessagePurpose, Reachability, ThreadView } from "./contract";
import { nextAllowedAt } from "./quiet-hours";
import { keepsQuiet } from "./rules";
import { threadQuery } from "./store";
import { zoneOfContact } from "./zone";

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

/**
 * Until when a text that somebody writes by hand now waits, in the zone where its reader has the latest morning; null where it
 * goes out at once. As the turn of a message is decided when it is written.
 */
export function quietOf(contact: Pick<Contact, "zone" | "phone">, shopZone: string, lastInAt: number | null, now: number): ThreadView["quiet"] {
  const zones = zoneOfContact(contact, shopZone);
  const until = nextAllowedAt(now, zones);
  if (until === now || !keepsQuiet("words", lastInAt, now)) return null;
  return { until, zone: zones.find((zone) => nextAllowedAt(now, zone) === until) ?? zones[0] };
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
