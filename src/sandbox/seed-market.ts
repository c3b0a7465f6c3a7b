/** Night Market: a stall whose till has no API. Its export files are dropped, and Daybook's own journal keeps its books. */
import type { ConnectionsView, LocationView } from "../features/connections/contract";
import type { DaysView } from "../features/days/contract";
import { findShopBySlug } from "../features/shops/service";
import { addDays, businessDateAt, datesBetween, type BusinessDate } from "../kernel/day";
import { directoryDb } from "../platform/database";
import type { SandboxContext } from "./context";
import { makeShop, suggestedOr } from "./demo-people";
import { itemsFile, transactionsFile } from "./market-files";
import { acceptSuggestions, apiOf, signIn, until } from "./seed";
import type { Visitor } from "./visitor";

const SHOP = {
  slug: "market", name: "Night Market", zone: "America/New_York", ownerEmail: "owner@market.example", ownerName: "Wen Zhao", others: {},
};
const DAYS = 14;

/** What the starter chart calls what a till's lines do not name. */
const ACCOUNTS: readonly (readonly [string, string])[] = [["tender:cash", "Cash on Hand"], ["tender:", "Card Clearing"], ["sales:", "Sales"]];

/** Makes the shop, drops its files of two weeks, and leaves yesterday's payments in the till. Done twice it changes nothing. */
export async function seedMarket(context: SandboxContext): Promise<void> {
  if ((await findShopBySlug(directoryDb(context.env), SHOP.slug)) !== null) return;
  await makeShop(context, SHOP);
  const owner = await signIn(context, SHOP);
  for (const provider of ["file", "journal"]) await owner.call("POST", apiOf(context, SHOP, "/connections"), { provider });
  const today = todayOf(context);
  const dates = datesBetween(addDays(today, -DAYS), addDays(today, -1));
  const location = await addStall(context, owner, addDays(today, -DAYS));
  await owner.call("PUT", apiOf(context, SHOP, "/posting"), { mode: "automatic" });
  await drop(context, owner, { name: "items.csv", location, content: itemsFile(dates) });
  await drop(context, owner, { name: "transactions.csv", location, content: transactionsFile(dates.slice(0, -1)) });
  await until(async () => (await readDays(context, owner, dates)) >= dates.length - 1);
  await acceptSuggestions(context, owner, {
    slug: SHOP.slug, accountOf: (line, view) => suggestedOr(line, view, ACCOUNTS.find(([beginning]) => line.key.startsWith(beginning))?.[1] ?? null),
  });
}

/** The export that the demo's visitor finds missing: how last night was paid. */
export function missingFile(context: SandboxContext): string {
  return transactionsFile([addDays(todayOf(context), -1)]);
}

function todayOf({ world }: SandboxContext): BusinessDate {
  return businessDateAt({ zone: SHOP.zone, cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 0 }] }, world.clock());
}

async function addStall(context: SandboxContext, owner: Visitor, startsOn: BusinessDate): Promise<string> {
  const { connections } = await owner.call<ConnectionsView>("GET", apiOf(context, SHOP, "/connections"));
  const till = connections.find(({ provider }) => provider === "file");
  const { id } = await owner.call<LocationView>("POST", apiOf(context, SHOP, "/locations"), { connection: till?.id, name: "Night Market", zone: SHOP.zone });
  await owner.call("PUT", apiOf(context, SHOP, `/locations/${id}`), { startsOn, cutOffMinutes: 0, cutOffFrom: startsOn });
  return id;
}

type Dropped = { readonly name: string; readonly location: string; readonly content: string };

async function drop(context: SandboxContext, owner: Visitor, { name, location, content }: Dropped): Promise<void> {
  const url = new URL(apiOf(context, SHOP, "/files"));
  url.search = new URLSearchParams({ name, location }).toString();
  const headers = { "sec-fetch-site": "same-origin", origin: url.origin, "content-type": "text/csv" };
  const answer = await owner.send(url, { method: "POST", headers, body: content });
  if (!answer.ok) throw new Error(`${name} was refused: ${await answer.text()}`);
}

async function readDays(context: SandboxContext, owner: Visitor, dates: readonly BusinessDate[]): Promise<number> {
  const { cells } = await owner.call<DaysView>("GET", apiOf(context, SHOP, `/days?from=${dates[0] ?? ""}&to=${dates.at(-1) ?? ""}`));
  return cells.filter(({ takingsMinor }) => takingsMinor !== null).length;
}
