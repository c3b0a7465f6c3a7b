/** A shop that keeps contacts: the whole app in front, people in browsers, the real register, and a look at what is on record. */
import { env as runtime } from "cloudflare:workers";
import type { ContactItem, ContactsView, ContactView } from "../../../src/features/contacts/contract";
import type { Keeper } from "../../../src/features/contacts/keep";
import { barredAmong, optOut, type Address, type Person } from "../../../src/features/consent/service";
import { createPerson } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ShopId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { givenMember, givenShop, must, signIn } from "../../support/people";

/** Wednesday, 15 July 2026, 9 in the morning in New York. */
export const NOW = Date.UTC(2026, 6, 15, 13);

export type Desk = Awaited<ReturnType<typeof openDesk>>;
type Where = Pick<ShopCard, "id" | "shard">;

/** Two new shops on two shards. `bindings` may stand in front of the runtime's. */
export async function openDesk(bindings: (env: Bindings) => Bindings = (env) => env) {
  let now = NOW;
  const logs: string[] = [];
  const clock = () => (now += 1);
  const world: World = { transport: () => () => Promise.reject(new Error("contacts call nobody")), clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env = bindings({ ...runtime });
  const newShop = async (slug: string) => {
    const landlord = must(await createPerson(world, env, { name: "Land Lord", email: `${newId(systemRandom)}@example.com` }));
    return await givenShop(world, `${slug}-${newId(systemRandom).slice(0, 8)}`, landlord);
  };
  const someone = async (shop: ShopCard, role: Role): Promise<Hand> => {
    const person = must(await createPerson(world, env, { name: "Ada Okafor", email: `${newId(systemRandom)}@example.com` }));
    await givenMember(world, shop, person, role);
    const browser = createBrowser(world, env);
    await signIn(world, browser, person);
    await browser.open(`${originOf(shop.slug)}/enter/start`);
    return handOf(browser, shop);
  };
  return { world, env, logs, harbour: await newShop("harbour"), lantern: await newShop("lantern"), someone, pass: (milliseconds: number) => void (now += milliseconds) };
}

/** A world and a shop of its own, without the app: for what is done thousands of times. */
export function bareDesk(): { readonly world: World; readonly env: Bindings; readonly shop: Where } {
  let now = NOW;
  const clock = () => (now += 1);
  const world: World = { transport: () => () => Promise.reject(new Error("contacts call nobody")), clock, random: systemRandom, log: createLog(() => {}, clock) };
  return { world, env: { ...runtime }, shop: { id: newId<ShopId>(systemRandom), shard: 0 } };
}

/** Somebody who keeps a shop's contacts. */
export function keeperAt({ world, env }: { readonly world: World; readonly env: Bindings }, shop: Where): Keeper {
  return { world, env, db: openShopDb(env, shop.id, shop.shard), actor: actorNamed("daybook"), country: "US" };
}

export const phoneAt = (value: string): Address => ({ channel: "text", value });
export const emailAt = (value: string): Address => ({ channel: "email", value });

/** Somebody says stop at an address; `others` are those where the shop knows the same person. */
export async function saysStop(keeper: Keeper, address: Address, others: readonly Address[] = [], words = "STOP"): Promise<void> {
  await optOut(keeper, { address, others }, { source: "text", words, saidAt: keeper.world.clock(), reference: null, actor: actorNamed("daybook"), byPerson: null });
}

/** What the register says of addresses, each by itself: "opted_out", "held" or null. */
export async function barredAt(keeper: Keeper, addresses: readonly Address[]): Promise<readonly (string | null)[]> {
  const barred = await barredAmong(keeper, addresses.map((address): Person => ({ address, others: [] })));
  return barred.map((one) => one?.kind ?? null);
}

/** Rows of a shop, as they are. */
export async function rowsOf<T>(shop: Where, text: string): Promise<T[]> {
  const shard = shardsOf(runtime)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  return (await shard.prepare(text).bind(shop.id).all<T>()).results;
}

/** The acts in a shop's audit log that are about contacts and consent, in order. */
export async function actsOf(shop: Where): Promise<readonly string[]> {
  return (await rowsOf<{ action: string }>(shop, "SELECT action FROM audit WHERE shop_id = ?1 AND (action LIKE 'contact%' OR action LIKE 'consent%') ORDER BY seq")).map(({ action }) => action);
}

/** What a person says of a contact; only what differs from an empty one. */
export const said = (changes: Readonly<Record<string, unknown>>) => ({ name: "", phone: null, email: null, zone: null, note: "", tags: [], ...changes });

/** What a person does with contacts. Every call fails the test where the app refuses, but for `send` and `sendRaw`. */
export type Hand = ReturnType<typeof handOf>;

function handOf(browser: Browser, shop: ShopCard) {
  const url = (path: string) => `${originOf(shop.slug)}/api${path}`;
  const send = async (method: string, path: string, body?: unknown) => await browser.api(method, url(path), body === undefined ? {} : { body });
  const sendRaw = async (path: string, text: string, headers: Readonly<Record<string, string | null>> = {}) => {
    const body = new TextEncoder().encode(text);
    return await browser.api("POST", url(path), { body, headers: { "content-type": "text/csv", "content-length": String(body.byteLength), ...headers } });
  };
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => await read(`${method} ${path}`, await send(method, path, body));
  return {
    shop, send, sendRaw, call,
    add: async (changes: Readonly<Record<string, unknown>>): Promise<ContactView> => (
      (await call<{ contact: ContactView }>("POST", "/contacts", { ...said(changes), key: newId(systemRandom) })).contact
    ),
    change: async (contact: ContactView, changes: Readonly<Record<string, unknown>>): Promise<ContactView> => {
      const { name, phone, email, zone, note, tags, version } = contact;
      return (await call<{ contact: ContactView }>("PUT", `/contacts/${contact.id}`, { name, phone, email, zone, note, tags, version, ...changes })).contact;
    },
    look: async (id: string): Promise<ContactView> => (await call<{ contact: ContactView }>("GET", `/contacts/${id}`)).contact,
    list: async (query: Readonly<Record<string, string>> = {}): Promise<ContactsView> => await call("GET", `/contacts?${new URLSearchParams(query).toString()}`),
    names: async (query: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
      const { contacts } = await call<{ contacts: ContactItem[] }>("GET", `/contacts?${new URLSearchParams(query).toString()}`);
      return contacts.map(({ name }) => name);
    },
  };
}

async function read<T>(what: string, response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
  return await response.json();
}
