/** What Twilio sends by itself: a text that arrived, and what became of one that was sent. */
import { z } from "zod";
import type { HookMessage } from "../contract";
import { parseJson } from "../oauth";
import { isBodySigned, isFormSigned, type FormFields } from "./signature";
import { messageSid, TEXT_STATES, type TextState } from "./wire";

/** What a message of Twilio's says. There is no time in it and nothing against its being sent again: its `sid` says that it came before. */
export type TextHook =
  | {
    readonly kind: "arrived"; readonly sid: string; readonly accountSid: string; readonly from: string; readonly to: string; readonly body: string;
    readonly mediaCount: number;
    /** What Twilio itself took it for, and has answered: Advanced Opt-Out alone says so. */
    readonly optOutType: "stop" | "start" | "help" | null;
  }
  | { readonly kind: "status"; readonly sid: string; readonly accountSid: string; readonly state: TextState; readonly errorCode: string | null }
  /** Genuine, and about nothing that is known here. */
  | { readonly kind: "other" };

const accountSid = z.string().regex(/^AC[0-9a-f]{32}$/i);
const address = z.string().min(1).max(100);

const status = z.object({
  MessageSid: messageSid, AccountSid: accountSid, MessageStatus: z.enum(TEXT_STATES).exclude(["receiving", "received"]),
  ErrorCode: z.string().regex(/^\d{1,6}$/).nullish().catch(null),
});

const arrived = z.object({
  MessageSid: messageSid, AccountSid: accountSid, From: address, To: address, Body: z.string().default(""),
  NumMedia: z.string().regex(/^\d{1,3}$/).transform(Number).catch(0),
  OptOutType: z.string().nullish(), MessageStatus: z.literal("received").optional(), SmsStatus: z.enum(["receiving", "received"]).optional(),
});

const OPT_OUT_TYPES: ReadonlyMap<string, "stop" | "start" | "help"> = new Map([["STOP", "stop"], ["START", "start"], ["HELP", "help"]]);

/**
 * Reads a message that came to `url`, the registered address; null when Twilio did not send it: unsigned, signed for
 * another address, or altered, be it by a proxy that compressed or re-encoded it.
 */
export async function readTextHook({ headers, body, url }: HookMessage, authToken: string): Promise<TextHook | null> {
  const signature = headers.get("x-twilio-signature");
  const text = headers.has("content-encoding") ? null : textOf(body);
  if (text === null) return null;
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded" && !new URL(url).searchParams.has("bodySHA256")) {
    const fields = Map.groupBy(new URLSearchParams(text), ([name]) => name);
    const form: FormFields = new Map([...fields].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
    return (await isFormSigned(url, form, signature, authToken)) ? hookOf(Object.fromEntries([...form].map(([name, [first]]) => [name, first]))) : null;
  }
  return (await isBodySigned(url, body, signature, authToken)) ? hookOf(parseJson(text)) : null;
}

function hookOf(fields: unknown): TextHook {
  const told = status.safeParse(fields);
  if (told.success) {
    const { MessageSid: sid, AccountSid: account, MessageStatus: state, ErrorCode: errorCode = null } = told.data;
    return { kind: "status", sid, accountSid: account, state, errorCode };
  }
  const came = arrived.safeParse(fields);
  if (!came.success) return { kind: "other" };
  const { MessageSid: sid, AccountSid: account, From: from, To: to, Body, NumMedia: mediaCount, OptOutType } = came.data;
  return { kind: "arrived", sid, accountSid: account, from, to, body: Body, mediaCount, optOutType: OPT_OUT_TYPES.get(OptOutType?.toUpperCase() ?? "") ?? null };
}

/** The body as text, byte for byte; null where it is not UTF-8, or begins with a mark that reading it would drop. */
function textOf(body: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return text.startsWith("\uFEFF") ? null : text;
  } catch {
    return null; // the decoder throws on what is not UTF-8, which Twilio does not send
  }
}
