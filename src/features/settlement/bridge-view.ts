/** The bridge and the ageing of the clearing account as the web app shows them. */
import { addDays, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { accountFor, type Mapping } from "../../ledger/mapping";
import { CLEARING_KEY } from "../../ledger/payout";
import type { Visit } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { connectionsQuery, currentOf, locationsQuery, type Location } from "../connections/service";
import { balanceOn, glancesQuery, type DayGlance } from "../days/service";
import { latestQuery, toMapping } from "../mapping/service";
import type { AgeingView, BridgesView } from "../payouts/contract";
import { MOST_PAYOUTS_AT_ONCE, payoutBalanceOn, payoutsBetweenQuery, withheldOf, type PayoutRow } from "../payouts/service";
import { nameOf } from "../sync/service";
import { bridgeOf, bucketsOf, LONGEST_WAY_DAYS, settledDays, type TakenDay } from "./bridge";
import { dateAtBank } from "./load";
import { tellsPayouts } from "./read";
import { rangeOf } from "./view";

/** How far back open takings are looked for, and how long after a range its days may still be settled. */
const AGEING_DAYS = 60;
const SETTLED_WITHIN_DAYS = 45;

/** The bridge of every location for a range of dates, and what is open as of today. Fails as `rangeOf`; `conflict` where there are too many payouts. */
export async function viewBridge(world: World, { db, shop }: Visit, query: { readonly from: string; readonly to: string }): Promise<Result<BridgesView>> {
  const range = rangeOf(query);
  if (!range.ok) return range;
  const { from, to } = range.value;
  const today = dateAtBank(shop, world.clock());
  const since = addDays(today, -AGEING_DAYS);
  const [locations, connections, mappings, days, payouts, lately, late] = await db.orm.batch([
    locationsQuery(db), connectionsQuery(db), latestQuery(db),
    glancesQuery(db, from, to), payoutsBetweenQuery(db, addDays(from, -LONGEST_WAY_DAYS), addDays(to, SETTLED_WITHIN_DAYS)),
    glancesQuery(db, since, today), payoutsBetweenQuery(db, since, addDays(today, LONGEST_WAY_DAYS)),
  ]);
  // Half of the payouts would make a bridge that looks whole.
  if (Math.max(payouts.length, late.length) >= MOST_PAYOUTS_AT_ONCE) return failed(tooMany());
  const till = currentOf(connections, "till");
  const mapping = toMapping(mappings[0]);
  const isTold = tellsPayouts(till);
  const own = (rows: readonly PayoutRow[], { id }: Pick<Location, "id">) => rows.filter(({ locationId }) => locationId === id);
  const shown = isTold ? locations.filter(({ id }) => days.some(({ locationId }) => locationId === id) || payouts.some(({ locationId }) => locationId === id)) : [];
  const open = locations.map((location) => ({ currency: location.currency, days: settledDays(readOf(lately, location), own(late, location), mapping) }));
  const bridges = shown.map((location) => (
    bridgeOf(location, settledDays(readOf(days, location), own(payouts, location), mapping), own(payouts, location), { from, to, today })
  ));
  return ok({
    toldBy: isTold ? nameOf(till, "") : null,
    tillName: till === null ? null : nameOf(till, ""),
    bridges,
    ageing: isTold ? await ageingOf(db, nameOf(till, ""), open, today) : [],
    clearing: await clearingOf(db, mapping, currentOf(connections, "books")?.currency ?? shop.currency),
  });
}

function readOf(days: readonly DayGlance[], { id }: Pick<Location, "id">): TakenDay[] {
  return days.flatMap(({ locationId, businessDate, totals }) => (locationId === id && totals !== null ? [{ locationId, businessDate, totals }] : []));
}

type OpenDays = { readonly currency: string; readonly days: ReturnType<typeof settledDays> };

/** One row per currency: a processor settles each for itself. */
async function ageingOf(db: ShopDb, processor: string, open: readonly OpenDays[], today: BusinessDate): Promise<AgeingView[]> {
  const currencies = [...new Set(open.filter(({ days }) => days.length > 0).map(({ currency }) => currency))];
  return await Promise.all(currencies.map(async (currency) => {
    const days = open.filter((one) => one.currency === currency).flatMap((one) => one.days);
    const buckets = bucketsOf(days, today);
    return { processor, currency, buckets, openMinor: buckets.reduce((total, { minor }) => total + minor, 0), withheldMinor: await withheldOf(db, currency) };
  }));
}

async function clearingOf(db: ShopDb, mapping: Mapping, currency: string): Promise<BridgesView["clearing"]> {
  const account = accountFor(mapping, CLEARING_KEY);
  if (account === null) return null;
  const [ofDays, ofPayouts] = await Promise.all([balanceOn(db, account.id, currency), payoutBalanceOn(db, account.id, currency)]);
  return { account: account.name, currency, balanceMinor: ofDays + ofPayouts };
}

function tooMany() {
  return { kind: "conflict", message: `More than ${MOST_PAYOUTS_AT_ONCE} payouts are too many for one bridge.` } as const;
}
