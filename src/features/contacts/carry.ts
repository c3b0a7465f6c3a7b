/**
 * A stop is a person's, not a number's: whoever said it is not reached at an address that is learned later, nor by letting go
 * of the one that it stands at. So wherever addresses come together, the strictest of what stands is made to stand at each.
 */
import type { Actor } from "../../platform/audit-leaf";
import { barredAmong, holdForPerson, optOut, type Address, type Ledger, type Person } from "../consent/service";

/**
 * Makes a stop, or a hold, that stands at one of a person's addresses stand at all of them. Asked before such addresses are
 * written down as one person's, and again afterwards for what was said meanwhile. Does nothing where nothing stands, and
 * nothing a second time.
 */
export async function carryOver(ledger: Ledger, addresses: readonly Address[], actor: Actor): Promise<void> {
  if (addresses.length < 2) return;
  const barred = await barredAmong(ledger, addresses.map((address) => ({ address, others: [] })));
  const isOut = barred.some((one) => one?.kind === "opted_out");
  if (!isOut && barred.every((one) => one === null)) return;
  const [address, ...others] = addresses.filter((_, index) => (isOut ? barred[index]?.kind !== "opted_out" : barred[index] === null));
  if (address === undefined) return;
  const person: Person = { address, others };
  const said = { source: "staff" as const, words: "", saidAt: ledger.world.clock(), reference: null, actor, byPerson: null };
  await (isOut ? optOut : holdForPerson)(ledger, person, said);
}
