/** What a person does in a browser: press Connect, choose an account on the provider's page, come back. */
import { expect } from "vitest";
import type { ShopCard } from "../../../src/http/guard";
import { DOMAIN, type Browser, type House, type Someone } from "./house";

export type ProviderName = "square" | "quickbooks";

/** The account that the shop's people choose unless a test says otherwise. */
export function accountOf({ accounts }: House, provider: ProviderName): string {
  return provider === "square" ? accounts.merchant : accounts.realm;
}

/** Calls the shop's API as its own page would. */
export async function api(house: House, who: Someone, shop: ShopCard, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = new Headers({ cookie: cookiesOf(who.browser, "shop"), "sec-fetch-site": "same-origin" });
  if (body !== undefined) headers.set("content-type", "application/json");
  return await house.fetch(new Request(`https://${shop.slug}.${DOMAIN}/api${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) }));
}

/** The JSON of a success. */
export async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

/** Presses Connect in the shop: the address at `auth.`, with its ticket. */
export async function pressConnect(house: House, who: Someone, shop: ShopCard, provider: ProviderName): Promise<string> {
  return (await read<{ url: string }>(await api(house, who, shop, "POST", "/connections", { provider }))).url;
}

/** Follows a link at `auth.`; cookies that it sets stay in the browser. */
export async function visit(house: House, browser: Browser, url: string): Promise<Response> {
  const response = await house.fetch(new Request(url, { headers: { cookie: cookiesOf(browser, "auth") } }));
  for (const line of response.headers.getSetCookie()) keep(browser, line);
  return response;
}

/** Decides on the provider's own page, by sending the form that it shows. Answers with where it sends the browser. */
export async function decide(house: House, page: string, decision: "allow" | "deny", account: string): Promise<string> {
  const shown = await (await house.transport(new Request(page))).text();
  expect(shown).toContain(`value="${account}"`);
  const fields = new URLSearchParams({ decision, merchant: account, company: account });
  for (const [, name = "", value = ""] of shown.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) fields.set(name, unescaped(value));
  const answer = await house.transport(new Request(page, { method: "POST", body: fields, redirect: "manual" }));
  expect(answer.status).toBe(302);
  return answer.headers.get("location") ?? "";
}

/** From the button to the provider's page. */
export async function leave(house: House, who: Someone, shop: ShopCard, provider: ProviderName): Promise<string> {
  const response = await visit(house, who.browser, await pressConnect(house, who, shop, provider));
  expect(response.status, await response.clone().text()).toBe(303);
  return response.headers.get("location") ?? "";
}

/** From the button to the callback's address, which is not visited yet. */
export async function consent(
  house: House, who: Someone, shop: ShopCard, provider: ProviderName, account = accountOf(house, provider), decision: "allow" | "deny" = "allow",
): Promise<string> {
  return await decide(house, await leave(house, who, shop, provider), decision, account);
}

/** The whole way, and where it ends. */
export async function connect(
  house: House, who: Someone, shop: ShopCard, provider: ProviderName, account = accountOf(house, provider), decision: "allow" | "deny" = "allow",
): Promise<Response> {
  return await visit(house, who.browser, await consent(house, who, shop, provider, account, decision));
}

function cookiesOf(browser: Browser, host: string): string {
  return [...(browser.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keep(browser: Browser, line: string): void {
  const [pair = "", ...attributes] = line.split("; ");
  const [name = "", value = ""] = pair.split("=", 2);
  const jar = browser.get("auth") ?? new Map<string, string>();
  if (attributes.includes("Max-Age=0")) jar.delete(name);
  else jar.set(name, value);
  browser.set("auth", jar);
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
