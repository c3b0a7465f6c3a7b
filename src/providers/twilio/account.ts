/** An account at Twilio, and calls in its name: a form or a query out, JSON in, every other answer a failure. */
import { encodeBase64 } from "@oslojs/encoding";
import type { z } from "zod";
import type { ProviderFailure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { parseJson } from "../oauth";
import type { Send } from "../send";
import { bytesOf } from "../signature";
import { failureOf } from "./errors";
import { API_ORIGIN } from "./manifest";

/** `authToken` also signs what Twilio sends by itself; an API key, where there is one, is used for calls in its place. */
export type TextAccount = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: { readonly sid: string; readonly secret: string } | null;
};

/** Some fields of a form or a query; a name may come more than once. */
export type Fields = readonly (readonly [name: string, value: string])[];

const DEADLINE_MS = 15_000;
const MAX_BYTES = 2 * 1024 * 1024;

/** The address of something of the account's. */
export function addressOf({ accountSid }: TextAccount, path: string): string {
  return `${API_ORIGIN}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}${path}`;
}

/** GETs an address. Answers what the schema reads; `provider_unreadable` where it cannot. */
export async function get<T>(send: Send, account: TextAccount, url: string, schema: z.ZodType<T>, query: Fields = []): Promise<Result<T, ProviderFailure>> {
  const asked = query.length === 0 ? url : `${url}?${formOf(query)}`;
  const sent = await send({ method: "GET", url: asked, headers: headersOf(account), deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES });
  if (!sent.ok) return sent;
  return sent.value.status === 200 ? read(sent.value.text, schema) : failed(failureOf(sent.value, secretsOf(account)));
}

/** POSTs a form that makes something new. Failures as for a call that changes nothing: the caller knows better. */
export async function create<T>(send: Send, account: TextAccount, url: string, schema: z.ZodType<T>, fields: Fields): Promise<Result<T, ProviderFailure>> {
  const headers = { ...headersOf(account), "content-type": "application/x-www-form-urlencoded" };
  const sent = await send({ method: "POST", url, headers, body: formOf(fields), deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES });
  if (!sent.ok) return sent;
  // Whatever success it is, it was not refused.
  const isTaken = sent.value.status >= 200 && sent.value.status < 300;
  // Twilio repeats numbers in its refusals, and a failure is no place for anybody's.
  const personal = fields.flatMap(([name, value]) => (name === "To" ? [value] : []));
  return isTaken ? read(sent.value.text, schema) : failed(failureOf(sent.value, [...secretsOf(account), ...personal]));
}

function read<T>(text: string, schema: z.ZodType<T>): Result<T, ProviderFailure> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data);
  return failed({ kind: "provider_unreadable", provider: "twilio", detail: `an answer without ${parsed.error.issues[0]?.path.join(".") ?? "sense"}` });
}

function headersOf({ accountSid, authToken, apiKey }: TextAccount): Record<string, string> {
  const credentials = apiKey === null ? `${accountSid}:${authToken}` : `${apiKey.sid}:${apiKey.secret}`;
  return { authorization: `Basic ${encodeBase64(bytesOf(credentials))}`, accept: "application/json" };
}

function secretsOf({ authToken, apiKey }: TextAccount): string[] {
  return [authToken, ...(apiKey === null ? [] : [apiKey.secret])];
}

function formOf(fields: Fields): string {
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
}
