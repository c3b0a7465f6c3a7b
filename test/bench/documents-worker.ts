/** One shop's documents over HTTP, without anybody at the door: the product's own way of taking files in parts and giving them out. */
import { PART_BYTES } from "../../src/features/documents/contract";
import type { Clerk } from "../../src/features/documents/filing";
import { setRule } from "../../src/features/documents/organise";
import { documentQuery, keeperOf, openContent } from "../../src/features/documents/service";
import type { UploadId } from "../../src/features/documents/store";
import { beginUpload, completeUpload, keepPart, viewUpload } from "../../src/features/documents/uploads";
import { rawBody } from "../../src/http/raw-body";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import type { DocumentId, ShopId } from "../../src/kernel/ids";
import type { Result } from "../../src/kernel/result";
import { DAYBOOK } from "../../src/platform/audit-leaf";
import { openShopDb } from "../../src/platform/database";
import type { Bindings } from "../../src/platform/env";
import { createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";

const world: World = { transport: () => fetch, clock: systemClock, random: systemRandom, log: createLog(() => undefined, systemClock) };
const SHOP = "b".repeat(26) as ShopId;
const SAID = { kind: "other", subjectKind: "shop", subject: "", title: "A long film", tags: [], issuedOn: null, expiresOn: null, name: "film.pdf" } as const;

/** Local development compresses what does not say that it is bytes, which takes longer than everything that is measured here. */
const RAW = { headers: { "content-type": "application/octet-stream" } };

function told<T>(result: Result<T>): Response {
  return result.ok ? Response.json(result.value) : Response.json(result.failure, { status: 400 });
}

async function takePart(clerk: Clerk, request: Request, query: URLSearchParams): Promise<Response> {
  const content = rawBody(request, PART_BYTES);
  if (!content.ok) return told(content);
  return told(await keepPart(clerk, query.get("upload") as UploadId, { number: Number(query.get("number")), checksum: query.get("checksum") ?? "", content: content.value }));
}

async function giveContent({ env, db }: Clerk, id: DocumentId): Promise<Response> {
  const [row] = await documentQuery(db, id);
  if (row === undefined) return new Response(null, { status: 404 });
  const content = await openContent(env, keeperOf(world, env), db, row, null);
  return content.ok ? new Response(content.value.body, RAW) : told(content);
}

/** The floor: the same object as it stands in the bucket, with nothing of ours in between. */
async function giveBare({ env, db }: Clerk, id: DocumentId): Promise<Response> {
  const [row] = await documentQuery(db, id);
  const object = row === undefined ? null : await env.DOCUMENTS.get(row.objectKey);
  return object === null ? new Response(null, { status: 404 }) : new Response(object.body, RAW);
}

async function inventory({ env }: Clerk): Promise<Response> {
  const named = await env.SHARD_0.prepare("SELECT object_key FROM document WHERE shop_id = ?1 ORDER BY 1").bind(SHOP).all<{ object_key: string }>();
  const { objects } = await env.DOCUMENTS.list({ prefix: `${SHOP}/` });
  const strays = await env.SHARD_0.prepare("SELECT count(*) AS n FROM stray_object").first<number>("n");
  return Response.json({ named: named.results.map((row) => row.object_key), held: objects.map(({ key }) => key), strays });
}

export default {
  fetch: async (request: Request, env: Bindings): Promise<Response> => {
    const { pathname, searchParams: query } = new URL(request.url);
    const clerk: Clerk = { world, env, db: openShopDb(env, SHOP, 0), actor: DAYBOOK, role: "owner" };
    const upload = query.get("upload") as UploadId;
    if (pathname === "/begin") {
      await setRule(clerk, query.has("seals"));
      return told(await beginUpload(clerk, { ...SAID, tags: [], sizeBytes: Number(query.get("size")) }));
    }
    if (pathname === "/part") return await takePart(clerk, request, query);
    if (pathname === "/upload") return told(await viewUpload(clerk, upload));
    if (pathname === "/complete") return told(await completeUpload(clerk, upload));
    if (pathname === "/bare") return await giveBare(clerk, query.get("document") as DocumentId);
    return pathname === "/content" ? await giveContent(clerk, query.get("document") as DocumentId) : await inventory(clerk);
  },
};
