/** What becomes of a text after it was taken, and of the answers to those that came in. */
import { arrivedCallbackOf, deliver, emit, plan, statusCallbackOf } from "./simulator-callbacks";
import { heed, isBlocked, senderOf } from "./simulator-opt-out";
import { partsOf } from "./simulator-segments";
import { keepText, newSid, ownerOf, serviceWith, show, type SimulatedText, type Simulation, type Waiting } from "./simulator-state";
import { parseTwiml, type Reply } from "./simulator-twiml";
import type { TextState } from "./wire";

const FINAL: ReadonlySet<TextState> = new Set(["delivered", "undelivered", "failed", "canceled", "read"]);
const MOST_STEPS = 100_000;

/** Keeps a text that was taken and lets it take its course. */
export function launch(simulation: Simulation, text: SimulatedText): void {
  keepText(simulation, text);
  const course: readonly TextState[] = text.from === null ? ["queued", "sent", "delivered"] : ["sent", "delivered"];
  for (const [index, to] of course.entries()) plan(simulation, { kind: "advance", sid: text.sid, to, dueAt: simulation.clock() + (index + 1) * simulation.stepMs });
}

/** A text from a handset; null where nobody has the number. Twilio heeds it before it tells the number's owner. */
export function receive(simulation: Simulation, text: { readonly from: string; readonly to: string; readonly body: string; readonly mediaUrls: readonly string[] }): string | null {
  const owner = ownerOf(simulation.state, text.to);
  if (owner === null) return null;
  const now = simulation.clock();
  const service = serviceWith(owner.account, text.to);
  const sid = newSid(simulation, text.mediaUrls.length > 0 ? "MM" : "SM");
  const arrived: SimulatedText = {
    ...text, sid, accountSid: owner.account.sid, serviceSid: service?.sid ?? null, direction: "inbound", status: "received", segments: partsOf(text.body),
    errorCode: null, statusCallback: null, createdAt: now, updatedAt: now, sentAt: now,
  };
  keepText(simulation, arrived);
  show(simulation, { handset: text.from, number: text.to, by: "person", body: text.body, mediaUrls: text.mediaUrls });
  const keyword = heed(simulation, { handset: text.from, number: text.to, body: text.body });
  const url = service?.inboundUrl ?? owner.own.smsUrl;
  if (url !== "") emit(simulation, arrivedCallbackOf(simulation, arrived, url, keyword?.toUpperCase() ?? null));
  return sid;
}

/** Lets happen whatever is due, and what comes of it. Answers how much that was. */
export async function flush(simulation: Simulation): Promise<number> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const next = takeDue(simulation);
    if (next === null) return steps;
    if (next.kind === "advance") advance(simulation, next);
    else {
      const answer = await deliver(simulation, next.callback);
      if (next.callback.about === "arrived") await heedAnswer(simulation, next.callback.sid, answer);
    }
  }
  throw new Error("texts go round in circles");
}

function takeDue(simulation: Simulation): Waiting | null {
  const now = simulation.clock();
  const { waiting } = simulation.state;
  const due = waiting.reduce<Waiting | null>((first, one) => (one.dueAt <= now && (first === null || one.dueAt < first.dueAt) ? one : first), null);
  if (due === null) return null;
  waiting.splice(waiting.indexOf(due), 1);
  simulation.onChange();
  return due;
}

function advance(simulation: Simulation, { sid, to }: Extract<Waiting, { kind: "advance" }>): void {
  const text = simulation.state.texts.find((one) => one.sid === sid);
  if (text === undefined || FINAL.has(text.status)) return;
  const now = simulation.clock();
  const moved: SimulatedText = { ...text, ...changeOf(simulation, text, to), updatedAt: now };
  keepText(simulation, moved);
  const { from, body, mediaUrls } = moved;
  if (moved.status === "delivered") show(simulation, { handset: moved.to, number: from ?? "", by: "shop", body, mediaUrls });
  if (moved.errorCode === 21_610) noteBlocked(simulation, moved.to, from ?? "");
  if (moved.statusCallback !== null) emit(simulation, statusCallbackOf(moved, moved.statusCallback, now));
}

