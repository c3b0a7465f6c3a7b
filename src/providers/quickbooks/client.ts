/**
 * One call to a company's books. Append-only is kept here: what would change or delete never reaches the network
 * (Daybook creates entries and corrects by further entries; it edits none).
 */
import type { z } from "zod";
import { assert } from "../../kernel/assert";
import type { Failure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import { parseJson, providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming, Outgoing } from "../send";
import { failureOf, readFault, type Subject } from "./errors";
import { API_URL } from "./manifest";

/** Values below 75 are ignored by Intuit since August 2025; 75 is the base version. */
const MINOR_VERSION = "75";

/** Intuit documents no Retry-After and asks to wait a minute. */
const THROTTLE_SECONDS = 60;

const provider = "quickbooks";

export type Query = Readonly<Record<string, string>>;

/** Reads from `/v3/company/<realm>/<path>`. Failures are certain: a read has no effect to be unsure of. */
export async function read<T>(access: Access, path: string, query: Query, schema: z.ZodType<T>): Promise<Result<T>> {
  const sent = await access.send({ method: "GET", url: urlOf(access, path, query), headers: headersOf(access) });
  return sent.ok ? interpret(access, sent.value, schema, { isWrite: false, documentNumber: "" }) : sent;
}

export type Creation = {
  readonly path: "account" | "journalentry" | "item" | "salesreceipt";
  readonly query: Query;
  /** JSON text, not an object: amounts are written as decimal literals and never pass through a binary fraction. */
  readonly body: string;
  readonly documentNumber: string;
};

/** Creates. `answer_lost` wherever it may have happened: no answer, a 5xx, or an answer that cannot be read. */
export async function create<T>(access: Access, creation: Creation, schema: z.ZodType<T>): Promise<Result<T>> {
  const outgoing: Outgoing = {
    method: "POST",
    url: urlOf(access, creation.path, creation.query),
    headers: { ...headersOf(access), "Content-Type": "application/json" },
    body: creation.body,
  };
  assertCreates(outgoing);
  const sent = await access.send(outgoing);
  if (!sent.ok) return lost(sent.failure.detail);
  return interpret(access, sent.value, schema, { isWrite: true, documentNumber: creation.documentNumber });
}

/** Throws for a write that is no creation: an `operation`, an `include=void`, or a body that names what exists already. */
export function assertCreates(outgoing: Outgoing): void {
  const url = new URL(outgoing.url);
  assert(!url.searchParams.has("operation") && !url.searchParams.has("include"), "the books are append-only: no operation but create");
  const body = parseJson(outgoing.body ?? "");
  assert(typeof body === "object" && body !== null && !Array.isArray(body), "a creation has a JSON object as its body");
  for (const name of ["Id", "SyncToken", "sparse"]) {
    assert(!Object.hasOwn(body, name), `the books are append-only: a creation has no ${name}`);
  }
}

function urlOf(access: Access, path: string, query: Query): string {
  assert(/^\d{1,20}$/.test(access.externalAccount), "a company of QuickBooks Online is a number");
  const url = new URL(`/v3/company/${access.externalAccount}/${path}`, API_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.searchParams.set("minorversion", MINOR_VERSION);
  return url.href;
}

function headersOf(access: Access): Record<string, string> {
  // Without Accept the answer is XML.
  return { Accept: "application/json", Authorization: `Bearer ${access.accessToken}` };
}

function interpret<T>(access: Access, incoming: Incoming, schema: z.ZodType<T>, subject: Subject): Result<T> {
  const body = parseJson(incoming.text);
  const fault = readFault(body);
  if (incoming.status === 429 || fault?.code === "3001") {
    return failed({ kind: "provider_busy", provider, retryAfterSeconds: retryAfterSeconds(incoming.headers) ?? THROTTLE_SECONDS });
  }
  if (fault !== null) {
    const message = fault.detail === "" ? fault.message : `${fault.message}: ${fault.detail}`;
    return failed(failureOf(fault, answerOf(access, incoming, fault.code, message), subject));
  }
  if (incoming.status === 401 || incoming.status === 403) {
    return failed({ kind: "provider_refused", provider, answer: answerOf(access, incoming, String(incoming.status), "") });
  }
  const answer = incoming.status === 200 ? schema.safeParse(body) : undefined;
  return answer?.success === true ? ok(answer.data) : failed(unreadable(incoming, subject));
}

function answerOf(access: Access, incoming: Incoming, code: string, message: string) {
  const tid = incoming.headers.get("intuit_tid");
  const reference = tid === null ? {} : { reference: tid };
  return providerAnswer({ status: incoming.status, code, message, ...reference }, [access.accessToken]);
}

function unreadable(incoming: Incoming, { isWrite }: Subject): Failure {
  const detail = `status ${incoming.status} without a readable answer`;
  if (isWrite) return { kind: "answer_lost", provider, detail };
  return { kind: incoming.status >= 500 ? "provider_down" : "provider_unreadable", provider, detail };
}

/** A write left and nobody knows what became of it. */
export function lost(detail: string): Result<never> {
  return failed({ kind: "answer_lost", provider, detail });
}
