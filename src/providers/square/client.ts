/** One authorized call to Square: JSON in, an object out, every other answer a failure. */
import type { Failure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import type { Outgoing } from "../send";
import { failureOf, parsed } from "./errors";
import { SQUARE_ORIGIN, SQUARE_VERSION } from "./manifest";
import { isWire, type Wire } from "./wire";

/** A page of a thousand large orders stays below this; anything bigger is no page of orders. */
const MAX_BYTES = 24 * 1024 * 1024;

/** GETs a path with query parameters. `provider_busy`, `provider_down`, `reconnect_needed` and refusals as they come. */
export function get(access: Access, path: string, query: Readonly<Record<string, string>> = {}): Promise<Result<Wire>> {
  const url = new URL(path, SQUARE_ORIGIN);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return call(access, { method: "GET", url: url.href });
}

/** POSTs JSON to a path that only reads. Failures as for `get`. */
export function post(access: Access, path: string, body: unknown): Promise<Result<Wire>> {
  return call(access, { method: "POST", url: `${SQUARE_ORIGIN}${path}`, body: JSON.stringify(body) });
}

async function call(access: Access, outgoing: Outgoing): Promise<Result<Wire>> {
  const sent = await access.send({
    ...outgoing,
    maxBytes: MAX_BYTES,
    headers: {
      authorization: `Bearer ${access.accessToken}`,
      accept: "application/json",
      "content-type": "application/json",
      "square-version": SQUARE_VERSION,
    },
  });
  if (!sent.ok) return sent;
  if (sent.value.status !== 200) return failed(failureOf(sent.value, [access.accessToken]));
  const body = parsed(sent.value.text);
  if (!isWire(body)) return failed(unreadable("the answer is not a JSON object"));
  // SearchOrders documents `errors` beside a 200: half an answer must not pass for a whole one.
  if (Array.isArray(body.errors) && body.errors.length > 0) return failed(failureOf(sent.value, [access.accessToken]));
  return ok(body);
}

/** The failure for an answer that Square's contract does not know. */
export function unreadable(detail: string): Failure {
  return { kind: "provider_unreadable", provider: "square", detail };
}
