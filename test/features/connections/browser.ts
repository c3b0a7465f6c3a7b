/** What a person does in a browser: press Connect, choose an account on the provider's page, come back. */
import { expect } from "vitest";
import type { ShopCard } from "../../../src/http/guard";
import { originOf, type Browser } from "../../support/app";
import type { House, Someone } from "./house";

export type ProviderName = "square" | "quickbooks" | "xero";

/** The account that the shop's people choose unless a test says otherwise. */
export function accountOf({ accounts }: House, provider: ProviderName): string {
  return { square: accounts.merchant, quickbooks: accounts.realm, xero: accounts.organisation }[provider];
}

/** Calls the shop's API as its own page would. */
export async function api({ browser }: Someone, shop: ShopCard, method: string, path: string, body?: unknown): Promise<Response> {
  return await browser.api(method, `${originOf(shop.slug)}/api${path}`, { body });
}

/** The JSON of a success. */
export async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

/** Presses Connect in the shop: the address at `auth.`, with its ticket. */
export async function pressConnect(who: Someone, shop: ShopCard, provider: ProviderName): Promise<string> {
  return (await read<{ url: string }>(await api(who, shop, "POST", "/connections", { provider }))).url;
}

/**
 * Decides on the provider's own page, by sending the form that it shows. Answers with where it sends the browser. Where
 * the page takes several accounts, they stand in a row with commas between them.
 */
export async function decide(house: House, page: string, decision: "allow" | "deny", account: string): Promise<string> {
  const shown = await (await house.transport(new Request(page))).text();
  for (const one of account.split(",")) expect(shown).toContain(`value="${one}"`);
  const fields = new URLSearchParams({ decision, merchant: account, company: account });
  for (const [, name = "", value = ""] of shown.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) fields.set(name, unescaped(value));
  for (const one of account.split(",")) fields.append("organisation", one);
  const answer = await house.transport(new Request(page, { method: "POST", body: fields, redirect: "manual" }));
  expect(answer.status).toBe(302);
  return answer.headers.get("location") ?? "";
}

/** From the button to the provider's page. */
export async function leave(who: Someone, shop: ShopCard, provider: ProviderName): Promise<string> {
  return await follow(who.browser, await pressConnect(who, shop, provider));
}

/** Opens a link that must redirect, and answers with where to. */
export async function follow(browser: Browser, url: string): Promise<string> {
  const response = await browser.get(url);
  expect(response.status, await response.clone().text()).toBe(303);
  return response.headers.get("location") ?? "";
}

/** From the button to the callback's address, which is not visited yet. */
export async function consent(
  house: House, who: Someone, shop: ShopCard, provider: ProviderName, account = accountOf(house, provider), decision: "allow" | "deny" = "allow",
): Promise<string> {
  return await decide(house, await leave(who, shop, provider), decision, account);
}

/** The whole way, and where it ends. */
export async function connect(
  house: House, who: Someone, shop: ShopCard, provider: ProviderName, account = accountOf(house, provider), decision: "allow" | "deny" = "allow",
): Promise<Response> {
  return await who.browser.get(await consent(house, who, shop, provider, account, decision));
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
