/**
 * Whether a password stands in a known breach, by Have I Been Pwned's range API (api.pwnedpasswords.com, v3): the first
 * five characters of its SHA-1 leave, padded answers come back, and the comparing is done here. Nobody there learns the
 * password, or which of some hundred it could be.
 */
import { encodeHexUpperCase } from "@oslojs/encoding";
import { SECOND } from "../../kernel/clock";
import type { Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import type { World } from "../../platform/world";

/** The one host that is asked, and nothing of whose answer is believed but lines of its own form. */
const RANGE = "https://api.pwnedpasswords.com/range/";
const DEADLINE_MS = 2 * SECOND;
/** A padded range has about 1,000 lines of 40 characters. */
const LARGEST_ANSWER = 200_000;
const PREFIX_LENGTH = 5;

/**
 * Whether the password was in a breach. False, with a line in the log, when nobody answered properly in two seconds: then
 * the list of common ones is what there is, and nobody is kept from setting a password.
 */
export async function isBreached(world: Pick<World, "transport" | "log">, env: Bindings, password: string): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(password.normalize("NFC")));
  const hash = encodeHexUpperCase(new Uint8Array(digest));
  try {
    const lines = await readRange(world.transport(env), hash.slice(0, PREFIX_LENGTH));
    return lines.some((line) => isFound(line, hash.slice(PREFIX_LENGTH)));
  } catch (error) {
    world.log.warn("breaches.unavailable", errorFields(error));
    return false;
  }
}

/** A line is `<35 hex digits>:<count>`; padding has a count of 0. */
function isFound(line: string, suffix: string): boolean {
  const [found, count] = line.trim().split(":");
  return found === suffix && Number(count) > 0;
}

async function readRange(transport: (request: Request) => Promise<Response>, prefix: string): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const request = new Request(`${RANGE}${prefix}`, { headers: { "add-padding": "true", "user-agent": "Daybook" }, redirect: "manual", signal });
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("no answer within the deadline")), { once: true });
  });
  // A transport may ignore the signal, so the wait itself ends too.
  const text = await Promise.race([readText(transport, request), expired]);
  return text.split("\n");
}

async function readText(transport: (request: Request) => Promise<Response>, request: Request): Promise<string> {
  const response = await transport(request);
  if (response.status !== 200) throw new Error(`the range was answered with ${response.status}`);
  if (Number(response.headers.get("content-length") ?? 0) > LARGEST_ANSWER) throw new Error("the range was too large");
  const text = await response.text();
  if (text.length > LARGEST_ANSWER) throw new Error("the range was too large");
  return text;
}
