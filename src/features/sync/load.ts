/** Loads a shop-day in one round trip: the day, where it is, what it is read from and posted to, and by which rules. */
import type { BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { connectionsQuery, currentOf, locationQuery, toLocation } from "../connections/service";
import { dayQuery, entriesQuery, firstEntriesQuery, unreadDay } from "../days/service";
import { latestQuery, toMapping } from "../mapping/service";
import type { PostingRule } from "./contract";
import type { ShopDay } from "./job";
import { DAYS_LOOKED_AROUND } from "./lookalike";
import { postingRuleQuery, type PostingRuleRow } from "./store";

/** Until a shop says otherwise nothing is posted. */
const FIRST_RULE: PostingRule = {
  mode: "preview", unknownLines: "hold", openChecks: "hold", corrections: "delta", leastCorrectionMinor: 0, method: "journal",
};

/** How a shop posts by its rule's row, which is absent until it chose. */
export function ruleOf(row: PostingRuleRow | undefined): PostingRule {
  if (row === undefined) return FIRST_RULE;
  const { mode, unknownLines, openChecks, corrections, leastCorrectionMinor, method } = row;
  return { mode, unknownLines, openChecks, corrections, leastCorrectionMinor, method };
}

/** Null for a location that the shop does not have: absent and another shop's are the same. */
export async function loadShopDay(db: ShopDb, locationId: LocationId, businessDate: BusinessDate): Promise<ShopDay | null> {
  const place = { locationId, businessDate };
  const [locations, connections, days, entries, mappings, rules, firstEntries] = await db.orm.batch([
    locationQuery(db, locationId), connectionsQuery(db), dayQuery(db, place), entriesQuery(db, place), latestQuery(db), postingRuleQuery(db),
    firstEntriesQuery(db, DAYS_LOOKED_AROUND),
  ]);
  const [location] = locations;
  if (location === undefined) return null;
  return {
    location: toLocation(location),
    day: days[0] ?? unreadDay({ shopId: db.shopId, ...place }),
    entries,
    till: connections.find((row) => row.id === location.connectionId && row.state !== "disconnected") ?? null,
    books: currentOf(connections, "books"),
    connections,
    mapping: toMapping(mappings[0]),
    rule: ruleOf(rules[0]),
    isNewHere: firstEntries.length < DAYS_LOOKED_AROUND,
  };
}
