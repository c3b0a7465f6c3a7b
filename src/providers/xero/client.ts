/**
 * One call to an organisation's books. Append-only is kept here: what would change what exists never reaches the network
 * (Daybook creates journals and corrects by further journals; it edits none).
 */
import type { z } from "zod";
import { assert } from "../../kernel/assert";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import { parseJson } from "../oauth";
import type { Incoming, Outgoing } from "../send";
import { failureOf, itemProblems } from "./errors";
import { API_URL } from "./manifest";

const provider = "xero";

export type Reading = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Epoch milliseconds; only what was created or changed since is answered. */
  readonly modifiedSince?: number;
};

/** Reads from `/api.xro/2.0/<path>`. Failures are certain: a read has no effect to be unsure of. */
export async function read<T>(access: Access, { path, query = {}, modifiedSince }: Reading, schema: z.ZodType<T>): Promise<Result<T>> {
  const url = new URL(path, API_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const since: Record<string, string> = modifiedSince === undefined ? {} : { "If-Modified-Since": new Date(modifiedSince).toISOString().slice(0, 19) };
  const sent = await access.send({ method: "GET", url: url.href, headers: { ...headersOf(access), ...since } });
  return sent.ok ? interpret(access, sent.value, schema, false) : sent;
}

export type Creation = {
  readonly path: "ManualJournals" | "Accounts";
  /** JSON text, not an object: amounts are written as decimal literals and never pass through a binary fraction. */
  readonly body: string;
  /** At most 128 characters; a repeat brings the first answer. Null where nothing of the kind can be made twice. */
  readonly idempotencyKey: string | null;
};

/** Creates. `answer_lost` wherever it may have happened: no answer, a 5xx, or an answer that cannot be read. */
export async function create<T>(access: Access, { path, body, idempotencyKey }: Creation, schema: z.ZodType<T>): Promise<Result<T>> {
  const key: Record<string, string> = idempotencyKey === null ? {} : { "Idempotency-Key": idempotencyKey };
  const headers = { ...headersOf(access), ...key, "Content-Type": "application/json" };
  const outgoing: Outgoing = { method: "PUT", url: new URL(path, API_URL).href, headers, body };
  assertCreates(outgoing);
  const sent = await access.send(outgoing);
  return sent.ok ? interpret(access, sent.value, schema, true) : lost(sent.failure.detail);
}

/** Throws for a write that is no creation of one thing: not by PUT, of something that has an id, or of a journal that is not posted. */
export function assertCreates({ method, body }: Pick<Outgoing, "method" | "body">): void {
  assert(method === "PUT", "the books are append-only: a POST would change what exists");
  const whole = parseJson(body ?? "");
  const [name, items] = isFields(whole) && Object.keys(whole).length === 1 ? (Object.entries(whole)[0] ?? []) : [];
  assert((name === "ManualJournals" || name === "Accounts") && Array.isArray(items) && items.length === 1, "a creation is of one thing");
  const [item]: unknown[] = items;
  assert(isFields(item), "what is created is a JSON object");
  for (const id of ["ManualJournalID", "AccountID"]) assert(!Object.hasOwn(item, id), `the books are append-only: a creation has no ${id}`);
  // A draft is in no ledger, and any other status would end a journal that exists.
  assert(name === "Accounts" || item["Status"] === "POSTED", "a journal is created as posted");
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function headersOf(access: Access): Record<string, string> {
  assert(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(access.externalAccount), "an organisation at Xero is a GUID");
  // Without Accept the answer is XML.
  return { Accept: "application/json", Authorization: `Bearer ${access.accessToken}`, "xero-tenant-id": access.externalAccount };
}

function interpret<T>(access: Access, incoming: Incoming, schema: z.ZodType<T>, isWrite: boolean): Result<T> {
  const body = parseJson(incoming.text);
  const refusal = failureOf(incoming, body, { isWrite, secrets: [access.accessToken] });
  if (refusal !== null) return failed(refusal);
  const problems = isWrite ? itemProblems(body, [access.accessToken]) : null;
  if (problems !== null) return failed(problems);
  const answer = schema.safeParse(body);
  if (answer.success) return ok(answer.data);
  const detail = `status ${incoming.status} without a readable answer`;
  return isWrite ? lost(detail) : failed({ kind: "provider_unreadable", provider, detail });
}

/** A write left and nobody knows what became of it. */
export function lost(detail: string): Result<never> {
  return failed({ kind: "answer_lost", provider, detail });
}
