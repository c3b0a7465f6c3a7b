/** Loads the coffee history as a further shop and starts posting all of its 181 days. Done twice it changes nothing. */
import { findShopBySlug } from "../features/shops/service";
import type { ConnectionsView } from "../features/connections/contract";
import { directoryDb } from "../platform/database";
import type { SandboxContext } from "./context";
import { COFFEE_ZONE } from "./coffee-history";
import { COFFEE_REALM } from "./demo-books";
import { makeShop, suggestedOr } from "./demo-people";
import { acceptSuggestions, apiOf, backfill, connect, signIn } from "./seed";
import { simulatorsOf } from "./transport";

const SHOP = { slug: "coffee", name: "Coffee history", zone: COFFEE_ZONE, ownerEmail: "owner@coffee.example", ownerName: "Ada Pryce", others: {} };

/** `gzip` is the history's CSV, compressed. Resolves when the back-fill has begun. */
export async function seedCoffee(context: SandboxContext, gzip: ArrayBuffer): Promise<void> {
  const history = await simulatorsOf(context.env).loadCoffee(gzip);
  if ((await findShopBySlug(directoryDb(context.env), SHOP.slug)) !== null) return;
  await makeShop(context, SHOP);
  const owner = await signIn(context, SHOP);
  await connect(context, owner, SHOP, "square", { merchant: "MCOFFEE" });
  await connect(context, owner, SHOP, "quickbooks", { company: COFFEE_REALM });
  const { locations } = await owner.call<ConnectionsView>("GET", apiOf(context, SHOP, "/connections"));
  for (const location of locations) {
    await owner.call("PUT", apiOf(context, SHOP, `/locations/${location.id}`), { startsOn: history.from, cutOffMinutes: 0 });
  }
  // Some categories were first sold in spring: only the whole history names every line that is to be mapped.
  await backfill(context, owner, SHOP, { from: history.from, to: history.to, post: false }, true);
  await acceptSuggestions(context, owner, { slug: SHOP.slug, accountOf: (line, view) => suggestedOr(line, view, null) });
  await backfill(context, owner, SHOP, { from: history.from, to: history.to, post: true }, false);
}
