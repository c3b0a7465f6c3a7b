/** Ours and Twilio's own validator look at the same deliveries, honest and otherwise, and must say the same of each. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "node:querystring";
import { getExpectedBodyHash, getExpectedTwilioSignature, validateRequest, validateRequestWithBody } from "twilio";
import { describe, expect, it } from "vitest";
import { texting } from "../../../src/providers/registry";
import { bytesOf } from "../../../src/providers/signature";

const TOKEN = "12345678901234567890123456789012";
const URL_OF_SHOP = "https://daybook.example/hooks/texts/h00k1d";
const SM = `SM${"1".repeat(32)}`;
const AC = `AC${"2".repeat(32)}`;
const HONEST = { MessageSid: SM, AccountSid: AC, From: "+12125550100", To: "+12125550199", Body: "Is it ready?", NumMedia: "0", SmsStatus: "received" };

/** What came, where it was registered to come, and what it was signed over. */
type Delivery = {
  readonly registered?: string;
  readonly body: string;
  readonly signature: string;
  readonly type?: string;
  readonly isGenuine: boolean;
};

type Fields = Readonly<Record<string, string | readonly string[]>>;

const encode = (fields: Fields): string => new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString();
const signed = (fields: Fields, url = URL_OF_SHOP, token = TOKEN): string => getExpectedTwilioSignature(token, url, fields as Record<string, unknown>);

/** A form that was signed over `over` and came as `came`. */
const form = (isGenuine: boolean, fields: Fields, changed: { readonly came?: string; readonly over?: string; readonly registered?: string; readonly signature?: string; readonly token?: string } = {}): Delivery => ({
  isGenuine, body: changed.came ?? encode(fields), signature: changed.signature ?? signed(fields, changed.over, changed.token),
  ...(changed.registered === undefined ? {} : { registered: changed.registered }),
});

const JSON_BODY = '{"MessageSid": "x", "emoji": "🛑", "boolean": true}';
const hashed = (body: string, url = URL_OF_SHOP): string => `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${getExpectedBodyHash(body)}`;
const json = (isGenuine: boolean, body: string, changed: { readonly came?: string; readonly over?: string; readonly registered?: string; readonly token?: string } = {}): Delivery => ({
  isGenuine, body: changed.came ?? body, type: "application/json", registered: changed.registered ?? hashed(body),
  signature: getExpectedTwilioSignature(changed.token ?? TOKEN, changed.over ?? hashed(body), {}),
});

