/**
 * Cove Kitchen: a Clover till whose day ends at three, books at Xero (its bookkeeper sees two organisations there), a
 * tracking category for the place, every day approved by a person, and one day that has changed since.
 */
import type { ConnectionsView } from "../features/connections/contract";
import type { DaysView } from "../features/days/contract";
import type { MappingLine, MappingView } from "../features/mapping/contract";
import { findShopBySlug } from "../features/shops/service";
import { addDays, businessDateAt, type BusinessDate } from "../kernel/day";
import { directoryDb } from "../platform/database";
import type { SandboxContext } from "./context";
import { COVE_CATERING, COVE_ORGANISATION, TRACKED } from "./demo-books";
import { COVE, coveSchedule } from "./demo-clover";
import { makeShop, suggestedOr } from "./demo-people";
import { acceptSuggestions, allow, apiOf, assertConnected, backfill, signIn, until } from "./seed";
import { simulatorsOf } from "./transport";
import type { Visitor } from "./visitor";

const SHOP = { slug: "cove", name: "Cove Kitchen", zone: COVE.timezone, ownerEmail: "owner@cove.example", ownerName: "Cora Whelan", others: {} };

const DAYS = 12;
/** The latest days wait for approval. */
const DAYS_TO_APPROVE = 2;

/** By the beginning of a line's key, with the code that Xero writes before the name. */
const ACCOUNTS: readonly (readonly [string, string])[] = [
  ["tender:cash", "643 Cash on Hand"], ["tender:", "640 Clover Clearing"], ["gift_card", "823 Gift Cards Outstanding"], ["sales:CATK1TCHEN001", "203 Food Sales"],
];

/** Makes the shop and has its first days read and posted. Done twice it changes nothing. */
export async function seedCove(context: SandboxContext): Promise<void> {
  if ((await findShopBySlug(directoryDb(context.env), SHOP.slug)) !== null) return;
  await makeShop(context, SHOP);
  const owner = await signIn(context, SHOP);
  assertConnected(await allow(context, owner, SHOP, { provider: "clover", region: COVE.region }, [["merchant", COVE.id]]), "clover");
  await connectXero(context, owner);
  const { locations } = await owner.call<ConnectionsView>("GET", apiOf(context, SHOP, "/connections"));
  const last = addDays(businessDateAt(coveSchedule(), context.world.clock()), -1);
  const from = addDays(last, 1 - DAYS);
  for (const { id } of locations) {
    await owner.call("PUT", apiOf(context, SHOP, `/locations/${id}`), { startsOn: from, cutOffMinutes: COVE.summaryHour * 60, cutOffFrom: from });
  }
  await owner.call("PUT", apiOf(context, SHOP, "/posting"), { mode: "approve" });
  await backfill(context, owner, SHOP, { from, to: last, post: false }, true);
  await acceptSuggestions(context, owner, { slug: SHOP.slug, accountOf });
  await trackPlaces(context, owner);
  await backfill(context, owner, SHOP, { from, to: addDays(last, -DAYS_TO_APPROVE), post: true }, true);
}

/** A sale that a tablet kept to itself for days comes in: its day waits with the difference. Done twice it changes nothing. */
export async function changeCove(context: SandboxContext): Promise<void> {
  const owner = await signIn(context, SHOP);
  const date = addDays(businessDateAt(coveSchedule(), context.world.clock()), -5);
  const [location] = (await owner.call<ConnectionsView>("GET", apiOf(context, SHOP, "/connections"))).locations;
  if (location === undefined || (await stateOf(context, owner, date)) !== "posted") return;
  await simulatorsOf(context.env).sellLateAtCove(date);
  await owner.call("POST", apiOf(context, SHOP, `/days/${location.id}/${date}/read`), {});
  await until(async () => (await stateOf(context, owner, date)) === "changed");
}

/** One consent opens both of the bookkeeper's organisations: the shop's is chosen from Daybook's own list. */
async function connectXero(context: SandboxContext, owner: Visitor): Promise<void> {
  const both = [COVE_ORGANISATION, COVE_CATERING].map((id) => ["organisation", id] as const);
  const question = await allow(context, owner, SHOP, { provider: "xero" }, both);
  const links = [...question.text.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  const link = links.find((href) => href.includes(`account=${COVE_ORGANISATION}`));
  if (link === undefined) throw new Error(`Xero's organisations were not asked for at ${question.url.pathname}`);
  assertConnected(await owner.open(link), "xero");
}

function accountOf(line: MappingLine, view: MappingView): string | null {
  return suggestedOr(line, view, ACCOUNTS.find(([beginning]) => line.key.startsWith(beginning))?.[1] ?? null);
}

async function trackPlaces(context: SandboxContext, owner: Visitor): Promise<void> {
  const view = await owner.call<MappingView>("GET", apiOf(context, SHOP, "/mapping"));
  const dimension = view.dimensions.find(({ name }) => name === TRACKED.category);
  const option = dimension?.options.find(({ name }) => name === TRACKED.option);
  if (dimension === undefined || option === undefined) throw new Error(`Xero has no ${TRACKED.category}`);
  const places = Object.fromEntries(view.locations.map(({ id }) => [id, { [dimension.id]: option.id }]));
  await owner.call("PUT", apiOf(context, SHOP, "/mapping"), { version: view.version, tags: { locations: places } });
}

async function stateOf(context: SandboxContext, owner: Visitor, date: BusinessDate): Promise<string | undefined> {
  const { cells } = await owner.call<DaysView>("GET", apiOf(context, SHOP, `/days?from=${date}&to=${date}`));
  return cells.find((cell) => cell.date === date)?.state;
}
