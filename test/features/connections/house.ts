/**
 * A house with two shops, Square and QuickBooks as simulators behind the one way out, the whole app in front, and people
 * in browsers who press the buttons of the simulators' own consent pages.
 */
import { env as runtime } from "cloudflare:workers";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import { createPerson, type PersonCard } from "../../../src/features/people/service";
import { authSession } from "../../../src/features/sessions/service";
import { admit, type ShopCard, type Visit } from "../../../src/http/guard";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { lanesOf } from "../../support/objects";
import { givenMember, givenShop, must, signIn } from "../../support/people";
import { openProviders, newAccounts } from "./providers";

/** A Tuesday in July, 11 in the morning in New York. */
const NOW = Date.UTC(2026, 6, 14, 15);

/** A person who has signed in and entered a shop, in a browser of their own. */
export type Someone = { readonly person: PersonCard; readonly browser: Browser };

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Opens a house; everything in it is new, its accounts at the providers too: an account hangs on one shop only. */
export async function openHouse() {
  let now = NOW;
  const logs: string[] = [];
  const clock = () => now;
  const accounts = newAccounts();
  const providers = openProviders(clock, accounts);
  const world: World = { transport: () => providers.transport, clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env: Bindings = { ...runtime, LANE: lanesOf(() => ({ env: runtime, world })) };
  const unique = newId(systemRandom).slice(0, 8);
  const newPerson = async (name: string) => must(await createPerson(world, env, { name, email: `${newId(systemRandom)}@example.com` }));
  const landlord = await newPerson("Landlord");
  const harbour = await givenShop(world, `harbour-${unique}`, landlord);
  const lantern = await givenShop(world, `lantern-${unique}`, landlord);
  /** A new person with a role in a shop. */
  const someone = async (name: string, shop: ShopCard, role: Role): Promise<Someone> => {
    const person = await newPerson(name);
    await givenMember(world, shop, person, role);
    return { person, browser: await enter(world, env, person, shop) };
  };
  return { ...providers, accounts, env, world, logs, harbour, lantern, someone, pass: (milliseconds: number) => (now += milliseconds) };
}

/** A new browser in which a person signs in and enters a shop. */
export async function enter(world: World, env: Bindings, person: PersonCard, shop: ShopCard): Promise<Browser> {
  const browser = createBrowser(world, env);
  await signIn(world, browser, person);
  const arrival = await browser.open(`${originOf(shop.slug)}/enter/start`);
  if (arrival.url.origin !== originOf(shop.slug)) throw new Error(`entering ${shop.slug} ended at ${arrival.url.href}`);
  return browser;
}

/** Another browser with the same cookies, as if two tabs or machines shared them. */
export function copyOf(house: House, browser: Browser, shop: ShopCard): Browser {
  const copy = createBrowser(house.world, house.env);
  for (const origin of [originOf("auth"), originOf(shop.slug)]) {
    for (const [name, value] of browser.cookies(new URL(origin).host)) copy.cookies(new URL(origin).host).set(name, value);
  }
  return copy;
}

/** The cookies that a browser keeps for `auth.`. */
export function authCookies(browser: Browser): Map<string, string> {
  return browser.cookies(new URL(originOf("auth")).host);
}

/** A visit as the guard would hand it to a handler. */
export async function visitOf(house: House, { person, browser }: Someone, shop: ShopCard): Promise<Visit> {
  const cookie = [...authCookies(browser)].map(([name, value]) => `${name}=${value}`).join("; ");
  const { sessionId, provedAt, secondFactorAt } = must(await authSession(new Request(originOf("auth"), { headers: { cookie } }), house.env, house.world));
  return must(admit(house.env, { shop, person, role: "owner", sessionId, provedAt, secondFactorAt, through: null, from: { address: "", place: "", device: "" } }, "shop.read"));
}

/** The shard on which a shop lives. */
export function shardOf({ env }: House, shop: ShopCard): D1Database {
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error(`there is no shard ${shop.shard}`);
  return shard;
}

/** Changes the directory behind everybody's back. */
export async function directory({ env }: House, sql: string, ...values: unknown[]): Promise<void> {
  await env.DIRECTORY.prepare(sql).bind(...values).run();
}
