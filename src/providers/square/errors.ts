/**
 * What Square's refusals mean. Decided by status and code alone. Two envelopes are in use: `{"errors":[…]}` and the
 * older `{"message","type"}`, still seen at the token endpoint.
 */
import type { Failure, ProviderAnswer } from "../../kernel/failure";
import type { Incoming } from "../send";
import { isWire, textOf } from "./wire";

const MESSAGE_LIMIT = 300;

/**
 * Codes that say the grant itself is dead. An expired access token is not among them: it is refused as
 * `ACCESS_TOKEN_EXPIRED`, so that the caller may refresh once and try again.
 */
const DEAD_GRANT: ReadonlySet<string> = new Set(["ACCESS_TOKEN_REVOKED", "UNAUTHORIZED", "service.not_authorized"]);

/** The failure that an answer without the wanted content stands for. `secrets` are cut out of what people may see. */
export function failureOf(incoming: Incoming, secrets: readonly string[]): Failure {
  const answer = answerOf(incoming, secrets);
  const { status } = incoming;
  if (status === 429 || answer.code === "RATE_LIMITED") {
    return { kind: "provider_busy", provider: "square", retryAfterSeconds: retryAfter(incoming.headers) };
  }
  if (status >= 500 || status === 408) return { kind: "provider_down", provider: "square", detail: `answered ${status}` };
  if (status === 401 && DEAD_GRANT.has(answer.code)) return { kind: "reconnect_needed", provider: "square", answer };
  return { kind: "provider_refused", provider: "square", answer };
}

/** Whether a merchant's grant lacks the scope: it was given before Daybook asked for it, and is alive and well for the rest. */
export function isForbidden(failure: Failure): boolean {
  return failure.kind === "provider_refused" && failure.answer.status === 403 && failure.answer.code === "INSUFFICIENT_SCOPES";
}

/** Status, first code and first message of a refusal, shortened; an unreadable one has the code `UNREADABLE`. */
export function answerOf(incoming: Incoming, secrets: readonly string[]): ProviderAnswer {
  const body = parsed(incoming.text);
  const first: unknown = isWire(body) && Array.isArray(body.errors) ? body.errors[0] : body;
  const code = isWire(first) ? textOf(first.code) || textOf(first.type) : "";
  const prose = isWire(first) ? textOf(first.detail) || textOf(first.message) : "";
  const message = secrets.reduce((text, secret) => (secret === "" ? text : text.replaceAll(secret, "…")), prose);
  return { status: incoming.status, code: code || "UNREADABLE", message: message.slice(0, MESSAGE_LIMIT) };
}

/** The JSON value of a text, or undefined where it is none: gateways answer in HTML. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // not JSON is an answer too; the caller names it unreadable
  }
}

/** Seconds to wait, or null; Square documents no such header, so a date or nonsense counts as none. */
function retryAfter(headers: Headers): number | null {
  const stated = headers.get("retry-after") ?? "";
  return /^\d{1,9}$/.test(stated) ? Number(stated) : null;
}