function changeOf(simulation: Simulation, text: SimulatedText, to: TextState): Partial<SimulatedText> {
  if (to === "queued") return { status: "queued", from: chooseNumber(simulation, text), segments: partsOf(text.body) };
  const outcome = simulation.state.outcomes[text.to] ?? "delivered";
  if (to === "sent") {
    if (isBlocked(simulation, text.serviceSid ?? text.from ?? "", text.to)) return { status: "failed", errorCode: 21_610 };
    if (outcome === "landline") return { status: "undelivered", errorCode: 30_006 };
    return isUnregistered(simulation, text) ? { status: "undelivered", errorCode: 30_034 } : { status: "sent", sentAt: simulation.clock() };
  }
  if (outcome === "filtered") return { status: "undelivered", errorCode: 30_007 };
  return outcome === "unreachable" ? { status: "undelivered", errorCode: 30_003 } : { status: to };
}

/** A service stays with the number that somebody knows already. */
function chooseNumber({ state }: Simulation, text: SimulatedText): string | null {
  const known = state.texts.findLast(({ serviceSid, to, from }) => serviceSid === text.serviceSid && to === text.to && from !== null);
  const service = state.accounts[text.accountSid]?.services.find(({ sid }) => sid === text.serviceSid);
  return known?.from ?? service?.numbers[0] ?? null;
}

/** Carriers of the United States drop what comes from an ordinary number that nobody told them of (10DLC). */
function isUnregistered({ state }: Simulation, { accountSid, serviceSid, from, to }: SimulatedText): boolean {
  const account = state.accounts[accountSid];
  if (account === undefined || from === null || !to.startsWith("+1") || !/^\+1(?!8(?:00|33|44|55|66|77|88))/.test(from)) return false;
  const service = account.services.find(({ sid }) => sid === serviceSid) ?? serviceWith(account, from);
  return service === null ? account.numbers.find(({ number }) => number === from)?.isRegistered !== true : service.campaign !== "VERIFIED";
}

/** Carries out what the number's owner answered to a text. */
async function heedAnswer(simulation: Simulation, sid: string, answer: Response | null): Promise<void> {
  const text = simulation.state.texts.find((one) => one.sid === sid);
  if (text === undefined) return;
  const alert = (code: number): void => {
    simulation.state.alerts.push({ at: simulation.clock(), accountSid: text.accountSid, sid, code });
    simulation.onChange();
  };
  if (answer === null || !answer.ok) return alert(11_200);
  const words = await answer.text();
  if (words === "") return undefined;
  const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
  // Twilio texts bare words to whoever wrote: an "ok" in plain text reaches a customer.
  const replies = type === "text/plain" ? [{ body: words, mediaUrls: [], to: null, statusCallback: null }] : /^(?:text|application)\/xml$/.test(type) ? parseTwiml(words) : undefined;
  if (replies === undefined) return alert(12_300);
  if (replies === null) return alert(12_100);
  for (const reply of replies) sendReply(simulation, text, reply, alert);
}

function sendReply(simulation: Simulation, { accountSid, from: handset, to: number }: SimulatedText, reply: Reply, alert: (code: number) => void): void {
  const account = simulation.state.accounts[accountSid];
  const to = reply.to ?? handset ?? "";
  if (account === undefined) return;
  if (isBlocked(simulation, senderOf(account, number), to)) {
    alert(21_610);
    noteBlocked(simulation, to, number);
    return;
  }
  const now = simulation.clock();
  launch(simulation, {
    sid: newSid(simulation, reply.mediaUrls.length > 0 ? "MM" : "SM"), accountSid, serviceSid: serviceWith(account, number)?.sid ?? null, from: number, to,
    body: reply.body, mediaUrls: reply.mediaUrls, direction: "outbound-reply", status: "queued", segments: partsOf(reply.body), errorCode: null,
    statusCallback: reply.statusCallback, createdAt: now, updatedAt: now, sentAt: null,
  });
}

/** Tells on the screen what a phone would never show. */
export function noteBlocked(simulation: Simulation, handset: string, number: string): void {
  show(simulation, { handset, number, by: "note", body: "Twilio refused a message from the shop: this phone said STOP.", mediaUrls: [] });
}
