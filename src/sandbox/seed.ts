/**
 * Makes the demo world by using the product as its merchants would: signing in, giving consent on the simulators' own
 * pages, choosing locations, mapping, posting. Only people and shops are made directly. Done twice it changes nothing.
 */
import { addDays, businessDateAt, type BusinessDate } from "../kernel/day";
import type { ConnectionsView, ConnectRequest } from "../features/connections/contract";
import type { MappingView } from "../features/mapping/contract";
import type { BackfillView } from "../features/sync/contract";
import { CATERING_ACCOUNT, HARBOUR_REALM } from "./demo-books";
import { makePeopleAndShops, PASSWORD, type DemoShop, DEMO_SHOPS } from "./demo-people";
import { demoRange, scheduleOf } from "./demo-tills";
import type { SandboxContext } from "./context";
import { simulatorsOf } from "./transport";
import { Visitor, type Arrival } from "./visitor";

/** Days that are read before the mapping is made, so that it knows the till's lines. */
const DAYS_BEFORE_MAPPING = 7;
const DAYS_BEFORE_MONTH = 4;
const MOST_WAITS = 240;

/** Seeds both demo shops. Resolves when their history is being posted; `progressOf` tells how far it is. */
export async function seedDemo(context: SandboxContext): Promise<void> {
  if (!(await makePeopleAndShops(context))) return;
  for (const shop of DEMO_SHOPS) await seedShop(context, shop);
}

/** How many days of the demo's back-fills are done. */
export async function progressOf(context: SandboxContext): Promise<{ readonly done: number; readonly days: number; readonly isFinished: boolean }> {
  const all = await Promise.all(DEMO_SHOPS.map(async (shop) => {
    const owner = await signIn(context, shop);
    const { backfills } = await owner.call<{ backfills: BackfillView[] }>("GET", apiOf(context, shop, "/backfills"));
    return backfills;
  }));
  const posting = all.flat().filter((one) => one.post);
  const done = posting.reduce((count, one) => count + one.doneCount, 0);
  const days = posting.reduce((count, one) => count + one.dayCount, 0);
  return { done, days, isFinished: posting.length > 0 && posting.every((one) => one.isFinished) };
}

async function seedShop(context: SandboxContext, shop: DemoShop): Promise<void> {
  const owner = await signIn(context, shop);
  await connect(context, owner, shop, "square", { merchant: shop.merchant });
  await connect(context, owner, shop, "quickbooks", { company: shop.realm });
  const range = await chooseLocations(context, owner, shop);
  if (shop.hasSurprises) await simulatorsOf(context.env).surprise(addDays(range.to, -2), addDays(range.to, -1));
  if (shop.hasSurprises) await simulatorsOf(context.env).useDrawers(range.to);
  await backfill(context, owner, shop, { from: addDays(range.to, 1 - DAYS_BEFORE_MAPPING), to: range.to, post: false }, true);
  await acceptSuggestions(context, owner, shop);
  if (shop.hasSurprises) await simulatorsOf(context.env).makeInactive(HARBOUR_REALM, CATERING_ACCOUNT);
  await owner.call("PUT", apiOf(context, shop, "/posting"), { mode: "automatic" });
  await backfill(context, owner, shop, { ...range, post: true }, false);
}

/** Signs the shop's owner in and enters the shop. */
export async function signIn(context: SandboxContext, shop: Pick<DemoShop, "slug" | "ownerEmail">): Promise<Visitor> {
  const visitor = new Visitor(context.handle);
  const arrival = await visitor.open(`${originOf(context, shop.slug)}/enter/start?to=/`);
  const asked = arrival.url.searchParams;
  const enter = { site: asked.get("site"), challenge: asked.get("challenge"), to: asked.get("to") ?? "/" };
  const { next } = await visitor.call<{ next: string }>("POST", `${originOf(context, "auth")}/api/sign-in`, {
    email: shop.ownerEmail, password: PASSWORD, enter,
  });
  await visitor.open(next);
  return visitor;
}

/** Goes to the provider's consent page and presses Allow. */
export async function connect(
  context: SandboxContext, owner: Visitor, shop: Pick<DemoShop, "slug">, provider: "square" | "quickbooks", choice: Record<string, string>,
): Promise<void> {
  assertConnected(await allow(context, owner, shop, { provider }, Object.entries(choice)), provider);
}

