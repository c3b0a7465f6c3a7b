/** Texts at Twilio: sent, read back, and looked for. Source: twilio.com/docs/messaging/api/message-resource. */
import type { z } from "zod";
import { SECOND } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import type { Send } from "../send";
import { addressOf, create, get, type TextAccount } from "./account";
import { whenSending } from "./errors";
import { API_ORIGIN } from "./manifest";
import { message, messagePage, takenText, type TextState } from "./wire";

/** A text to send. `to` and a number to send from are E.164; at most 1,600 characters and ten media. */
export type Text = {
  readonly to: string;
  readonly from: { readonly number: string } | { readonly serviceSid: string };
  readonly body: string;
  /** Addresses that Twilio fetches. */
  readonly mediaUrls: readonly string[];
  /** Where Twilio tells what becomes of it. */
  readonly statusCallback: string;
};

/** What Twilio said when it took a text. `segments` is 0 while a Messaging Service has not chosen the number yet. */
export type SentText = { readonly sid: string; readonly state: TextState; readonly segments: number; readonly createdAt: number };

/** A text as Twilio knows it. `createdAt` is epoch milliseconds in whole seconds; `from` null until it is chosen. */
export type KnownText = {
  readonly sid: string;
  readonly from: string | null;
  readonly to: string;
  readonly body: string;
  readonly state: TextState;
  readonly errorCode: string | null;
  readonly createdAt: number;
};

const PAGE_SIZE = 100;
const MOST_PAGES = 10;

/** Our clock and Twilio's need not agree to the second. */
const CLOCKS_DIFFER_MS = 5 * SECOND;

/**
 * Sends a text, which cannot be undone: `answer_lost` when it may have happened, and then `find` says whether it did.
 * `reconnect_needed` for credentials that are refused, `provider_busy` at a limit; every other refusal is
 * `provider_refused` with Twilio's code, 21610 where the recipient said stop.
 */
export async function sendText(send: Send, account: TextAccount, text: Text): Promise<Result<SentText>> {
  const sender = "number" in text.from ? ["From", text.from.number] as const : ["MessagingServiceSid", text.from.serviceSid] as const;
  const taken = await create(send, account, addressOf(account, "/Messages.json"), takenText, [
    ["To", text.to], sender, ["StatusCallback", text.statusCallback],
    ...(text.body === "" ? [] : [["Body", text.body] as const]),
    ...text.mediaUrls.map((url) => ["MediaUrl", url] as const),
  ]);
  if (taken.ok) {
    const { sid, status, num_segments: segments, date_created: createdAt } = taken.value;
    return ok({ sid, state: status, segments, createdAt });
  }
  const { failure } = taken;
  // Said to be taken, and not readable: its id is lost, not the text.
  if (failure.kind === "provider_unreadable") return failed({ kind: "answer_lost", provider: "twilio", detail: failure.detail });
  return failed(whenSending(failure));
}

/** Reads a text by its id; `provider_refused` with 20404 where the account has none of it. */
export async function readText(send: Send, account: TextAccount, sid: string): Promise<Result<KnownText>> {
  const read = await get(send, account, addressOf(account, `/Messages/${encodeURIComponent(sid)}.json`), message);
  return read.ok ? ok(knownText(read.value)) : read;
}

/**
 * What was sent to a number with these words since an instant: after `answer_lost`, whether it happened. Twilio lists the
 * newest first and is not asked for a date of sending, which a text that still waits does not have. Words are compared by
 * letters and digits, since Twilio may replace punctuation (Smart Encoding) and write before them (trial accounts).
 * What was taken within the last seconds may not be listed yet: whoever asks at once asks again.
 * `provider_unreadable` where more was sent to the number meanwhile than is read.
 */
export async function findTexts(send: Send, account: TextAccount, wanted: { readonly to: string; readonly body: string; readonly since: number }): Promise<Result<readonly KnownText[]>> {
  const earliest = wanted.since - CLOCKS_DIFFER_MS;
  const found: KnownText[] = [];
  let url = `${addressOf(account, "/Messages.json")}?${new URLSearchParams({ To: wanted.to, PageSize: String(PAGE_SIZE) }).toString()}`;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await get(send, account, url, messagePage);
    if (!page.ok) return page;
    const texts = page.value.messages.map(knownText);
    const recent = texts.filter(({ createdAt }) => createdAt >= earliest);
    found.push(...recent.filter((text) => isOutgoing(text) && isSameText(text.body, wanted.body)));
    const next = page.value.next_page_uri ?? null;
    if (next === null || recent.length < texts.length) return ok(found);
    url = new URL(next, API_ORIGIN).href;
  }
  return failed({ kind: "provider_unreadable", provider: "twilio", detail: `more than ${MOST_PAGES * PAGE_SIZE} texts to one number` });
}

function knownText({ sid, from, to, body, status, error_code: code, date_created: createdAt }: z.output<typeof message>): KnownText {
  return { sid, from, to, body: body ?? "", state: status, errorCode: code === null ? null : String(code), createdAt };
}

function isOutgoing({ state }: KnownText): boolean {
  return state !== "receiving" && state !== "received";
}

function isSameText(known: string, wanted: string): boolean {
  const words = wordsOf(wanted);
  return words === "" ? known.trim() === wanted.trim() : wordsOf(known).endsWith(words);
}

function wordsOf(text: string): string {
  return text.normalize("NFKC").replaceAll(/[^\p{L}\p{N}]/gu, "");
}
