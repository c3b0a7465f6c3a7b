/** Answers in Twilio's own form: JSON, RFC 2822 dates, and errors as `{ code, message, more_info, status }`. */
import { newSid, type SimulatedText, type Simulation } from "./simulator-state";

export type Refusal = { readonly status: number; readonly code: number; readonly message: string };

/** A JSON answer with the reference that Twilio gives every call. */
export function json(simulation: Pick<Simulation, "random">, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { "twilio-request-id": newSid(simulation, "RQ"), ...headers } });
}

/** An error in Twilio's own form. */
export function refuse(simulation: Pick<Simulation, "random">, { status, code, message }: Refusal, headers: Readonly<Record<string, string>> = {}): Response {
  return json(simulation, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);
}

/** What stands behind whatever is not there. */
export function notFound(path: string): Refusal {
  return { status: 404, code: 20_404, message: `The requested resource ${path} was not found` };
}

/** `Thu, 24 Aug 2023 05:01:45 +0000` */
export function rfc2822(instant: number): string {
  return new Date(instant).toUTCString().replace("GMT", "+0000");
}

/** A text as the API shows it. */
export function wireOf(text: SimulatedText): Record<string, unknown> {
  const base = `/2010-04-01/Accounts/${text.accountSid}/Messages/${text.sid}`;
  return {
    account_sid: text.accountSid, api_version: "2010-04-01", body: text.body, date_created: rfc2822(text.createdAt),
    date_sent: text.sentAt === null ? null : rfc2822(text.sentAt), date_updated: rfc2822(text.updatedAt), direction: text.direction,
    error_code: text.errorCode, error_message: null, from: text.from, messaging_service_sid: text.serviceSid,
    num_media: String(text.mediaUrls.length), num_segments: String(text.segments), price: null, price_unit: null, sid: text.sid,
    status: text.status, subresource_uris: { media: `${base}/Media.json` }, to: text.to, uri: `${base}.json`,
  };
}
