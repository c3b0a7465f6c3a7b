/** Documents as `files.` gives them out, sealed and not, beside the same objects streamed bare, in one Worker. */
import { createApp } from "../../src/app";
import { fileMade, madeDocumentId } from "../../src/features/documents/service";
import { createPerson } from "../../src/features/people/service";
import { createShop } from "../../src/features/shops/service";
import { signLink, LINK_LIVES_MS } from "../../src/http/signed-link";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import type { PersonId } from "../../src/kernel/ids";
import { DAYBOOK } from "../../src/platform/audit-leaf";
import { openShopDb } from "../../src/platform/database";
import { readConfig, shardsOf, type Bindings } from "../../src/platform/env";
import { createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";

const world: World = { transport: () => fetch, clock: systemClock, random: systemRandom, log: createLog(() => undefined, systemClock) };
const app = createApp(world);

let statements = 0;

/** Counts what is asked of a database, a statement at a time. */
function counted(database: D1Database): D1Database {
  return new Proxy(database, {
    get: (target, name) => {
      if (name === "prepare") statements += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) as unknown : value;
    },
  });
}

/** A document of that size, in the clear or sealed: its signed link and where its object stands. */
async function filed(env: Bindings, shop: { readonly id: Parameters<typeof openShopDb>[1]; readonly shard: number }, sizeBytes: number, isSealed: boolean) {
  const db = openShopDb(env, shop.id, shop.shard);
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  await shard.prepare("INSERT INTO document_rule (shop_id, seals, links_void_through) VALUES (?1, ?2, 0) ON CONFLICT DO UPDATE SET seals = ?2").bind(shop.id, isSealed ? 1 : 0).run();
  const name = `${sizeBytes}-${isSealed ? "sealed" : "clear"}`;
  const made = await fileMade(world, env, db, {
    id: await madeDocumentId(shop.id, name), kind: "other", subjectKind: "job", subject: name, title: name, fileName: `${name}.txt`, mediaType: "text/plain", issuedOn: null, expiresOn: null, tags: [],
    bytes: new Uint8Array(sizeBytes).fill(97), actor: DAYBOOK,
  });
  if (!made.ok) throw new Error(`it could not be filed: ${made.failure.kind}`);
  const { id: documentId, version } = made.value;
  const key = await shard.prepare("SELECT object_key FROM document WHERE shop_id = ?1 AND id = ?2").bind(shop.id, documentId).first<string>("object_key");
  const expiresAt = systemClock() + LINK_LIVES_MS;
  const link = { kind: "content", shard: shop.shard, shopId: shop.id, documentId, version, disposition: "attachment", expiresAt, purpose: "view", to: "r".repeat(26) as PersonId } as const;
  /** The link to a version that is not there any more. */
  const past = await signLink(readConfig(env), { ...link, version: version + 1 });
  return { url: await signLink(readConfig(env), link), past, key };
}

async function setUp(env: Bindings, sizes: readonly number[]): Promise<Response> {
  const owner = await createPerson(world, env, { email: "owner@harbour.example", name: "Owner" });
  if (!owner.ok) throw new Error("the owner could not be made");
  const shop = await createShop(world, env, { slug: "harbour", name: "Harbour", zone: "America/New_York", currency: "USD" }, owner.value.id);
  if (!shop.ok) throw new Error("the shop could not be made");
  const documents = [];
  for (const size of sizes) documents.push({ size, clear: await filed(env, shop.value, size, false), sealed: await filed(env, shop.value, size, true) });
  return Response.json(documents);
}

export default {
  fetch: async (request: Request, env: Bindings, context: ExecutionContext): Promise<Response> => {
    const url = new URL(request.url);
    if (url.hostname.startsWith("files.")) {
      return await app.fetch(request, { ...env, DIRECTORY: counted(env.DIRECTORY), SHARD_0: counted(env.SHARD_0), SHARD_1: counted(env.SHARD_1) }, context);
    }
    if (url.pathname === "/set-up") return await setUp(env, url.searchParams.getAll("size").map(Number));
    if (url.pathname === "/statements") return Response.json({ statements });
    const object = await env.DOCUMENTS.get(url.searchParams.get("key") ?? "");
    return object === null ? new Response(null, { status: 404 }) : new Response(object.body);
  },
};
