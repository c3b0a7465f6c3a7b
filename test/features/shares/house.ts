/** A shop with documents in its bucket and links to them: the whole app in front, a queue and a clock in the test's hand. */
import { env as runtime } from "cloudflare:workers";
import { createPerson } from "../../../src/features/people/service";
import { LINK_LIVES_MS, signLink, type ContentLink, type Link } from "../../../src/http/signed-link";
import type { ShopCard } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { hashOf, newId, type DocumentId, type PersonId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import { readConfig, shardsOf, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { givenMember, givenShop, must, signIn } from "../../support/people";
import { createQueue } from "../../support/queue";

/** Tuesday, 14 July 2026, 7 in the morning in New York. */
const NOW = Date.UTC(2026, 6, 14, 11);

export type House = Awaited<ReturnType<typeof openHouse>>;
export type Filed = { readonly shop: ShopCard; readonly id: DocumentId; readonly version: number; readonly bytes: Uint8Array; readonly etag: string };
type Row = Partial<Readonly<Record<"kind" | "subject_kind" | "title" | "file_name" | "media_type", string>>>;

/** Two shops on the two shards, with their owners. `changes` to the environment hold from the beginning. */
export async function openHouse(changes: Partial<Record<keyof Bindings, unknown>> = {}) {
  let now = NOW;
  const logs: string[] = [];
  const clock = () => now;
  const queue = createQueue(clock);
  const world: World = { transport: () => () => Promise.reject(new Error("documents call nobody")), clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env = environmentOf({ SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding, ...changes });
  const config = readConfig(env);
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
  const newShop = async (slug: string, shard: number) => {
    const owner = must(await createPerson(world, env, { name: "Land Lord", email: `${newId(systemRandom)}@example.com` }));
    const shop = await givenShop(world, `${slug}-${newId(systemRandom).slice(0, 8)}`, owner);
    await runtime.DIRECTORY.prepare("UPDATE shop SET shard = ?1 WHERE id = ?2").bind(shard, shop.id).run();
    return { ...shop, shard };
  };
  return {
    world, env, config, queue, logs, clock, browser: createBrowser(world, env),
    harbour: await newShop("harbour", 0), lantern: await newShop("lantern", 1),
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Delivers what waits on the queue. */
    work: async () => {
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
    sign: async (link: Link, method?: "GET" | "POST") => await signLink(config, link, method),
    someone: async (shop: ShopCard, role: Role) => await deskOf(world, env, shop, role),
  };
}

export const TEXT = "Serviced on 14 July. Oil, two filters, nothing else.\n";

/** Puts a document straight into bucket and table. */
export async function file({ env }: Pick<House, "env">, shop: ShopCard, content: string | Uint8Array = TEXT, row: Row = {}): Promise<Filed> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const id = newId<DocumentId>(systemRandom);
  const key = `${shop.id}/${id}/${newId(systemRandom)}`;
  const checksum = await hashOf(`${id} ${bytes.byteLength}`);
  await env.DOCUMENTS.put(key, bytes);
  const about = { kind: "other", subject_kind: "job", title: "Service report", file_name: "report.txt", media_type: "text/plain", ...row };
  await shardOf(env, shop).prepare(`INSERT INTO document (shop_id, id, version, object_key, kind, subject_kind, subject, title, tags, file_name, media_type, size_bytes, checksum,
    words, links_void_through, created_by, created_at, changed_at) VALUES (?1, ?2, 1, ?3, ?4, ?5, 'Job 1042', ?6, '[]', ?7, ?8, ?9, ?10, '', 0, 'daybook', 1, 1)`)
    .bind(shop.id, id, key, about.kind, about.subject_kind, about.title, about.file_name, about.media_type, bytes.byteLength, checksum).run();
  return { shop, id, version: 1, bytes, etag: `"${checksum}"` };
}

export function shardOf(env: Bindings, shop: Pick<ShopCard, "shard">): D1Database {
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  return shard;
}

export const READER = "r".repeat(26) as PersonId;

/** A link of the team to look at a document; `changes` to it are signed with it. */
export function viewOf({ clock }: Pick<House, "clock">, { shop, id, version }: Filed, changes: Partial<Pick<ContentLink, "version" | "disposition" | "expiresAt">> = {}): ContentLink {
  return {
    kind: "content", shard: shop.shard, shopId: shop.id, documentId: id, version, disposition: "inline", expiresAt: clock() + LINK_LIVES_MS, purpose: "view", to: READER, ...changes,
  };
}

export type Desk = Awaited<ReturnType<typeof deskOf>>;

/** What a person of a shop does: calls fail the test where the app refuses, but for `send`. */
async function deskOf(world: World, env: Bindings, shop: ShopCard, role: Role) {
  const person = must(await createPerson(world, env, { name: "Ada Okafor", email: `${newId(systemRandom)}@example.com` }));
  await givenMember(world, shop, person, role);
  const browser: Browser = createBrowser(world, env);
  await signIn(world, browser, person);
  await browser.open(`${originOf(shop.slug)}/enter/start`);
  const send = async (method: string, path: string, body?: unknown) => await browser.api(method, `${originOf(shop.slug)}/api${path}`, body === undefined ? {} : { body });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  return { shop, person, browser, send, call };
}
