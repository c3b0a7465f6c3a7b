/**
 * What Twilio does with STOP, START and HELP by itself. Source: twilio.com/docs, "Twilio support for opt-out keywords" and
 * "Advanced Opt-Out". The whole text counts, in any case and without the spaces around it. A block is one number's, or a
 * whole Messaging Service's.
 */
import type { OptOutMode, SimulatedAccount, SimulatedService, Simulation } from "./simulator-state";
import { ownerOf, serviceWith, show } from "./simulator-state";

export type Keyword = "stop" | "start" | "help";

const WORDS: Readonly<Record<Keyword, readonly string[]>> = {
  stop: ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
  start: ["START", "YES", "UNSTOP"],
  help: ["HELP", "INFO"],
};

const USUAL_ANSWERS: Readonly<Record<Keyword, string>> = {
  stop: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  start: "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  help: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

/** What a body is to Twilio. */
export function keywordOf(body: string): Keyword | null {
  const word = body.trim().toUpperCase();
  return (["stop", "start", "help"] as const).find((kind) => WORDS[kind].includes(word)) ?? null;
}

/** Whether a handset said stop to a number, or to the service that would send. */
export function isBlocked({ state }: Pick<Simulation, "state">, sender: string, handset: string): boolean {
  return state.blocks[`${sender}>${handset}`] === true;
}

/** Who is blocked together: a number's service where it has one. */
export function senderOf(account: SimulatedAccount, number: string): string {
  return serviceWith(account, number)?.sid ?? number;
}

/** Blocks, unblocks and answers as Twilio does; says what it took the text for, to those whom it tells (Advanced Opt-Out). */
export function heed(simulation: Simulation, text: { readonly handset: string; readonly number: string; readonly body: string }): Keyword | null {
  const owner = ownerOf(simulation.state, text.number);
  const keyword = keywordOf(text.body);
  if (owner === null || keyword === null) return null;
  const service = serviceWith(owner.account, text.number);
  const mode: OptOutMode = service?.optOut ?? owner.own.optOut;
  if (mode === "off") return null;
  const changed = apply(simulation, keyword, `${senderOf(owner.account, text.number)}>${text.handset}`);
  if (changed) show(simulation, { handset: text.handset, number: text.number, by: "twilio", body: answerOf(service, keyword), mediaUrls: [] });
  return mode === "advanced" ? keyword : null;
}

/** Whether it is answered: a second STOP, and a START of somebody who never stopped, are not. */
function apply({ state, onChange }: Simulation, keyword: Keyword, key: string): boolean {
  if (keyword === "help") return true;
  const isStopped = state.blocks[key] === true;
  if (keyword === "stop") state.blocks[key] = true;
  else delete state.blocks[key];
  onChange();
  return isStopped !== (keyword === "stop");
}

function answerOf(service: SimulatedService | null, keyword: Keyword): string {
  return service?.optOut === "advanced" ? service.answers[keyword] : USUAL_ANSWERS[keyword];
}
