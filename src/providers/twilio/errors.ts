/** What Twilio's refusals mean. Decided by status and code alone. Source: twilio.com/docs/api/errors. */
import type { ProviderFailure } from "../../kernel/failure";
import { parseJson, providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming } from "../send";
import { refusal } from "./wire";

/** "Authenticate": the token or key is not, or no longer, the account's. */
const WRONG_CREDENTIALS = 20_003;
/** "Too many requests". */
const TOO_MANY = 20_429;

/** The failure that an answer other than a success stands for, to a call that changes nothing. `secrets` are cut out of what people may see. */
export function failureOf(incoming: Incoming, secrets: readonly string[]): ProviderFailure {
  const { status, headers } = incoming;
  const { code, message } = refusal.safeParse(parseJson(incoming.text)).data ?? { code: null, message: "" };
  if (status === 429 || code === TOO_MANY) return { kind: "provider_busy", provider: "twilio", retryAfterSeconds: retryAfterSeconds(headers) };
  if (status >= 500 || status === 408) return { kind: "provider_down", provider: "twilio", detail: `answered ${status}` };
  const reference = headers.get("twilio-request-id");
  const answer = providerAnswer(
    { status, code: code === null ? "UNREADABLE" : String(code), message, ...(reference === null ? {} : { reference }) },
    secrets,
  );
  return { kind: code === WRONG_CREDENTIALS ? "reconnect_needed" : "provider_refused", provider: "twilio", answer };
}

/**
 * The same for the call that sends: what gave no whole answer, or broke on the way, may be on its way to somebody's
 * handset. Twilio knows no idempotency key, and of no 5xx does it say that nothing was sent.
 */
export function whenSending(failure: ProviderFailure): ProviderFailure {
  return failure.kind === "provider_down" ? { kind: "answer_lost", provider: "twilio", detail: failure.detail } : failure;
}
