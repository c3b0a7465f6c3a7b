/** A shop from nothing to its first posted days, by the product's own pages and API alone. */
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { MappingView } from "../../../src/features/mapping/contract";
import type { BackfillView } from "../../../src/features/sync/contract";
import { suggestedOr } from "../../../src/sandbox/demo-people";
import { ownerOf } from "./plan";
import { signIn, type Person, type TownShop } from "./people";
import { apiUrl, type Town } from "./town";

/** The day before the town's clock begins, and the first of six. */
export const YESTERDAY = "2030-07-13" as BusinessDate;
export const FIRST = addDays(YESTERDAY, -5);

/** A shop that works, its owner's browser, and the ids that the API knows it by. */
export type Working = {
  readonly shop: TownShop;
  readonly owner: Person;
  readonly tillId: string;
  readonly booksId: string;
  readonly locationId: string;
  readonly backfillIds: readonly string[];
};

/** Connects both accounts, chooses the location, reads, maps and posts six days. */
export async function setUp(town: Town, shop: TownShop): Promise<Working> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  await connect(owner, shop, "square");
  await connect(owner, shop, "quickbooks");
  const { connections, locations } = await owner.visitor.call<ConnectionsView>("GET", apiUrl(shop, "/connections"));
  const locationId = locations[0]?.id ?? "";
  await owner.visitor.call("PUT", apiUrl(shop, `/locations/${locationId}`), { startsOn: addDays(YESTERDAY, 1), cutOffMinutes: 0 });
  const read = await backfill(town, owner, shop, { locations: [locationId], from: FIRST, to: YESTERDAY, post: false });
  await acceptSuggestions(owner, shop);
  await owner.visitor.call("PUT", apiUrl(shop, "/posting"), { mode: "automatic" });
  const posted = await backfill(town, owner, shop, { locations: [locationId], from: FIRST, to: addDays(YESTERDAY, -1), post: true });
  const idOf = (role: string): string => connections.find((connection) => connection.role === role)?.id ?? "";
  return { shop, owner, tillId: idOf("till"), booksId: idOf("books"), locationId, backfillIds: [read, posted] };
}

/** Goes to the provider's own consent page and decides there. Answers the address at which it ends. */
export async function connect(
  owner: Person, shop: TownShop, provider: "square" | "quickbooks", decision: "allow" | "deny" = "allow",
): Promise<URL> {
  const { url } = await owner.visitor.call<{ url: string }>("POST", apiUrl(shop, "/connections"), { provider });
  const page = await owner.visitor.open(url);
  const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")] as const);
  const fields = { ...Object.fromEntries(hidden), merchant: shop.plan.merchant, company: shop.plan.realm, decision };
  const back = await owner.visitor.submit(page.url, fields);
  const isConnected = back.url.searchParams.get("connected") === provider;
  if (isConnected !== (decision === "allow")) throw new Error(`consent to ${provider} ended at ${back.url.href}: ${back.text.slice(0, 300)}`);
  return back.url;
}

/** Starts a back-fill and lets the queue work until nothing is left of it. Answers its id. */
export async function backfill(
  town: Town, owner: Person, shop: TownShop, request: { readonly locations: readonly string[]; readonly from: BusinessDate; readonly to: BusinessDate; readonly post: boolean },
): Promise<string> {
  const { id } = await owner.visitor.call<BackfillView>("POST", apiUrl(shop, "/backfills"), request);
  await town.work();
  const view = await owner.visitor.call<BackfillView>("GET", apiUrl(shop, `/backfills/${id}`));
  if (!view.isFinished) throw new Error(`the back-fill did not finish: ${JSON.stringify(view)}`);
  return id;
}

/** Maps every line that occurs but for workshops, some of them to the account that carries the shop's canary. */
export async function acceptSuggestions(owner: Person, shop: TownShop): Promise<void> {
  const view = await owner.visitor.call<MappingView>("GET", apiUrl(shop, "/mapping"));
  const petty = view.accounts.find(({ name }) => name.includes(shop.plan.canary))?.id ?? "";
  const chosen = view.lines.flatMap((line) => {
    const account = line.key === "rounding" || line.key === "comp" ? petty : suggestedOr(line, view, line.key.endsWith("CAT_TRAYS") ? "Catering Income" : null);
    return account === null || line.account !== null || line.key.endsWith("CAT_RARE") ? [] : [[line.key, account] as const];
  });
  await owner.visitor.call("PUT", apiUrl(shop, "/mapping"), { version: view.version, accounts: Object.fromEntries(chosen) });
}
