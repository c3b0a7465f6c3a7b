/** Twilio's own messages on their way: signed and sent in order, unless they are to be lost, repeated, late or out of order. */
import { serviceWith, type Callback, type Delivered, type DeliveryFault, type SimulatedText, type Simulation, type Waiting } from "./simulator-state";
import { signedCallback } from "./simulator-webhook";

const MOST_DELIVERED = 2_000;

/** Lets something happen by itself, now or later. */
export function plan(simulation: Simulation, waiting: Waiting): void {
  simulation.state.waiting.push(waiting);
  simulation.onChange();
  simulation.onWaiting(Math.max(0, waiting.dueAt - simulation.clock()));
}

/** Puts a message of Twilio's own on its way, or does to it what was asked for. */
export function emit(simulation: Simulation, callback: Callback): void {
  const now = simulation.clock();
  const send = (one: Callback, dueAt = now): void => plan(simulation, { kind: "callback", callback: one, dueAt });
  const fault = takeFault(simulation, callback.about);
  if (fault === null) return send(callback);
  switch (fault.kind) {
    case "lost":
      return undefined;
    case "repeated":
      for (let time = 0; time <= (fault.again ?? 1); time += 1) send(callback);
      return undefined;
    case "delayed":
      return send(callback, now + (fault.delayMs ?? 0));
    case "reordered":
      simulation.state.held.push(callback);
      if (fault.times === 1) release(simulation);
      return undefined;
  }
}

/** Sends what was held back, the last first. */
export function release(simulation: Simulation): void {
  for (const callback of simulation.state.held.splice(0).toReversed()) plan(simulation, { kind: "callback", callback, dueAt: simulation.clock() });
}

/** What a text's state says to its account. */
export function statusCallbackOf(text: SimulatedText, url: string, now: number): Callback {
  const fields: (readonly [string, string])[] = [
    ...(text.errorCode === null ? [] : [["ErrorCode", String(text.errorCode)] as const]),
    ["SmsSid", text.sid], ["SmsStatus", text.status], ["MessageStatus", text.status], ["To", text.to],
    ...(text.serviceSid === null ? [] : [["MessagingServiceSid", text.serviceSid] as const]),
    ["MessageSid", text.sid], ["AccountSid", text.accountSid],
    ...(text.from === null ? [] : [["From", text.from] as const]),
    ["ApiVersion", "2010-04-01"],
    ...(text.status === "delivered" || text.status === "undelivered" ? [["RawDlrDoneDate", new Date(now).toISOString().slice(2, 16).replaceAll(/\D/g, "")] as const] : []),
  ];
  return { about: "status", sid: text.sid, accountSid: text.accountSid, url, fields };
}

/** What tells an account of a text that came in. */
export function arrivedCallbackOf({ state }: Simulation, text: SimulatedText, url: string, optOutType: string | null): Callback {
  const account = state.accounts[text.accountSid];
  const service = account === undefined ? null : serviceWith(account, text.to);
  const fields: (readonly [string, string])[] = [
    ["ToCountry", "US"], ["ToState", "NY"], ["SmsMessageSid", text.sid], ["NumMedia", String(text.mediaUrls.length)], ["ToCity", ""],
    ["FromZip", "10001"], ["SmsSid", text.sid], ["FromState", "NY"], ["SmsStatus", "received"], ["FromCity", "NEW YORK"], ["Body", text.body],
    ["FromCountry", "US"], ["To", text.to], ...(service === null ? [] : [["MessagingServiceSid", service.sid] as const]), ["ToZip", ""],
    ["NumSegments", String(text.segments)], ["MessageSid", text.sid], ["AccountSid", text.accountSid], ["From", text.from ?? ""], ["ApiVersion", "2010-04-01"],
    ...(optOutType === null ? [] : [["OptOutType", optOutType] as const]),
    ...text.mediaUrls.flatMap((media, index) => [[`MediaUrl${index}`, media] as const, [`MediaContentType${index}`, "image/jpeg"] as const]),
  ];
  return { about: "arrived", sid: text.sid, accountSid: text.accountSid, url, fields };
}

/** Signs and sends. Answers what came back, or null where nobody answered. */
export async function deliver(simulation: Simulation, callback: Callback): Promise<Response | null> {
  const token = simulation.state.accounts[callback.accountSid]?.authToken ?? "";
  const answer = await simulation.deliver(await signedCallback(callback, token)).catch(() => null); // as if nobody were there: the account's debugger tells of it
  const line: Delivered = { ...callback, at: simulation.clock(), status: answer?.status ?? null };
  simulation.delivered.push(line);
  if (simulation.delivered.length > MOST_DELIVERED) simulation.delivered.shift();
  return answer;
}

function takeFault({ state }: Simulation, about: Callback["about"]): DeliveryFault | null {
  const at = state.deliveryFaults.findIndex((fault) => fault.about === undefined || fault.about === about);
  const fault = state.deliveryFaults[at];
  if (fault === undefined) return null;
  state.deliveryFaults.splice(at, 1, ...(fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []));
  return fault;
}
