/** A simulated Clover with merchants in two regions, and a client that went through its consent page. */
import { HOUR } from "../../../src/kernel/clock";
import { windowOf, type BusinessDate, type DaySchedule, type Window } from "../../../src/kernel/day";
import type { TokenSet } from "../../../src/kernel/grant";
import type { Result } from "../../../src/kernel/result";
import { checkSalesDay, type SalesDay } from "../../../src/ledger/sales-day";
import type { Access, DayReading, OAuthClient } from "../../../src/providers/contract";
import { clover } from "../../../src/providers/clover";
import { createCloverSimulator, type CloverSimulator } from "../../../src/providers/clover/simulator";
import { inventory } from "../../../src/providers/clover/simulator-cafe";
import { listedSource } from "../../../src/providers/clover/simulator-day";
import type { SimulatorOptions } from "../../../src/providers/clover/simulator-state";
import type { Batch } from "../../../src/providers/clover/simulator-wire";
import { createSend, type Send } from "../../../src/providers/send";

export const MERCHANT = "C0VEK1TCHEN01";
export const IRISH = "11FFEYK1TCH01";

export const client: OAuthClient = {
  clientId: "DAYBKAPP00001", clientSecret: "the-clover-secret", redirectUri: "https://auth.daybook.example/connect/clover/callback", region: "na",
};
export const date = "2026-07-14" as BusinessDate;
export const schedule: DaySchedule = { zone: "America/New_York", cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 180 }] };
export const window: Window = windowOf(schedule, date);
export const noon = window.start + 9 * HOUR;

export type World = CloverSimulator & {
  readonly send: Send;
  /** Moves the simulator's clock. */
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
};

/** Cove Kitchen in North America, which sold `batches`, and Liffey Kitchen in Europe. */
export function givenClover(batches: readonly Batch[] = [], options: Partial<SimulatorOptions> = {}): World {
  let now = window.end + 2 * HOUR;
  let drawn = 0;
  const simulator = createCloverSimulator({
    clock: () => now,
    random: (length) => Uint8Array.from({ length }, () => (drawn = (drawn * 16_807 + 12_345) % 2_147_483_647) & 0xff),
    clients: [{ clientId: client.clientId, clientSecret: client.clientSecret, redirectUris: [client.redirectUri] }],
    merchants: [
      { id: MERCHANT, name: "Cove Kitchen", region: "na", timezone: "America/New_York", currency: "USD", summaryHour: 3, items: inventory() },
      { id: IRISH, name: "Liffey <Kitchen>", region: "eu", timezone: "Europe/Dublin", currency: "EUR", summaryHour: 0, isVat: true, items: inventory() },
    ],
    sales: listedSource(MERCHANT, batches),
    ...options,
  });
  const send = createSend(async (request) => await simulator.app.fetch(request), clover.manifest);
  return { ...simulator, send, pass: (milliseconds) => (now += milliseconds), now: () => now };
}

/** Goes through the consent page as the owner of a merchant and answers what the redirect carries. */
export async function consent(world: World, merchant = MERCHANT, decision = "allow", as: OAuthClient = client): Promise<URL> {
  const url = clover.oauth.authorizeUrl(as, "the-state", "unused");
  const form = new URLSearchParams({ merchant, decision });
  const answer = await world.app.fetch(new Request(url, { method: "POST", body: form, redirect: "manual" }));
  return new URL(answer.headers.get("location") ?? "about:blank");
}

/** A grant for a merchant of a region. */
export async function connect(world: World, merchant = MERCHANT, region = "na"): Promise<{ readonly tokens: TokenSet; readonly access: Access }> {
  const as = { ...client, region };
  const back = await consent(world, merchant, "allow", as);
  const exchanged = await clover.oauth.exchange(world.send, as, Object.fromEntries(back.searchParams), "", world.now());
  if (!exchanged.ok) throw new Error(`the exchange failed: ${exchanged.failure.kind}`);
  const { tokens, accounts: [{ id: externalAccount }] } = exchanged.value;
  return { tokens, access: { send: world.send, accessToken: tokens.accessToken, externalAccount } };
}

/** Reads the day of Cove Kitchen with a fresh connection, whatever comes of it. */
export async function tryDay(world: World, of: Window = window, currency = "USD"): Promise<Result<DayReading>> {
  const { access } = await connect(world);
  return await clover.readDay(access, { locationId: MERCHANT, currency, window: of });
}

/** The same, and it works. */
export async function readDay(world: World, of: Window = window): Promise<DayReading> {
  const reading = await tryDay(world, of);
  if (!reading.ok) throw new Error(`the reading failed: ${JSON.stringify(reading.failure)}`);
  return reading.value;
}

/** A day that was read, proven to balance to the cent. */
export async function balancedDay(world: World, of: Window = window): Promise<SalesDay> {
  const { day } = await readDay(world, of);
  const checked = checkSalesDay(day);
  if (!checked.ok) throw new Error(JSON.stringify(checked.failure));
  return day;
}

/** The row of a list by its id. */
export function row<Row extends { readonly id: string }>(rows: readonly Row[], id: string): Row | undefined {
  return rows.find((one) => one.id === id);
}
