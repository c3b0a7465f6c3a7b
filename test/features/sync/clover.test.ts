/** A shop from Clover's consent page to its books: every button is pressed as a person would, by the product's own API. */
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { MappingView } from "../../../src/features/mapping/contract";
import { createPerson } from "../../../src/features/people/service";
import { SESSION_COOKIE, writeToken } from "../../../src/features/sessions/rules";
import { beginSession } from "../../../src/features/sessions/service";
import { createShop } from "../../../src/features/shops/service";
import type { BackfillView } from "../../../src/features/sync/contract";
import { HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { windowOf, type DaySchedule } from "../../../src/kernel/day";
import { newId } from "../../../src/kernel/ids";
import { createCloverSimulator } from "../../../src/providers/clover/simulator";
import { inventory } from "../../../src/providers/clover/simulator-cafe";
import { NO_SALES } from "../../../src/providers/clover/simulator-day";
import { draftSale, TENDERS } from "../../../src/providers/clover/simulator-draft";
import { idOf } from "../../../src/providers/clover/simulator-state";
import { suggestedOr } from "../../../src/sandbox/demo-people";
import { Visitor } from "../../../src/sandbox/visitor";
import { ofMenu } from "../../providers/clover/sales";
import { originOf } from "../../support/app";
import { date } from "../../support/days";
import { givenWorld, type GivenWorld } from "../../support/given";
import { must } from "../../support/people";

const DAY = date("2026-07-14");
const TODAY = date("2026-07-15");

type Place = { readonly region: "na" | "eu"; readonly zone: string; readonly currency: string; readonly summaryHour: number };
const NEW_YORK: Place = { region: "na", zone: "America/New_York", currency: "USD", summaryHour: 3 };
const DUBLIN: Place = { region: "eu", zone: "Europe/Dublin", currency: "EUR", summaryHour: 0 };

/** A world in which Clover is too, with one merchant of a region; browsers reach the simulators at their real names. */
function givenKitchen({ region, zone, currency, summaryHour }: Place) {
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

type Kitchen = ReturnType<typeof givenKitchen>;

/** An owner who has signed in and entered a new shop. Answers the start of the shop's API's addresses. */
async function enter({ given, visitor }: Kitchen, { zone, currency }: Place): Promise<string> {
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
async function connect({ visitor }: Kitchen, api: string, request: { readonly provider: string; readonly region?: string }, choice: Readonly<Record<string, string>>): Promise<URL> {
  const { url } = await visitor.call<{ url: string }>("POST", `${api}/connections`, request);
  const page = await visitor.open(url);
  const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")] as const);
  return (await visitor.submit(page.url, { ...Object.fromEntries(hidden), decision: "allow", ...choice })).url;
}

async function backfill({ given, visitor }: Kitchen, api: string, location: string, post: boolean): Promise<void> {
  const { id } = await visitor.call<BackfillView>("POST", `${api}/backfills`, { locations: [location], from: DAY, to: DAY, post });
  await given.drain();
  expect(await visitor.call<BackfillView>("GET", `${api}/backfills/${id}`)).toMatchObject({ isFinished: true });
}

/** What stands in the books, by account: debits positive, in minor units. */
function bookedByAccount({ providers }: GivenWorld): Readonly<Record<string, number>> {
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

describe("a kitchen with Clover", () => {
  it.each([NEW_YORK, DUBLIN])("in region $region is connected by consent, and its day stands in the books to the cent", async (place) => {
    const kitchen = givenKitchen(place);
    const { given, clover, merchantId, visitor } = kitchen;
    const api = await enter(kitchen, place);
    expect((await connect(kitchen, api, { provider: "clover", region: place.region }, { merchant: merchantId })).searchParams.get("connected")).toBe("clover");
    await connect(kitchen, api, { provider: "quickbooks" }, { company: given.providers.merchants[0]?.realm ?? "" });
    const { locations, offers } = await visitor.call<ConnectionsView>("GET", `${api}/connections`);
    expect(offers.find(({ provider }) => provider === "clover")?.regions.map(({ id }) => id)).toEqual(["na", "eu", "la"]);
    const [location] = locations;
    if (location === undefined) throw new Error("a merchant is a location");
    expect(location).toMatchObject({ name: "Cove Kitchen", zone: place.zone, currency: place.currency, tillCutOffMinutes: place.summaryHour * 60 });
    await visitor.call("PUT", `${api}/locations/${location.id}`, { startsOn: TODAY, cutOffMinutes: place.summaryHour * 60 });

    const schedule: DaySchedule = { zone: place.zone, cutOffs: [{ from: DAY, minutes: place.summaryHour * 60 }] };
    const { start, end } = windowOf(schedule, DAY);
    for (const draft of [
      { at: start + 9 * HOUR, payments: [{ tipMinor: 100 }] },
      { at: start + 10 * HOUR, lines: [ofMenu("Burger"), ofMenu("Latte")], payments: [{ tender: TENDERS.cash }] },
      // Ordered before the day ends and paid after it: the next day's.
      { at: end - MINUTE, payments: [{ at: end + MINUTE }] },
    ]) clover.control.put(merchantId, draftSale({ id: `S${idOf(systemRandom, 12)}`, currency: place.currency, lines: [ofMenu("Latte")], ...draft }));

    await backfill(kitchen, api, location.id, false);
    const view = await visitor.call<MappingView>("GET", `${api}/mapping`);
    const accounts = Object.fromEntries(view.lines.flatMap((line) => {
      const account = suggestedOr(line, view, line.key.startsWith("tender:card") ? "Square Clearing" : line.key === "tender:cash" ? "Cash on Hand" : null);
      return account === null ? [] : [[line.key, account] as const];
    }));
    await visitor.call("PUT", `${api}/mapping`, { version: view.version, accounts });
    await visitor.call("PUT", `${api}/posting`, { mode: "automatic" });
    await backfill(kitchen, api, location.id, true);

    const booked = bookedByAccount(given);
    // By card 5.17 and a tip of 1.00; in cash 20.50, of which 1.80 is tax.
    expect(booked).toMatchObject({ "Square Clearing": 617, "Cash on Hand": 2_050, "Tips Payable": -100, "Sales Tax Payable": -(42 + 166 + 14) });
    expect(Object.values(booked).reduce((sum, minor) => sum + minor, 0)).toBe(0);
    expect(clover.control.journal().every(({ host }) => host === `api.${place.region === "eu" ? "eu." : ""}clover.com` || host.startsWith("www."))).toBe(true);
  });

  it("connects again in the region that it was in, without being asked", async () => {
    const kitchen = givenKitchen(DUBLIN);
    const api = await enter(kitchen, DUBLIN);
    await connect(kitchen, api, { provider: "clover", region: "eu" }, { merchant: kitchen.merchantId });
    kitchen.clover.control.uninstall(kitchen.merchantId);
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId })).searchParams.get("connected")).toBe("clover");
  });

  it("is asked for a region that there is", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    await expect(connect(kitchen, api, { provider: "clover", region: "mars" }, {})).rejects.toThrow("Clover is not to be found there.");
    await expect(connect(kitchen, api, { provider: "quickbooks", region: "na" }, {})).rejects.toThrow("is not to be found there.");
  });

  it("that comes from Clover's App Market is told to begin in Daybook, and one that says no stays as it was", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    const ended = await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId, decision: "market" });
    expect(ended.pathname).toBe("/connect/clover/callback");
    expect((await kitchen.visitor.open(ended)).text).toContain("Begin this in Daybook");
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId, decision: "deny" })).searchParams.get("refused")).toBe("denied");
    expect((await kitchen.visitor.call<ConnectionsView>("GET", `${api}/connections`)).connections).toEqual([]);
  });

  it("whose app lacks a permission is told so at once, and nothing is kept", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    kitchen.clover.control.fault({ kind: "unauthorized", path: "/items" });
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId })).searchParams.get("refused")).toBe("scopes_missing");
  });
});
