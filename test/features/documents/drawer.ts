/** A shop that keeps documents: the whole app in front, people in browsers, a real bucket, and a look at what is in it. */
import { env as runtime } from "cloudflare:workers";
import type { DocumentItem, DocumentsView, UploadView } from "../../../src/features/documents/contract";
import { createPerson } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ShopId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import { openShopDb, type ShopDb } from "../../../src/platform/database";
import { digestOf } from "../../../src/platform/digest";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { givenMember, givenShop, must, signIn } from "../../support/people";
import { createQueue } from "../../support/queue";

/** Wednesday, 15 July 2026, 9 in the morning in New York. */
const NOW = Date.UTC(2026, 6, 15, 13);

export type Drawer = Awaited<ReturnType<typeof openDrawer>>;

/** Two new shops on two shards. `bindings` may stand in front of the runtime's. */
export async function openDrawer(bindings: (env: Bindings) => Bindings = (env) => env) {
  let now = NOW;
  const logs: string[] = [];
  const clock = () => now;
  const queue = createQueue(clock);
  const world: World = { transport: () => () => Promise.reject(new Error("documents call nobody")), clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env = bindings({ ...runtime, SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding });
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
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
  return {
    world, env, queue, logs, harbour: await newShop("harbour"), lantern: await newShop("lantern"), someone,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Cron comes by, and what it planned is done. */
    sweep: async () => {
      await jobs.scheduled(env);
      for (let round = 0; round < 20 && queue.waiting().length > 0; round += 1) {
        now += 2_000;
        await queue.deliver(jobs.queue, env);
      }
    },
  };
}

/** The rows of a shop. */
export function rowsOf(env: Bindings, shop: Pick<ShopCard, "id" | "shard">): ShopDb {
  return openShopDb(env, shop.id, shop.shard);
}

/** What the bucket holds of a shop: keys, sorted. */
export async function keysOf(shopId: ShopId): Promise<string[]> {
  return (await runtime.DOCUMENTS.list({ prefix: `${shopId}/` })).objects.map(({ key }) => key).toSorted();
}

/** What the shop's rows name, what they have written down as nobody's, and what the bucket holds. */
export async function inventoryOf(shop: Pick<ShopCard, "id" | "shard">) {
  const shard = shardsOf(runtime)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  const read = async <T>(text: string) => (await shard.prepare(text).bind(shop.id).all<T>()).results;
  const documents = await read<{ id: string; version: number; object_key: string; thumbnail_key: string | null; size_bytes: number }>("SELECT * FROM document WHERE shop_id = ?1 ORDER BY id");
  return {
    documents,
    named: documents.flatMap(({ object_key, thumbnail_key }) => (thumbnail_key === null ? [object_key] : [object_key, thumbnail_key])).toSorted(),
    strays: (await read<{ object_key: string }>("SELECT object_key FROM stray_object WHERE shop_id = ?1 ORDER BY object_key")).map(({ object_key }) => object_key),
    uploads: (await read("SELECT id FROM upload WHERE shop_id = ?1")).length + (await read("SELECT number FROM upload_part WHERE shop_id = ?1")).length,
    usage: (await read<{ document_count: number; total_bytes: number }>("SELECT * FROM document_usage WHERE shop_id = ?1"))[0] ?? { document_count: 0, total_bytes: 0 },
    lines: (await read<{ action: string }>("SELECT action FROM audit WHERE shop_id = ?1 AND action LIKE 'document%' ORDER BY seq")).map(({ action }) => action),
    held: await keysOf(shop.id),
  };
}

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** A PDF as far as its first and last lines go. */
export const pdfOf = (text: string): Uint8Array<ArrayBuffer> => bytesOf(`%PDF-1.7\n% ${text}\n%%EOF\n`);

/** What a person does with documents. Every call fails the test where the app refuses, but for `send` and `sendRaw`. */
export type Hand = ReturnType<typeof handOf>;

function handOf(browser: Browser, shop: ShopCard) {
  const url = (path: string) => `${originOf(shop.slug)}/api${path}`;
  const send = async (method: string, path: string, body?: unknown) => await browser.api(method, url(path), body === undefined ? {} : { body });
  const sendRaw = async (method: string, path: string, body: Uint8Array, headers: Readonly<Record<string, string | null>> = {}) => (
    await browser.api(method, url(path), { body, headers: { "content-type": "application/octet-stream", "content-length": String(body.byteLength), ...headers } })
  );
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => await read(`${method} ${path}`, await send(method, path, body));
  const callRaw = async <T>(method: string, path: string, body: Uint8Array): Promise<T> => await read(`${method} ${path}`, await sendRaw(method, path, body));
  return {
    shop, send, sendRaw, call,
    /** Files bytes; answers the document. */
    file: async (body: Uint8Array, query: Readonly<Record<string, string>> = {}): Promise<DocumentItem> => (
      (await callRaw<{ document: DocumentItem }>("POST", `/documents/file?${fileQuery(query)}`, body)).document
    ),
    refile: async (body: Uint8Array, id: string, version: number, name = "newer.pdf"): Promise<DocumentItem> => (
      (await callRaw<{ document: DocumentItem }>("PUT", `/documents/${id}/file?${new URLSearchParams({ name, version: String(version) }).toString()}`, body)).document
    ),
    list: async (query: Readonly<Record<string, string>> = {}): Promise<DocumentsView> => await call("GET", `/documents?${new URLSearchParams(query).toString()}`),
    part: async (upload: string, number: number, body: Uint8Array<ArrayBuffer>): Promise<UploadView> => (
      await callRaw("PUT", `/documents/uploads/${upload}/parts/${number}?checksum=${await digestOf(body)}`, body)
    ),
  };
}

/** The query of a new file; a key of its own where none is said. */
export function fileQuery(query: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ name: "warranty.pdf", key: newId(systemRandom), ...query }).toString();
}

async function read<T>(what: string, response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
  return await response.json();
}