/** Where somebody comes to who presses Allow on the provider's consent page: back, or before a question. */
export async function allow(
  context: SandboxContext, owner: Visitor, shop: Pick<DemoShop, "slug">, request: ConnectRequest, choices: readonly (readonly [string, string])[],
): Promise<Arrival> {
  const { url } = await owner.call<{ url: string }>("POST", apiOf(context, shop, "/connections"), request);
  const consent = await owner.open(url);
  // A consent page carries what was asked in hidden fields.
  return await owner.submit(consent.url, [...consent.url.searchParams, ...choices, ["decision", "allow"]]);
}

/** Throws where a consent did not come back with a connection. */
export function assertConnected({ url }: Arrival, provider: ConnectRequest["provider"]): void {
  if (url.searchParams.get("connected") !== provider) throw new Error(`connecting ${provider} ended at ${url.pathname}${url.search}`);
}

async function chooseLocations(
  context: SandboxContext, owner: Visitor, shop: DemoShop,
): Promise<{ readonly from: BusinessDate; readonly to: BusinessDate }> {
  const { locations } = await owner.call<ConnectionsView>("GET", apiOf(context, shop, "/connections"));
  const [main] = shop.locations;
  if (main === undefined) throw new Error("a demo shop has a location");
  const range = demoRange(businessDateAt(scheduleOf(main), context.world.clock()));
  for (const location of locations) {
    const known = shop.locations.find((one) => one.name === location.name);
    if (known === undefined) continue;
    await owner.call("PUT", apiOf(context, shop, `/locations/${location.id}`), { startsOn: firstOwnDay(range.to), cutOffMinutes: known.cutOffMinutes, cutOffFrom: range.from });
  }
  return range;
}

/** A few days before the month of `last`: payouts from then on are kept, so that the month's takings and deposits meet. */
function firstOwnDay(last: BusinessDate): BusinessDate {
  return addDays(`${last.slice(0, 7)}-01` as BusinessDate, -DAYS_BEFORE_MONTH);
}

/** Saves every suggestion for lines without an account, but for those that the demo leaves for its visitor. */
export async function acceptSuggestions(
  context: SandboxContext, owner: Visitor, shop: Pick<DemoShop, "slug" | "accountOf">,
): Promise<void> {
  const view = await owner.call<MappingView>("GET", apiOf(context, shop, "/mapping"));
  const chosen = view.lines.filter(({ account }) => account === null).flatMap((line) => {
    const account = shop.accountOf(line, view);
    return account === null ? [] : [[line.key, account] as const];
  });
  if (chosen.length === 0) return;
  await owner.call("PUT", apiOf(context, shop, "/mapping"), { version: view.version, accounts: Object.fromEntries(chosen) });
}

/** Starts a back-fill of all chosen locations and, where asked, waits until it is done. */
export async function backfill(
  context: SandboxContext, owner: Visitor, shop: Pick<DemoShop, "slug">,
  range: { readonly from: BusinessDate; readonly to: BusinessDate; readonly post: boolean }, waits: boolean,
): Promise<void> {
  const { locations } = await owner.call<ConnectionsView>("GET", apiOf(context, shop, "/connections"));
  const chosen = locations.filter((location) => location.startsOn !== null).map((location) => location.id);
  const begun = await owner.call<BackfillView>("POST", apiOf(context, shop, "/backfills"), { locations: chosen, ...range });
  if (!waits) return;
  await until(async () => (await owner.call<BackfillView>("GET", apiOf(context, shop, `/backfills/${begun.id}`))).isFinished);
}

/** Asks every quarter of a second, for a minute at most. What is late then goes on by itself. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let wait = 0; wait < MOST_WAITS && !(await isSo()); wait += 1) await new Promise((resolve) => setTimeout(resolve, 250));
}

/** `http://harbour.localhost:8787`. */
export function originOf(context: SandboxContext, label: string): string {
  return `${context.config.scheme}://${label}.${context.config.domain}`;
}

/** An address of a shop's API. */
export function apiOf(context: SandboxContext, shop: Pick<DemoShop, "slug">, path: string): string {
  return `${originOf(context, shop.slug)}/api${path}`;
}
