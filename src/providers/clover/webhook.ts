/**
 * Clover's webhooks. A message proves itself by a fixed secret in `X-Clover-Auth`, the same for all merchants and not over
 * the body; Clover also loses messages. What is in one is therefore a hint of where to look, never a fact
 * (docs.clover.com, "Webhooks"; apps/WebHook of clover-android-sdk).
 */
import { constantTimeEqual } from "@oslojs/crypto/subtle";
import type { HookReader, WebhookHint } from "../contract";
import { parseJson } from "../oauth";
import { REGIONS } from "./manifest";
import { isWire, textOf } from "./wire";

/** Something may have changed at a merchant. */
export type CloverHint = {
  /** The merchant's id; a message does not name its region (`possibleAccounts`). */
  readonly account: string;
  readonly kind: "order" | "payment" | "item" | "category" | "merchant" | "app" | "other";
  readonly objectId: string;
  readonly change: "created" | "updated" | "deleted";
  /** When, in epoch milliseconds. */
  readonly at: number;
};

export type CloverHook =
  /** The address is being registered: answer 200, and show the code to whoever registers it. */
  | { readonly kind: "handshake"; readonly code: string }
  | { readonly kind: "hints"; readonly hints: readonly CloverHint[] }
  | { readonly kind: "refused"; readonly reason: "wrong_secret" | "unreadable" };

/** One message names a bounded number of merchants and objects; more is no message of Clover's. */
const MOST_HINTS = 1_000;

const KINDS: ReadonlyMap<string, CloverHint["kind"]> = new Map([
  ["O", "order"], ["P", "payment"], ["I", "item"], ["IC", "category"], ["M", "merchant"], ["A", "app"],
]);
const CHANGES: ReadonlyMap<unknown, CloverHint["change"]> = new Map([["CREATE", "created"], ["UPDATE", "updated"], ["DELETE", "deleted"]]);

/**
 * Reads a message by its headers and raw body. The handshake comes without a secret, for there is none yet, and says
 * nothing else; everything else is believed only with the secret, compared in constant time.
 */
export function parseCloverHook(headers: Headers, rawBody: string, secret: string): CloverHook {
  const body = parseJson(rawBody);
  if (!isWire(body)) return { kind: "refused", reason: "unreadable" };
  const code = textOf(body.verificationCode);
  if (code !== "" && body.merchants === undefined) return /^[\w-]{1,100}$/.test(code) ? { kind: "handshake", code } : { kind: "refused", reason: "unreadable" };
  if (secret === "" || !isSame(headers.get("x-clover-auth") ?? "", secret)) return { kind: "refused", reason: "wrong_secret" };
  const hints = hintsIn(body.merchants);
  return hints === null ? { kind: "refused", reason: "unreadable" } : { kind: "hints", hints };
}

/**
 * The same as hints: that an app was taken off is worth a look. Orders and payments are not, for a message says when
 * something changed and not when it was sold: the trailing window finds them. A handshake brings its code, which anybody may have sent.
 */
export const readCloverHook: HookReader = async ({ headers, body }, key) => {
  const hook = parseCloverHook(headers, new TextDecoder().decode(body), key);
  if (hook.kind === "refused") return null;
  if (hook.kind === "handshake") return { code: hook.code };
  const ended = hook.hints.filter(({ kind, change }) => kind === "app" && change === "deleted");
  return ended.flatMap(({ account, at, objectId }) => possibleAccounts(account).map((one): WebhookHint => (
    { account: one, kind: "grant_ended", place: null, at, objectId: null, eventId: `${account}/${objectId}/${at}`.slice(0, 100) }
  )));
};

/** The accounts of Daybook's that a hint can be about: one for each region. */
export function possibleAccounts(merchantId: string): readonly string[] {
  return REGIONS.map(({ id }) => `${id}.${merchantId}`);
}

function hintsIn(merchants: unknown): readonly CloverHint[] | null {
  if (!isWire(merchants)) return null;
  const hints: CloverHint[] = [];
  for (const [account, events] of Object.entries(merchants)) {
    if (!/^[0-9A-Z]{13}$/.test(account) || !Array.isArray(events)) return null;
    for (const event of events as unknown[]) {
      const hint = hintOf(account, event);
      if (hint === null || hints.length === MOST_HINTS) return null;
      hints.push(hint);
    }
  }
  return hints;
}

/** `O:GHIVJT2ABCRSC`: a key, which may be one that did not exist when this was written, and an id. */
function hintOf(account: string, event: unknown): CloverHint | null {
  if (!isWire(event)) return null;
  const [, key = "", objectId = ""] = /^([A-Z]{1,4}):([0-9A-Za-z-]{1,64})$/.exec(textOf(event.objectId)) ?? [];
  const change = CHANGES.get(event.type);
  if (key === "" || change === undefined || typeof event.ts !== "number" || !Number.isSafeInteger(event.ts)) return null;
  return { account, kind: KINDS.get(key) ?? "other", objectId, change, at: event.ts };
}

function isSame(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  return constantTimeEqual(encoder.encode(given), encoder.encode(expected));
}
