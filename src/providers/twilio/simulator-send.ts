/** `POST …/Messages.json`, checked as Twilio's reference says that it checks. Source of the codes: twilio.com/docs/api/errors. */
import { Hono } from "hono";
import { refuse, wireOf, json, type Refusal } from "./simulator-answer";
import { accountFor, unauthorized, type CallerEnv } from "./simulator-auth";
import { isBlocked, senderOf } from "./simulator-opt-out";
import { launch, noteBlocked } from "./simulator-progress";
import { partsOf } from "./simulator-segments";
import { newSid, type SimulatedAccount, type SimulatedService, type SimulatedText, type Simulation } from "./simulator-state";

/** What this Twilio knows to do; the real one knows more, and lets pass what it does not know. */
const PARAMETERS: ReadonlySet<string> = new Set(["To", "From", "MessagingServiceSid", "Body", "MediaUrl", "StatusCallback"]);
const E164 = /^\+(?:1[2-9]\d{2}[2-9]\d{6}|[2-9]\d{6,14})$/;
const LONGEST_BODY = 1_600;
const MOST_MEDIA = 10;

type Form = {
  readonly to: string; readonly from: string | null; readonly serviceSid: string | null; readonly body: string; readonly mediaUrls: readonly string[];
  readonly statusCallback: string | null;
};

/** The one route that sends. */
export function sendRoutes(simulation: Simulation): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.post("/2010-04-01/Accounts/:account/Messages.json", async (c) => {
    const account = accountFor(simulation, c.get("caller"), c.req.param("account"));
    if (account === null) return unauthorized(simulation);
    const form = formOf(c.req.header("content-type") ?? "", new TextDecoder().decode(await c.req.arrayBuffer()));
    if ("code" in form) return refuse(simulation, form);
    const objection = objectionTo(simulation, account, form);
    if (objection?.code === 21_610) noteBlocked(simulation, form.to, form.from ?? serviceOf(account, form)?.numbers[0] ?? "");
    if (objection !== null) return refuse(simulation, objection);
    const text = textOf(simulation, account, form);
    launch(simulation, text);
    return json(simulation, 201, wireOf(text));
  });
  return app;
}

function formOf(type: string, body: string): Form | Refusal {
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(type)) return bad(20_001, "A form is expected");
  const fields = new URLSearchParams(body);
  const unknown = [...fields.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) return bad(20_001, `Unknown parameter ${unknown}`);
  return {
    to: fields.get("To") ?? "", from: fields.get("From"), serviceSid: fields.get("MessagingServiceSid"), body: fields.get("Body") ?? "",
    mediaUrls: fields.getAll("MediaUrl"), statusCallback: fields.get("StatusCallback"),
  };
}

function objectionTo(simulation: Simulation, account: SimulatedAccount, form: Form): Refusal | null {
  return objectionToContent(form) ?? objectionToSender(account, form) ?? objectionToRecipient(simulation, account, form);
}

function objectionToContent({ to, from, serviceSid, body, mediaUrls, statusCallback }: Form): Refusal | null {
  if (to === "") return bad(21_604, "A 'To' phone number is required.");
  if (from === null && serviceSid === null) return bad(21_603, "A 'From' phone number is required.");
  if (body === "" && mediaUrls.length === 0) return bad(21_602, "Message body is required.");
  if (body.length > LONGEST_BODY) return bad(21_617, "The concatenated message body exceeds the 1600 character limit");
  if (mediaUrls.length > MOST_MEDIA) return bad(21_623, "Number of media files exceeds allowed limit");
  if (mediaUrls.some((url) => !isWebAddress(url))) return bad(21_620, "Invalid media URL(s)");
  return statusCallback === null || isWebAddress(statusCallback) ? null : bad(21_609, `The StatusCallback URL ${statusCallback} is not a valid URL.`);
}

function objectionToSender(account: SimulatedAccount, form: Form): Refusal | null {
  const { from } = form;
  const service = serviceOf(account, form);
  if (form.serviceSid !== null && service === null) return bad(21_705, `The Messaging Service Sid ${form.serviceSid} is invalid.`);
  if (service !== null && service.numbers.length === 0) return bad(21_703, "The Messaging Service does not have any phone numbers available.");
  if (from === null) return null;
  if (!E164.test(from)) return bad(21_212, `The 'From' number ${from} is not a valid phone number.`);
  const isOwn = account.numbers.some(({ number, canText }) => number === from && canText) && (service === null || service.numbers.includes(from));
  return isOwn ? null : bad(21_606, `The 'From' phone number provided (${from}) is not a valid, SMS-capable inbound phone number or short code for your account.`);
}

function objectionToRecipient(simulation: Simulation, account: SimulatedAccount, form: Form): Refusal | null {
  const { to, from } = form;
  const service = serviceOf(account, form);
  if (!E164.test(to)) return bad(21_211, `Invalid 'To' Phone Number: ${to.slice(0, 3)}XXXX`);
  if (to === from) return bad(21_266, "'To' and 'From' number cannot be the same");
  if (!account.regions.some((start) => to.startsWith(start))) {
    return bad(21_408, `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}`);
  }
  if (service !== null && !service.checksAtOnce) return null;
  if (simulation.state.outcomes[to] === "landline") return bad(21_614, `'To' number: ${to}, is not a valid mobile number`);
  const sender = service?.sid ?? senderOf(account, from ?? "");
  return isBlocked(simulation, sender, to) ? bad(21_610, "Attempt to send to unsubscribed recipient") : null;
}

function textOf(simulation: Simulation, account: SimulatedAccount, { to, from, serviceSid, body, mediaUrls, statusCallback }: Form): SimulatedText {
  const now = simulation.clock();
  return {
    sid: newSid(simulation, mediaUrls.length > 0 ? "MM" : "SM"), accountSid: account.sid, serviceSid, from, to, body, mediaUrls, statusCallback,
    direction: "outbound-api", status: from === null ? "accepted" : "queued", segments: from === null ? 0 : partsOf(body), errorCode: null,
    createdAt: now, updatedAt: now, sentAt: null,
  };
}

function serviceOf(account: SimulatedAccount, { serviceSid }: Form): SimulatedService | null {
  return account.services.find(({ sid }) => sid === serviceSid) ?? null;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function bad(code: number, message: string): Refusal {
  return { status: 400, code, message };
}
