/**
 * A stop is a person's, not a number's: whoever said it is not reached at an address that is learned later, nor by letting go
 * of the one that it stands at. So wherever addresses come together, what stands at one is made to stand at each.
 */
import { readConfig } from "../../platform/env";
import { barredAmong, carryOver, linesOf, subjectOf, type Address, type Ledger } from "../consent/service";

/**
 * Makes a stop, or a hold, that stands at one of a person's addresses stand at all of them, but for one that was opted in
 * since. Asked before such addresses are written down as one person's, and again afterwards for what was said meanwhile.
 * Asks the register once where nothing stands. What it did is not done again, but for a line that a crash kept from the ledger.
 */
export async function carryAmong(ledger: Ledger, addresses: readonly Address[]): Promise<void> {
  if (addresses.length < 2) return;
  const barred = await barredAmong(ledger, addresses.map((address) => ({ address, others: [] })));
  const kind = barred.some((one) => one?.kind === "opted_out") ? "opted_out" : "held";
  if (barred.every((one) => one === null)) return;
  const subjects = await Promise.all(addresses.map(async (address) => await subjectOf(readConfig(ledger.env), ledger.db.shopId, address)));
  const told = new Set((await linesOf(ledger.db, subjects)).filter(({ act }) => act === kind).map(({ subject }) => subject));
  for (const [index, to] of addresses.entries()) {
    const subject = subjects[index];
    const isDone = barred[index]?.kind === kind && subject !== undefined && told.has(subject);
    if (!isDone) await carryOver(ledger, { from: addresses.filter((one) => one !== to), to });
  }
}
