/** What tests of every simulated vendor of books stand on: its way in, the journey through its consent, and results unpacked. */
import { parseBusinessDate, type BusinessDate } from "../../src/kernel/day";
import type { Failure } from "../../src/kernel/failure";
import type { Result } from "../../src/kernel/result";
import type { EntryLine } from "../../src/ledger/entry";
import { createSend, type Send } from "../../src/providers/send";

export type Transport = (request: Request) => Promise<Response>;

export const DATE = date("2026-01-05");

export function date(text: string): BusinessDate {
  const parsed = parseBusinessDate(text);
  if (parsed === null) throw new Error(`${text} is no date`);
  return parsed;
}

/** The value of a success; a failure fails the test with its content. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected success, got ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** The failure; a success fails the test with its content. */
export function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.failure;
}

/** The way to a vendor that notices soon when nobody answers; nothing else here takes real time. */
export function impatientSend(transport: Transport, manifest: Parameters<typeof createSend>[1]): Send {
  const patient = createSend(transport, manifest);
  return async (outgoing) => await patient({ ...outgoing, deadlineMs: 250 });
}

/** Answers the vendor's consent page with `choices`; what its redirect brings back. */
export async function consentAt(transport: Transport, url: URL, choices: readonly (readonly [name: string, value: string])[]): Promise<Record<string, string>> {
  const page = await transport(new Request(url));
  if (page.status !== 200) throw new Error(`no consent page: ${await page.text()}`);
  const form = new URLSearchParams(url.search);
  for (const [name, value] of choices) form.append(name, value);
  const answer = await transport(new Request(`${url.origin}${url.pathname}`, { method: "POST", body: form, redirect: "manual" }));
  const location = answer.headers.get("location");
  if (location === null) throw new Error(`no redirect: ${await answer.text()}`);
  return Object.fromEntries(new URL(location).searchParams);
}

/** One side of lines that balance. */
export function totalOf(lines: readonly EntryLine[]): number {
  return lines.filter(({ side }) => side === "debit").reduce((total, { minor }) => total + minor, 0);
}
