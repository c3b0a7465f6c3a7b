/** A shop with Clover for its till, from the consent page to its books: every button is pressed by the product's own API. */
import { expect } from "vitest";
import { createApp } from "../../src/app";
import type { ConnectionsView } from "../../src/features/connections/contract";
import type { MappingView } from "../../src/features/mapping/contract";
import { createPerson } from "../../src/features/people/service";
import { SESSION_COOKIE, writeToken } from "../../src/features/sessions/rules";
import { beginSession } from "../../src/features/sessions/service";
import { createShop } from "../../src/features/shops/service";
import type { BackfillView } from "../../src/features/sync/contract";
import { systemRandom } from "../../src/kernel/clock";
import { windowOf, type Window } from "../../src/kernel/day";
import { newId } from "../../src/kernel/ids";
import { createCloverSimulator } from "../../src/providers/clover/simulator";
import { inventory } from "../../src/providers/clover/simulator-cafe";
import { NO_SALES } from "../../src/providers/clover/simulator-day";
import { idOf } from "../../src/providers/clover/simulator-state";
import type { Batch } from "../../src/providers/clover/simulator-wire";
import { suggestedOr } from "../../src/sandbox/demo-people";
import { Visitor } from "../../src/sandbox/visitor";
import { originOf } from "./app";
import { date } from "./days";
import { givenWorld, type GivenWorld } from "./given";
import { must } from "./people";

/** The day that kitchens sell on. */
export const KITCHEN_DAY = date("2026-07-14");
const TODAY = date("2026-07-15");

export type Place = { readonly region: "na" | "eu"; readonly zone: string; readonly currency: string; readonly summaryHour: number };
export const NEW_YORK: Place = { region: "na", zone: "America/New_York", currency: "USD", summaryHour: 3 };
export const DUBLIN: Place = { region: "eu", zone: "Europe/Dublin", currency: "EUR", summaryHour: 0 };

/** A world in which Clover is too, with one merchant of a region; browsers reach the simulators at their real names. */
export function givenKitchen({ region, zone, currency, summaryHour }: Place) {
  const given = givenWorld({ merchants: [{ locations: [{ name: "unused" }], currency }], now: Date.UTC(2026, 6, 15, 15) });
  const merchantId = idOf(systemRandom);
  const clover = createCloverSimulator({
    clock: given.now, random: systemRandom, sales: NO_SALES,
    clients: [{ clientId: given.env.CLOVER_CLIENT_ID, clientSecret: given.env.CLOVER_CLIENT_SECRET, redirectUris: [`${originOf("auth", given.env)}/connect/clover/callback`] }],
    merchants: [{ id: merchantId, name: "Cove Kitchen", region, timezone: zone, currency, summaryHour, items: inventory() }],
  });
  const others = given.providers.transport;
  const isClovers = (request: Request) => new URL(request.url).hostname.endsWith("clover.com");
  const transport = async (request: Request): Promise<Response> => (isClovers(request) ? await clover.app.fetch(request) : await others(request));
  Object.assign(given.providers, { transport });
  const app = createApp(given.world);
  const visitor = new Visitor(async (request) => {
    const { hostname } = new URL(request.url);
    return hostname.endsWith("daybook.example") ? await app.fetch(request, given.env) : await transport(request);
  });
  return { given, clover, merchantId, visitor };
}

export type Kitchen = ReturnType<typeof givenKitchen>;

/** An owner who has signed in and entered a new shop. Answers the start of the shop's API's addresses. */
export async function enter({ given, visitor }: Kitchen, { zone, currency }: Place): Promise<string> {
  const { world, env } = given;
  const slug = `cove-${newId(systemRandom).slice(0, 8)}`;
  const owner = must(await createPerson(world, env, { name: "Cora", email: `${slug}@example.com` }));
  must(await createShop(world, env, { slug, name: "Cove", zone, currency }, owner.id));
  const token = await beginSession(world, env, owner.id, new Request(originOf("auth", env)), { factor: "password" });
  visitor.cookies(new URL(originOf("auth", env)).host).set(SESSION_COOKIE, writeToken(token));
  await visitor.open(`${originOf(slug, env)}/enter/start`);
  return `${originOf(slug, env)}/api`;
}

