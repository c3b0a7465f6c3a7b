/** Loads a payout in one round trip: what was read and posted of it, where it belongs, and by which rules it is posted. */
import { businessDateAt, type BusinessDate } from "../../kernel/day";
import type { PayoutId } from "../../kernel/ids";
import type { Mapping } from "../../ledger/mapping";
import type { ShopDb } from "../../platform/database";
import { connectionsQuery, currentOf, locationsQuery, toLocation, type ConnectionRow, type Location } from "../connections/service";
import { latestQuery, toMapping } from "../mapping/service";
import { payoutEntriesQuery, payoutQuery, type PayoutEntryRow, type PayoutRow } from "../payouts/service";
import type { PostingRule } from "../sync/contract";
import { postingRuleQuery, ruleOf } from "../sync/service";

/** Everything that is known of a payout before anything is asked of a provider. */
export type ShopPayout = {
  readonly payout: PayoutRow;
  readonly entries: readonly PayoutEntryRow[];
  readonly location: Location;
  readonly till: ConnectionRow | null;
  readonly books: ConnectionRow | null;
  /** All of them, ended ones included: entries stay linked to the books that hold them. */
  readonly connections: readonly ConnectionRow[];
  readonly mapping: Mapping;
  readonly rule: PostingRule;
};

/** Null for a payout that the shop does not have: absent and another shop's are the same. */
export async function loadShopPayout(db: ShopDb, id: PayoutId): Promise<ShopPayout | null> {
  const [payouts, entries, locations, connections, mappings, rules] = await db.orm.batch([
    payoutQuery(db, id), payoutEntriesQuery(db, id), locationsQuery(db), connectionsQuery(db), latestQuery(db), postingRuleQuery(db),
  ]);
  const [payout] = payouts;
  const location = locations.find((row) => row.id === payout?.locationId);
  if (payout === undefined || location === undefined) return null;
  return {
    payout, entries, location: toLocation(location), connections,
    till: connections.find((row) => row.id === payout.connectionId && row.state !== "disconnected") ?? null,
    books: currentOf(connections, "books"), mapping: toMapping(mappings[0]), rule: ruleOf(rules[0]),
  };
}

/** The date on the wall at a location: banks know no cut-off. */
export function dateAtBank(location: Pick<Location, "zone">, now: number): BusinessDate {
  return businessDateAt({ zone: location.zone, cutOffs: [{ from: "2009-01-01" as BusinessDate, minutes: 0 }] }, now);
}
