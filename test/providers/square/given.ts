/** A simulated Square with two merchants, and a client that went through its consent page. */
import type { Hono } from "hono";
import { HOUR } from "../../../src/kernel/clock";
import { windowOf, type BusinessDate, type DaySchedule, type Window } from "../../../src/kernel/day";
import type { TokenSet } from "../../../src/kernel/grant";
import type { Access, DayReading, OAuthClient } from "../../../src/providers/contract";
import { createSend, type Send } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { createSquareSimulator, type SquareSimulator } from "../../../src/providers/square/simulator";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { listedSource, type OrderSource } from "../../../src/providers/square/simulator-source";
import type { SimulatorOptions } from "../../../src/providers/square/simulator-state";
import type { Order, PaymentRefund } from "../../../src/providers/square/simulator-wire";

export const client: OAuthClient = {
  clientId: "sq0idp-daybook", clientSecret: "sq0csp-secret", redirectUri: "https://auth.daybook.example/connect/square/callback", region: null,
};
export const date = "2026-07-14" as BusinessDate;
export const schedule: DaySchedule = { zone: "America/New_York", cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 240 }] };
export const window: Window = windowOf(schedule, date);
export const noon = window.start + 8 * HOUR;

export type World = SquareSimulator & {
  readonly send: Send;
  /** Moves the simulator's clock. */
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
};

/** Two merchants, A with locations LA and LB, and C with LC; `orders` holds what they sold. */
export function givenSquare(orders: OrderSource = listedSource([]), options: Partial<SimulatorOptions> = {}): World {
  let now = window.end + 2 * HOUR;
  let drawn = 0;
  const simulator = createSquareSimulator({
    clock: () => now,
    random: (length) => Uint8Array.from({ length }, () => (drawn = (drawn * 16_807 + 12_345) % 2_147_483_647) & 0xff),
    clients: [{ clientId: client.clientId, clientSecret: client.clientSecret, redirectUris: [client.redirectUri] }],
    merchants: [
      {
        id: "MERCHANT_A", name: "Pirouette Café", country: "US", currency: "USD", objects: cafeCatalogue("USD").objects,
        locations: [
          { id: "LA", name: "Pirouette", timezone: "America/New_York", currency: "USD" },
          { id: "LB", name: "Closed kiosk", timezone: "America/Chicago", currency: "USD", status: "INACTIVE" },
        ],
      },
      {
        id: "MERCHANT_C", name: "Other <Shop> & Co", country: "US", currency: "USD", objects: cafeCatalogue("USD", "C_").objects,
        locations: [{ id: "LC", name: "Other", timezone: "America/New_York", currency: "USD" }],
      },
    ],
    orders,
    delay: () => Promise.resolve(),
    ...options,
  });
  const send = createSend(transportOf(simulator.app), square.manifest);
  return { ...simulator, send, pass: (milliseconds) => (now += milliseconds), now: () => now };
}

export function transportOf(app: Hono): (request: Request) => Promise<Response> {
  return async (request) => await app.fetch(request);
}

/** Goes through the consent page as the owner of a merchant and answers what the redirect carries. */
export async function consent(world: World, merchant: string, decision: "allow" | "deny" = "allow", challenge = ""): Promise<URL> {
  const url = square.oauth.authorizeUrl(client, "the-state", challenge);
  const form = new URLSearchParams({ merchant, decision });
  const answer = await world.app.fetch(new Request(url, { method: "POST", body: form, redirect: "manual" }));
  return new URL(answer.headers.get("location") ?? "about:blank");
}

export async function connect(world: World, merchant = "MERCHANT_A"): Promise<{ readonly tokens: TokenSet; readonly access: Access }> {
  const back = await consent(world, merchant);
  const exchanged = await square.oauth.exchange(world.send, client, Object.fromEntries(back.searchParams), "", world.now());
  if (!exchanged.ok) throw new Error(`the exchange failed: ${exchanged.failure.kind}`);
  const { tokens, accounts: [{ id: externalAccount }] } = exchanged.value;
  return { tokens, access: { send: world.send, accessToken: tokens.accessToken, externalAccount } };
}

/** Reads the day of LA with a fresh connection and expects it to work. */
export async function readDay(world: World, locationId = "LA", of: Window = window): Promise<DayReading> {
  const { access } = await connect(world);
  const reading = await square.readDay(access, { locationId, currency: "USD", window: of });
  if (!reading.ok) throw new Error(`the reading failed: ${JSON.stringify(reading.failure)}`);
  return reading.value;
}

/** A Square that sold exactly these orders. */
export function givenOrders(orders: readonly Order[], refunds: readonly PaymentRefund[] = []): World {
  return givenSquare(listedSource([{ orders, refunds }]));
}