/** From the button over the provider's consent page and back; answers the address at which it ends. */
export async function connect({ visitor }: Kitchen, api: string, request: { readonly provider: string; readonly region?: string }, choice: Readonly<Record<string, string>>): Promise<URL> {
  const { url } = await visitor.call<{ url: string }>("POST", `${api}/connections`, request);
  const page = await visitor.open(url);
  const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")] as const);
  return (await visitor.submit(page.url, { ...Object.fromEntries(hidden), decision: "allow", ...choice })).url;
}

/** Reads the kitchen's day again, and posts it where that is asked for. */
export async function backfill({ given, visitor }: Kitchen, api: string, location: string, post: boolean): Promise<void> {
  const { id } = await visitor.call<BackfillView>("POST", `${api}/backfills`, { locations: [location], from: KITCHEN_DAY, to: KITCHEN_DAY, post });
  await given.drain();
  expect(await visitor.call<BackfillView>("GET", `${api}/backfills/${id}`)).toMatchObject({ isFinished: true });
}

/** What stands in the books, by account: debits positive, in minor units. */
export function bookedByAccount({ providers }: GivenWorld): Readonly<Record<string, number>> {
  const [entry, ...more] = providers.quickbooks.control.entries(providers.merchants[0]?.realm ?? "");
  expect(more).toEqual([]);
  const amounts: Record<string, number> = {};
  for (const line of entry?.Line ?? []) {
    const detail = line.JournalEntryLineDetail;
    const name = detail?.AccountRef.name ?? detail?.AccountRef.value ?? "";
    amounts[name] = (amounts[name] ?? 0) + Math.round(Number(line.Amount) * 100) * (detail?.PostingType === "Debit" ? 1 : -1);
  }
  return amounts;
}

export type OpenKitchen = Kitchen & {
  readonly api: string;
  readonly location: string;
  readonly window: Window;
  readonly put: (...batches: readonly Batch[]) => void;
  /** Reads the day, maps what it has as suggested, and posts it. */
  readonly post: () => Promise<void>;
};

/** A kitchen whose till and books are connected and whose place is chosen; nothing was sold there yet. */
export async function givenOpenKitchen(place: Place): Promise<OpenKitchen> {
  const kitchen = givenKitchen(place);
  const { given, clover, merchantId, visitor } = kitchen;
  const api = await enter(kitchen, place);
  expect((await connect(kitchen, api, { provider: "clover", region: place.region }, { merchant: merchantId })).searchParams.get("connected")).toBe("clover");
  await connect(kitchen, api, { provider: "quickbooks" }, { company: given.providers.merchants[0]?.realm ?? "" });
  const { locations: [location] } = await visitor.call<ConnectionsView>("GET", `${api}/connections`);
  if (location === undefined) throw new Error("a merchant is a location");
  await visitor.call("PUT", `${api}/locations/${location.id}`, { startsOn: TODAY, cutOffMinutes: place.summaryHour * 60 });
  return {
    ...kitchen, api, location: location.id,
    window: windowOf({ zone: place.zone, cutOffs: [{ from: KITCHEN_DAY, minutes: place.summaryHour * 60 }] }, KITCHEN_DAY),
    put: (...batches) => batches.forEach((batch) => clover.control.put(merchantId, batch)),
    post: async () => {
      await backfill(kitchen, api, location.id, false);
      await mapAll(kitchen, api);
      await visitor.call("PUT", `${api}/posting`, { mode: "automatic" });
      await backfill(kitchen, api, location.id, true);
    },
  };
}

async function mapAll({ visitor }: Kitchen, api: string): Promise<void> {
  const view = await visitor.call<MappingView>("GET", `${api}/mapping`);
  const accounts = Object.fromEntries(view.lines.flatMap((line) => {
    const account = suggestedOr(line, view, line.key.startsWith("tender:card") ? "Square Clearing" : line.key === "tender:cash" ? "Cash on Hand" : null);
    return account === null ? [] : [[line.key, account] as const];
  }));
  await visitor.call("PUT", `${api}/mapping`, { version: view.version, accounts });
}
