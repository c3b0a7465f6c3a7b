/** What Square sends by itself, signed as it signs: HMAC-SHA256 in base64 over the registered address and the body. */
import { encodeBase64 } from "@oslojs/encoding";

export type SquareNews = {
  readonly kind: "payment.updated" | "refund.created" | "gift_card.activity.created" | "oauth.authorization.revoked";
  readonly merchantId: string;
  readonly locationId: string;
  /** When the payment or refund was made, or the grant ended; epoch milliseconds. */
  readonly at: number;
  /** The same for every time that one event is sent. */
  readonly eventId: string;
  /** 0 for the first time; what comes again says how often it was tried. */
  readonly retry: number;
};

/** The request to the registered address `url`. */
export async function squareHook(news: SquareNews, key: string, url: string): Promise<Request> {
  const { kind, merchantId, eventId, at, retry } = news;
  const body = JSON.stringify({ merchant_id: merchantId, type: kind, event_id: eventId, created_at: new Date(at).toISOString(), data: dataOf(news) });
  const headers = {
    "content-type": "application/json", "square-environment": "Production",
    "x-square-hmacsha256-signature": await signatureOf(key, `${url}${body}`),
    ...(retry === 0 ? {} : { "square-retry-number": String(retry), "square-retry-reason": "http_timeout" }),
  };
  return new Request(url, { method: "POST", headers, body });
}

function dataOf({ kind, locationId, at, eventId }: SquareNews): object {
  const created = { id: `OF-${eventId}`, location_id: locationId, created_at: new Date(at).toISOString() };
  switch (kind) {
    case "payment.updated":
      return { type: "payment", id: created.id, object: { payment: { ...created, status: "COMPLETED" } } };
    case "refund.created":
      return { type: "refund", id: created.id, object: { refund: { ...created, status: "PENDING" } } };
    case "gift_card.activity.created":
      return { type: "gift_card_activity", id: created.id, object: { gift_card_activity: { ...created, type: "ADJUST_INCREMENT" } } };
    case "oauth.authorization.revoked":
      return { type: "revocation", id: created.id, object: { revocation: { revoked_at: created.created_at, revoker_type: "MERCHANT" } } };
  }
}

async function signatureOf(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text))));
}