const DELIVERIES: readonly (readonly [string, Delivery])[] = [
  ["an honest text", form(true, HONEST)],
  ["an empty form", form(true, {})],
  ["a text without words", form(true, { ...HONEST, Body: "" })],
  ["parameters that nobody knows", form(true, { ...HONEST, RawDlrDoneDate: "2607141200", Newest: "?" })],
  ["unicode and emoji", form(true, { ...HONEST, Body: "¿Está listo? 修理 🚗💨" })],
  ["plus signs, ampersands and equals", form(true, { ...HONEST, Body: "1+1=2 & 3%" })],
  ["line breaks", form(true, { ...HONEST, Body: "a\r\nb\nc" })],
  ["spaces sent as %20", form(true, HONEST, { came: encode(HONEST).replaceAll("+", "%20") })],
  ["every character escaped", form(true, HONEST, { came: encode(HONEST).replaceAll("MessageSid", "%4D%65ssageSid") })],
  ["parameters in another order", form(true, HONEST, { came: encode(HONEST).split("&").toReversed().join("&") })],
  ["an ampersand too many", form(true, HONEST, { came: `&${encode(HONEST)}&&` })],
  ["media twice, in order", form(true, { ...HONEST, MediaUrl: ["https://a.test/1", "https://a.test/2"] })],
  ["media twice, out of order", form(true, { ...HONEST, MediaUrl: ["b", "a", "b"] })],
  ["a parameter repeated with the same value", form(true, HONEST, { came: `${encode(HONEST)}&To=%2B12125550199` })],
  ["names that differ by case", form(true, { a: "1", A: "2", b: "3", B: "4" })],
  ["names sorted by code unit", form(true, { "ä": "1", z: "2", "𝒳": "3", "ﬀ": "4" })],
  ["a name without a value", form(true, { Body: "", x: "" }, { came: "Body&x" })],
  ["signed with the standard port", form(true, HONEST, { over: URL_OF_SHOP.replace(".example", ".example:443") })],
  ["registered with the standard port, signed without", form(true, HONEST, { registered: URL_OF_SHOP.replace(".example", ".example:443") })],
  ["registered with another port, signed with it", form(true, HONEST, { registered: URL_OF_SHOP.replace(".example", ".example:8443"), over: URL_OF_SHOP.replace(".example", ".example:8443") })],
  ["registered with another port, signed without any", form(true, HONEST, { registered: URL_OF_SHOP.replace(".example", ".example:8443") })],
  ["registered with a query", form(true, HONEST, { registered: `${URL_OF_SHOP}?foo=1&bar=2`, over: `${URL_OF_SHOP}?foo=1&bar=2` })],
  ["a query spelt as Node once did", form(true, HONEST, { registered: `${URL_OF_SHOP}?a=it%27s&b=x+y`, over: `${URL_OF_SHOP}?a=it's&b=x%20y` })],
  ["a query with one name twice, spelt as Node once did", form(true, HONEST, { registered: `${URL_OF_SHOP}?b=1&a=2&b=3`, over: `${URL_OF_SHOP}?b=1&b=3&a=2` })],
  ["a query with numbers for names, spelt as Node once did", form(true, HONEST, { registered: `${URL_OF_SHOP}?b=1&2=x&1=y`, over: `${URL_OF_SHOP}?1=y&2=x&b=1` })],
  ["a path that needs escaping, signed escaped", form(true, HONEST, { registered: `${URL_OF_SHOP}/a b`, over: `${URL_OF_SHOP}/a%20b` })],
  ["a host in capitals, signed as it is spelt", form(true, HONEST, { registered: URL_OF_SHOP.replace("daybook", "Daybook"), over: URL_OF_SHOP })],
  ["no signature", form(false, HONEST, { signature: "" })],
  ["a signature of nothing", form(false, HONEST, { signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" })],
  ["a signature that is no base64", form(false, HONEST, { signature: "%%%" })],
  ["a signature without its last sign", form(false, HONEST, { signature: signed(HONEST).slice(0, -1) })],
  ["a signature with a space behind", form(false, HONEST, { signature: `${signed(HONEST)}A` })],
  ["a signature in base64url", form(false, { ...HONEST, Body: "?>" }, { signature: `-${signed(HONEST).slice(1)}` })],
  ["two signatures", form(false, HONEST, { signature: `${signed(HONEST)}, ${signed(HONEST)}` })],
  ["another account's token", form(false, HONEST, { token: "another" })],
  ["a word changed", form(false, HONEST, { came: encode({ ...HONEST, Body: "Is it ready!" }) })],
  ["another sender", form(false, HONEST, { came: encode({ ...HONEST, From: "+12125550101" }) })],
  ["a parameter added", form(false, HONEST, { came: `${encode(HONEST)}&OptOutType=START` })],
  ["a parameter repeated with another value", form(false, HONEST, { came: `${encode(HONEST)}&Body=STOP` })],
  ["a parameter left out", form(false, HONEST, { came: encode(HONEST).replace("&NumMedia=0", "") })],
  ["a plus sign encoded twice", form(false, HONEST, { came: encode(HONEST).replaceAll("%2B", "%252B") })],
  ["a plus sign not encoded", form(false, HONEST, { came: encode(HONEST).replaceAll("%2B", "+") })],
  ["a name and its value shifted", form(true, { ab: "c" }, { came: "a=bc" })],
  ["an http address signed behind a proxy", form(false, HONEST, { over: URL_OF_SHOP.replace("https:", "http:") })],
  ["the host behind a proxy", form(false, HONEST, { over: URL_OF_SHOP.replace("daybook.example", "10.0.0.7") })],
  ["a shop's own host", form(false, HONEST, { over: URL_OF_SHOP.replace("daybook", "harbour.daybook") })],
  ["another port", form(false, HONEST, { over: URL_OF_SHOP.replace(".example", ".example:8443") })],
  ["the port of http", form(false, HONEST, { over: URL_OF_SHOP.replace(".example", ".example:80") })],
  ["another shop's address", form(false, HONEST, { over: `${URL_OF_SHOP}2` })],
  ["the address for statuses", form(false, HONEST, { over: `${URL_OF_SHOP}/status` })],
  ["a slash behind", form(false, HONEST, { over: `${URL_OF_SHOP}/` })],
  ["a query added", form(false, HONEST, { over: `${URL_OF_SHOP}?x=1` })],
  ["a query left out", form(false, HONEST, { registered: `${URL_OF_SHOP}?x=1`, over: URL_OF_SHOP })],
  ["the path in capitals", form(false, HONEST, { over: URL_OF_SHOP.toUpperCase() })],
  ["JSON", json(true, JSON_BODY)],
  ["JSON of nothing", json(true, "{}")],
  ["an empty body", json(true, "")],
  ["JSON at an address with a query", json(true, JSON_BODY, { registered: hashed(JSON_BODY, `${URL_OF_SHOP}?foo=1`), over: hashed(JSON_BODY, `${URL_OF_SHOP}?foo=1`) })],
  ["JSON at an address with the standard port", json(true, JSON_BODY, { registered: hashed(JSON_BODY, URL_OF_SHOP.replace(".example", ".example:443")) })],
  ["JSON with a space more", json(false, JSON_BODY, { came: ` ${JSON_BODY}` })],
  ["JSON that was written anew", json(false, JSON_BODY, { came: JSON.stringify(JSON.parse(JSON_BODY)) })],
  ["JSON with the hash of another body", json(false, JSON_BODY, { came: "{}", registered: hashed("{}") })],
  ["JSON whose hash stands in capitals", json(false, JSON_BODY, { registered: hashed(JSON_BODY).toUpperCase().replace("BODYSHA256", "bodySHA256"), over: hashed(JSON_BODY).toUpperCase().replace("BODYSHA256", "bodySHA256") })],
  ["JSON of another account", json(false, JSON_BODY, { token: "another" })],
  ["JSON signed for another path", json(false, JSON_BODY, { over: hashed(JSON_BODY, `${URL_OF_SHOP}/status`) })],
];

async function oursOf({ registered = URL_OF_SHOP, body, signature, type = "application/x-www-form-urlencoded" }: Delivery): Promise<boolean> {
  const headers = new Headers({ "content-type": type, ...(signature === "" ? {} : { "x-twilio-signature": signature }) });
  return (await texting.readHook({ headers, body: bytesOf(body), url: registered }, TOKEN)) !== null;
}

function theirsOf({ registered = URL_OF_SHOP, body, signature, type }: Delivery): boolean {
  return type === undefined ? validateRequest(TOKEN, signature, registered, parse(body)) : validateRequestWithBody(TOKEN, signature, registered, body);
}

describe("a delivery", () => {
  it.each(DELIVERIES)("of %s is judged as by Twilio's own validator", async (_name, delivery) => {
    expect([await oursOf(delivery), theirsOf(delivery)]).toEqual([delivery.isGenuine, delivery.isGenuine]);
  });

  it("is tried in many ways", () => {
    expect(DELIVERIES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(DELIVERIES.map(([name]) => name)).size).toBe(DELIVERIES.length);
  });

  it("of JSON is proved at the address alone, to which Twilio adds the hash", async () => {
    expect(await oursOf({ ...json(true, JSON_BODY), registered: URL_OF_SHOP })).toBe(true);
    expect(await oursOf({ ...json(true, JSON_BODY), registered: URL_OF_SHOP, body: `${JSON_BODY} ` })).toBe(false);
  });

  it("is never proved by no token at all", async () => {
    const headers = new Headers({ "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signed(HONEST, URL_OF_SHOP, "") });
    expect(await texting.readHook({ headers, body: bytesOf(encode(HONEST)), url: URL_OF_SHOP }, "")).toBeNull();
  });
});

const file = ["../shared", "../../shared"].map((folder) => path.resolve(import.meta.dirname, "../../..", folder, "specs/signature_vectors.json")).find((one) => existsSync(one));
type Vector = { readonly provider: string; readonly url: string; readonly key: string; readonly computed: string; readonly form?: Fields; readonly body?: string };
const vectors = file === undefined ? [] : (JSON.parse(readFileSync(file, "utf8")) as Vector[]).filter(({ provider }) => provider === "twilio");

describe.skipIf(file === undefined)("the published vectors", () => {
  it.each(vectors)("at $url are proved, and no longer with one character changed", async ({ url, key, computed, form: fields, body }) => {
    const bytes = bytesOf(body ?? encode(fields ?? {}));
    const headers = new Headers({ "content-type": body === undefined ? "application/x-www-form-urlencoded; charset=utf-8" : "application/json", "x-twilio-signature": computed });
    expect(await texting.readHook({ headers, body: bytes, url }, key)).toEqual({ kind: "other" });
    expect(await texting.readHook({ headers, body: bytes, url: `${url}x` }, key)).toBeNull();
  });
});
