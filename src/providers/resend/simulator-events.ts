/**
 * What a simulated Resend tells by itself: events about letters, signed as Svix signs (`svix-id` stays over retries), and what a
 * reader's mail program does when it is asked to unsubscribe. Everything waits until somebody carries it to Daybook: once,
 * several times, in another order, or never.
 */
import { encodeBase64 } from "@oslojs/encoding";
import { HOUR, MINUTE, SECOND } from "../../kernel/clock";
import { newId } from "../../kernel/ids";
import { bytesOf, decoded } from "../signature";
import type { Knock, SentLetter, Simulation, Waiting } from "./simulator-state";

/** What can become of a letter. */
export const EVENT_KINDS = ["delivered", "bounced", "bounced_for_now", "bounced_somehow", "complained", "suppressed", "opened"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** How it goes: `copies` of one event, and whether the newest goes first. */
export type Telling = { readonly copies?: number };
export type Carrying = { readonly newestFirst?: boolean };

/** After each failure, until the event is given up: docs.svix.com/retries. */
const RETRIES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
const ATTEMPTS_KEPT = 500;

/** Puts an event about a letter among what is to be told. A bounce for good and a complaint suppress its readers from now on. */
export function tell(simulation: Simulation, letter: SentLetter, kind: EventKind, { copies = 1 }: Telling = {}): void {
  const at = simulation.clock();
  const event = { type: typeOf(kind), created_at: new Date(at).toISOString(), data: dataOf(simulation, letter, kind) };
  const waiting = { id: `msg_${newId(simulation.random)}`, letterId: letter.id, what: event.type, body: JSON.stringify(event), url: null, attempts: 0, dueAt: at };
  simulation.waiting.push(...Array.from({ length: copies }, () => ({ ...waiting })));
  const reason = kind === "bounced" ? "previous_bounce" : kind === "complained" ? "previous_complaint" : null;
  if (reason !== null) for (const to of letter.to) simulation.suppressed.set(to, reason);
}

/** What a mail program does for its reader (RFC 8058 section 3.2): one POST to the address of the header, from nowhere. False where the letter offers none. */
export function unsubscribeAs(simulation: Simulation, letter: SentLetter): boolean {
  const url = /<(https?:[^<>]+)>/.exec(letter.headers["List-Unsubscribe"] ?? "")?.[1];
  const body = letter.headers["List-Unsubscribe-Post"];
  if (url === undefined || body === undefined) return false;
  simulation.waiting.push({ id: newId(simulation.random), letterId: letter.id, what: "unsubscribed by one click", body, url, attempts: 0, dueAt: simulation.clock() });
  return true;
}

/** Takes what is due, signed now. Whoever takes it says by `knocked` how it was answered. */
export async function takeDue(simulation: Simulation, { newestFirst = false }: Carrying = {}): Promise<readonly Knock[]> {
  const now = simulation.clock();
  const due = simulation.waiting.filter(({ dueAt }) => dueAt <= now);
  simulation.waiting.splice(0, simulation.waiting.length, ...simulation.waiting.filter(({ dueAt }) => dueAt > now));
  const knocks = await Promise.all(due.map(async (waiting) => await knockOf(simulation, waiting)));
  return newestFirst ? knocks.toReversed() : knocks;
}

/** What was answered: everything but a success comes again, later each time. What a mail program sent comes once. */
export function knocked(simulation: Simulation, { waiting }: Knock, status: number): void {
  const { attempts, what, letterId } = waiting;
  const at = simulation.clock();
  simulation.outcomes.push({ letterId, what, status, at });
  if (simulation.outcomes.length > ATTEMPTS_KEPT) simulation.outcomes.shift();
  const delayMs = RETRIES_MS[attempts];
  if ((status >= 200 && status < 300) || waiting.url !== null || delayMs === undefined) return;
  simulation.waiting.push({ ...waiting, attempts: attempts + 1, dueAt: at + delayMs });
}

/** The signature of an event: one for each secret, two while a secret is being changed. */
export async function signatureOf(secrets: readonly string[], { id, timestamp, body }: { readonly id: string; readonly timestamp: string; readonly body: string }): Promise<string> {
  const signatures = await Promise.all(secrets.map(async (secret) => {
    const key = await crypto.subtle.importKey("raw", decoded(secret.replace(/^whsec_/, "")) ?? new Uint8Array(), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return `v1,${encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(`${id}.${timestamp}.${body}`))))}`;
  }));
  return signatures.join(" ");
}

async function knockOf({ clock, hook }: Simulation, waiting: Waiting): Promise<Knock> {
  const { id, body, url } = waiting;
  if (url !== null) return { waiting, url, body, headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "A mail program (simulated)" } };
  const timestamp = Math.floor(clock() / SECOND).toString();
  const headers = { "content-type": "application/json", "user-agent": "Svix-Webhooks/1.62", "svix-id": id, "svix-timestamp": timestamp, "svix-signature": await signatureOf(hook.secrets, { id, timestamp, body }) };
  return { waiting, url: hook.url, body, headers };
}

function typeOf(kind: EventKind): string {
  return `email.${kind.startsWith("bounced") ? "bounced" : kind}`;
}

function dataOf({ suppressed }: Simulation, letter: SentLetter, kind: EventKind) {
  const common = {
    email_id: letter.id, created_at: new Date(letter.at).toISOString(), from: letter.from, to: letter.to, subject: letter.subject, tags: letter.tags,
    ...(Object.keys(letter.headers).length === 0 ? {} : { headers: Object.entries(letter.headers).map(([name, value]) => ({ name, value })) }),
  };
  switch (kind) {
    case "bounced": return { ...common, bounce: { type: "Permanent", subType: "General", message: "The recipient's mail server rejected the email.", diagnosticCode: ["smtp; 550 5.1.1 user unknown"] } };
    case "bounced_for_now": return { ...common, bounce: { type: "Transient", subType: "MailboxFull", message: "The recipient's mailbox is full.", diagnosticCode: ["smtp; 452 4.2.2 mailbox full"] } };
    case "bounced_somehow": return { ...common, bounce: { type: "Undetermined", subType: "Undetermined", message: "The recipient's mail server said nothing that is understood.", diagnosticCode: [] } };
    case "suppressed": return { ...common, suppressed: { type: "OnAccountSuppressionList", reason: suppressed.get(letter.to[0] ?? "") ?? "previous_bounce", message: "The address is on the suppression list.", diagnosticCode: [] } };
    case "delivered": case "complained": case "opened": return common;
  }
}
