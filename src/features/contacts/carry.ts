/**
 * A stop is a person's, not a number's: whoever said it is not reached at an address that is learned later, nor by letting go
 * of the one that it stands at. So wherever addresses come together, what stands at one is made to stand at each.
 */
import { carryOver, type Address, type Ledger } from "../consent/service";

/**
 * Makes a stop, or a hold, that stands at one of a person's addresses stand at all of them, but for one that was opted in
 * since. Asked before such addresses are written down as one person's, and again afterwards for what was said meanwhile.
 * Does nothing where nothing stands, and nothing a second time.
 */
export async function carryAmong(ledger: Ledger, addresses: readonly Address[]): Promise<void> {
  if (addresses.length < 2) return;
  for (const to of addresses) await carryOver(ledger, { from: addresses.filter((one) => one !== to), to });
}
