/** What QuickBooks sends by itself, in its old form or as CloudEvents, signed over the body with the verifier token. */
import { encodeBase64 } from "@oslojs/encoding";

export type QuickBooksNews = {
  readonly form: "old" | "cloud";
  readonly realm: string;
  readonly entity: "JournalEntry" | "SalesReceipt";
  readonly id: string;
  readonly operation: "Create" | "Update" | "Delete" | "Void";
  /** Epoch milliseconds. */
  readonly at: number;
  /** The same for every time that one event is sent; only CloudEvents say it. */
  readonly eventId: string;
};

const ENDED = { Create: "created", Update: "updated", Delete: "deleted", Void: "voided" } as const satisfies Record<QuickBooksNews["operation"], string>;

/** The request to the registered address `url`. */
export async function quickbooksHook(news: QuickBooksNews, token: string, url: string): Promise<Request> {
  const body = JSON.stringify(bodyOf(news));
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey("raw", encoder.encode(token), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(body))));
  return new Request(url, { method: "POST", headers: { "content-type": "application/json", "intuit-signature": signature }, body });
}

function bodyOf({ form, realm, entity, id, operation, at, eventId }: QuickBooksNews): object {
  const time = new Date(at).toISOString();
  if (form === "old") return { eventNotifications: [{ realmId: realm, dataChangeEvent: { entities: [{ name: entity, id, operation, lastUpdated: time }] } }] };
  return [{
    specversion: "1.0", id: eventId, source: "intuit.simulated", type: `qbo.${entity.toLowerCase()}.${ENDED[operation]}.v1`,
    datacontenttype: "application/json", time, intuitentityid: id, intuitaccountid: realm, data: {},
  }];
}
