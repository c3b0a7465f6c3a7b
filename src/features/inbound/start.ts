/**
 * START ends a stop only where Twilio itself says that it was sent after it: deliveries overtake each other, and whoever
 * said stop last is not written to. Twilio counts in whole seconds; of two in the same one nobody knows the order.
 */
import { MINUTE } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { createSend, texting, type KnownText, type Send, type TextAccount } from "../../providers/registry";
import { optIn, stopOnRecord, type Ledger, type Person, type Said } from "../consent/service";
import { accountOf } from "../text-line/service";

/** How far our clock and Twilio's may be apart: a stop that arrived longer before a START was sent before it. */
const CLOCKS_DIFFER_MS = 10 * MINUTE;

/** What became of a START. Twilio's failures where it could not be asked, which is to be tried again. */
export type Started = Result<"restored" | "older" | "unchanged">;

/** Ends the stops of whoever said START, at the address that it came from. */
export async function startAgain(desk: Ledger, person: Person, said: Said & { readonly reference: string }): Promise<Started> {
  const { world, env, db } = desk;
  const account = await accountOf(world, env, db);
  if (!account.ok) return account;
  const line: Line = { send: createSend(world.transport(env), texting.reach), account: account.value };
  const start = await sentAt(line, said.reference, person);
  if (!start.ok) return start;
  // Not one of the account's, or not from there: whoever signed it knows more of it than Twilio.
  if (start.value === null) return ok("older");
  const stop = await dateOf(line, desk, person, start.value);
  return stop.ok ? ok(await optIn(desk, person.address, { ...said, saidAt: start.value }, stop.value)) : stop;
}

type Line = { readonly send: Send; readonly account: TextAccount };

type Dated = { readonly reference: string; readonly saidAt: number };

/** When the stop on record was sent, where it may have been sent after the START; null where nobody can be asked. */
async function dateOf(line: Line, desk: Ledger, person: Person, startedAt: number): Promise<Result<Dated | null>> {
  const stop = await stopOnRecord(desk, person.address);
  if (stop === null || stop.reference === null || !isTexts(stop.reference) || stop.at < startedAt - CLOCKS_DIFFER_MS) return ok(null);
  const at = await sentAt(line, stop.reference, person);
  return at.ok ? ok(at.value === null ? null : { reference: stop.reference, saidAt: at.value }) : at;
}

/** When a text was sent by somebody, as Twilio says; null where it knows none such. */
async function sentAt({ send, account }: Line, sid: string, { address }: Person): Promise<Result<number | null>> {
  const known: Result<KnownText> = await texting.read(send, account, sid);
  if (known.ok) return ok(known.value.from === address.value ? known.value.createdAt : null);
  const isUnknown = known.failure.kind === "provider_refused" && known.failure.answer.status === 404;
  return isUnknown ? ok(null) : failed(known.failure);
}

function isTexts(reference: string | null): boolean {
  return /^(?:SM|MM)[0-9a-f]{32}$/i.test(reference ?? "");
}
