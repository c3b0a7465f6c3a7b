/**
 * What Clover's refusals mean. Little of their form is documented (`{"message"}`, sometimes with `details`), so they are
 * decided by status alone and their words are only shown.
 */
import type { Failure, ProviderAnswer } from "../../kernel/failure";
import { parseJson, providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming } from "../send";
import { isWire, textOf } from "./wire";

/**
 * The failure that an answer without the wanted content stands for. Clover answers 401 both to a dead token and to one that
 * lacks a permission, and never 403; either is mended by the merchant connecting again. A 429 names one of four limits in
 * its headers and, where too much was asked at once, when to come back; sooner makes it longer. `secrets` are struck out.
 */
export function failureOf(incoming: Incoming, secrets: readonly string[]): Failure {
  const { status, headers } = incoming;
  if (status === 429) return { kind: "provider_busy", provider: "clover", retryAfterSeconds: retryAfterSeconds(headers) };
  if (status >= 500 || status === 408) return { kind: "provider_down", provider: "clover", detail: `answered ${status}` };
  const answer = answerOf(incoming, secrets);
  return status === 401 ? { kind: "reconnect_needed", provider: "clover", answer } : { kind: "provider_refused", provider: "clover", answer };
}

/** Status and message of a refusal, shortened. Clover has no codes of its own, so the status stands for one. */
export function answerOf(incoming: Incoming, secrets: readonly string[]): ProviderAnswer {
  const body = parseJson(incoming.text);
  const message = isWire(body) ? [textOf(body.message), textOf(body.details)].filter((part) => part !== "").join(": ") : "";
  return providerAnswer({ status: incoming.status, code: `HTTP_${incoming.status}`, message }, secrets);
}

/** The failure for an answer that Clover's contract does not know. */
export function unreadable(detail: string): Failure {
  return { kind: "provider_unreadable", provider: "clover", detail };
}
