/** Square and QuickBooks as they send by themselves: bodies of their shapes, signed by their rules, and a door to send them to. */
import { createApp } from "../../../src/app";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions, type WorldOptions } from "../../support/given";
import { CLIENTS, DOMAIN } from "../../support/providers";

/** Signs bytes as both providers do: HMAC-SHA256 in base64. */
export async function signed(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text)))));
}

export type Sending = { readonly body?: unknown; readonly text?: string; readonly signature?: string; readonly url?: string; readonly key?: string };

/** Sends a body to Daybook's address for a provider, signed rightly unless it says otherwise. */
export async function send(given: GivenWorld, provider: string, sending: Sending): Promise<Response> {
  const address = `https://${DOMAIN}/hooks/${provider}`;
  const text = sending.text ?? JSON.stringify(sending.body);
  const isSquare = provider === "square";
  const key = sending.key ?? (isSquare ? CLIENTS.SQUARE_WEBHOOK_KEY : CLIENTS.QUICKBOOKS_WEBHOOK_TOKEN);
  const signature = sending.signature ?? (await signed(key, isSquare ? `${sending.url ?? address}${text}` : text));
  const headers = { "content-type": "application/json", [isSquare ? "x-square-hmacsha256-signature" : "intuit-signature"]: signature };
  return await createApp(given.world).fetch(new Request(address, { method: "POST", headers, body: text }), given.env);
}

/** A shop whose accounts are claimed, as connecting claims them. */
export async function givenClaimed(options: ShopOptions = {}, world: WorldOptions = {}): Promise<{ readonly given: GivenWorld; readonly shop: GivenShop }> {
  const given = givenWorld(world);
  const shop = await givenShop(given, options);
  await claim(given, shop);
  return { given, shop };
}

/** Claims a shop's accounts in the directory. */
export async function claim({ env }: GivenWorld, { shopId, merchant, tillId, booksId }: GivenShop): Promise<void> {
  const insert = (provider: string, account: string, id: string) => env.DIRECTORY.prepare(
    "INSERT INTO connected_account (provider, external_account, shop_id, connection_id) VALUES (?1, ?2, ?3, ?4)",
  ).bind(provider, account, shopId, id);
  await env.DIRECTORY.batch([insert("square", merchant.merchantId, tillId), insert("quickbooks", merchant.realm, booksId)]);
}

let events = 0;

/** `payment.updated` of a payment that was made at an instant. */
export function paymentEvent(merchantId: string, locationId: string, madeAt: number, changes: Readonly<Record<string, unknown>> = {}) {
  events += 1;
  return {
    merchant_id: merchantId, type: "payment.updated", event_id: `event-${events}`, created_at: new Date(madeAt).toISOString(),
    data: { type: "payment", id: "PAYMENT", object: { payment: { id: "PAYMENT", location_id: locationId, created_at: new Date(madeAt).toISOString(), amount_money: { amount: 4_711, currency: "USD" }, card_details: { card: { last_4: "4242" } } } } },
    ...changes,
  };
}

/** QuickBooks' old form, for one entity. */
export function entityChanged(realmId: string, id: string, operation: string, name = "JournalEntry") {
  return { eventNotifications: [{ realmId, dataChangeEvent: { entities: [{ name, id, operation, lastUpdated: "2026-07-15T13:00:00.000Z" }] } }] };
}

/** Its new form: one CloudEvent. */
export function cloudEvent(realmId: string, id: string, change: string, entity = "journalentry") {
  events += 1;
  return {
    specversion: "1.0", id: `cloud-${events}`, source: "intuit.abc", type: `qbo.${entity}.${change}.v1`, datacontenttype: "application/json",
    time: "2026-07-15T13:00:00Z", intuitentityid: id, intuitaccountid: realmId, data: {},
  };
}
