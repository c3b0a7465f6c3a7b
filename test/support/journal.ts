/** A shop of the tests that leaves its books and takes Daybook's own journal instead, mapped over the chart it begins with. */
import { beginConsent, connectionById } from "../../src/features/connections/service";
import { STARTER_CHART } from "../../src/features/journal/rules";
import type { ConnectionId } from "../../src/kernel/ids";
import { shardsOf } from "../../src/platform/env";
import type { GivenShop, GivenWorld } from "./given";
import { mappingOver } from "./mapping";
import { must } from "./people";

/** Names of the café's chart in the tests, and where the same goes in the starter chart. */
const INSTEAD: Readonly<Record<string, string>> = {
  "Coffee Sales": "Sales", "Tea Sales": "Sales", "Food Sales": "Sales", "Discounts Given": "Discounts", "Undeposited Funds": "Cash on Hand",
  "Square Clearing": "Card Clearing", "Rounding Differences": "Rounding",
};

/** Ends the shop's QuickBooks, connects the journal as a person does, and maps everything. Answers the connection's id. */
export async function takeOwnBooks(given: GivenWorld, shop: GivenShop): Promise<ConnectionId> {
  const shard = shardsOf(given.env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  await shard.prepare("UPDATE connection SET state = 'disconnected' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
  must(await beginConsent(given.world, given.env, shop.visit(), { provider: "journal" }));
  const id = await shard.prepare("SELECT id FROM connection WHERE shop_id = ?1 AND provider = 'journal'").bind(shop.shopId).first<ConnectionId>("id");
  if (id === null) throw new Error("connecting the journal left no connection");
  const accounts = STARTER_CHART.map(({ id: Id, name: Name }) => ({ Id, Name }));
  const named = Object.entries(INSTEAD).map(([name, other]) => ({ Id: accounts.find(({ Name }) => Name === other)?.Id ?? "", Name: name }));
  await shard.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT ?1, max(version) + 1, ?2, 'test', 2 FROM mapping WHERE shop_id = ?1")
    .bind(shop.shopId, JSON.stringify(mappingOver([...named, ...accounts], []))).run();
  return id;
}

/** The journal's connection row. */
export async function journalOf(shop: GivenShop, id: ConnectionId) {
  const row = await connectionById(shop.db, id);
  if (row === null) throw new Error("there is no such connection");
  return row;
}
