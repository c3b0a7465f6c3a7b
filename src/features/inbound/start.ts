/**
 * START ends a stop only where Twilio itself says that it was sent after it: deliveries overtake each other, and whoever
 * said stop last is not written to. Twilio counts in whole seconds; of two in the same one nobody knows the order.
 */
import { MINUTE } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { createSend, texting, type KnownText, type Send, type TextAccount } from "../../providers/registry";
import { optIn, stopsOnRecord, type Dated, type Ledger, type Person, type Said } from "../consent/service";
import { accountOf } from "../text-line/service";

/** How far our clock and Twilio's may be apart: a stop that arrived longer before a START was sent before it. */
const CLOCKS_DIFFER_MS = 10 * MINUTE;

/** So many of the stops about a START are asked after; those beyond count from when they arrived. */
const MOST_ASKED = 20;

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
  const stops = await datesOf(line, desk, person, start.value);
  return stops.ok ? ok(await optIn(desk, person.address, { ...said, saidAt: start.value }, stops.value)) : stops;
}

type Line = { readonly send: Send; readonly account: TextAccount };

/** When the stops on record were sent, of those that may have been sent after the START. */
async function datesOf(line: Line, desk: Ledger, person: Person, startedAt: number): Promise<Result<readonly Dated[]>> {
  const close = (await stopsOnRecord(desk, person.address)).filter(({ reference, at }) => isTexts(reference) && at >= startedAt - CLOCKS_DIFFER_MS);
  const dates: Dated[] = [];
  for (const { reference } of close.slice(-MOST_ASKED)) {
    const at = await sentAt(line, reference ?? "", person);
    if (!at.ok) return at;
    if (reference !== null && at.value !== null) dates.push({ reference, saidAt: at.value });
  }
  return ok(dates);
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
