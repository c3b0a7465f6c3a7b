/** Documents over HTTP, on the shop's own host: everything but their content, which `files.` serves by signed links alone. */
import type { Context } from "hono";
import type { DocumentId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { actorOf, guard, type ShopEnv } from "../../http/guard";
import { takeTurn, type LimitedAct } from "../../http/limit";
import { rawBody, type RawBody } from "../../http/raw-body";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import type { Result } from "../../kernel/result";
import {
  descriptionChange, documentAnswer, documentPath, documentRemoved, documentsQuery, documentsView, fileQuery, LARGEST_THUMBNAIL_BYTES, LARGEST_UPLOAD_BYTES, noMore,
  partPath, PART_BYTES, partQuery, replaceQuery, ruleChange, ruleView, thumbnailQuery, uploadPath, uploadStart, uploadView,
} from "./contract";
import { fileDocument, replaceContent, type Clerk } from "./filing";
import { describe, removeDocument, setRule, viewDocument, viewDocuments } from "./organise";
import type { UploadId } from "./store";
import { setThumbnail } from "./thumbnail";
import { beginUpload, cancelUpload, completeUpload, keepPart, viewUpload } from "./uploads";

export const documentsRoutes = router()
  .get("/documents", guard("documents.read"), accept("query", documentsQuery), gives(documentsView), async (c) => (
    answer(c, ok(await viewDocuments(c.get("world"), c.env, c.get("visit"), c.req.valid("query"))))
  ))
  .get("/documents/:document", guard("documents.read"), accept("param", documentPath), gives(documentAnswer), async (c) => (
    answer(c, await viewDocument(c.get("world"), c.env, c.get("visit"), c.req.valid("param").document as DocumentId))
  ))
  .put("/documents/rule", guard("documents.manage"), accept("json", ruleChange), gives(ruleView), async (c) => (
    answer(c, await setRule(clerkOf(c), c.req.valid("json").seals))
  ))
  .post("/documents/file", guard("documents.write"), accept("query", fileQuery), gives(documentAnswer), async (c) => {
    const query = c.req.valid("query");
    const content = await arriving(c, "document", LARGEST_UPLOAD_BYTES);
    return await shown(c, content.ok ? await fileDocument(clerkOf(c), query, { name: query.name, content: content.value, checksum: query.checksum ?? null }) : content);
  })
  .post("/documents/uploads", guard("documents.write"), accept("json", uploadStart), gives(uploadView), async (c) => {
    const turn = await takeTurn(c, "document", { shop: c.get("visit").shop.id });
    return answer(c, turn.ok ? await beginUpload(clerkOf(c), c.req.valid("json")) : turn);
  })
  .get("/documents/uploads/:upload", guard("documents.write"), accept("param", uploadPath), gives(uploadView), async (c) => (
    answer(c, await viewUpload(clerkOf(c), c.req.valid("param").upload as UploadId))
  ))
  .put("/documents/uploads/:upload/parts/:part", guard("documents.write"), accept("param", partPath), accept("query", partQuery), gives(uploadView), async (c) => {
    const { upload, part } = c.req.valid("param");
    const content = await arriving(c, "document_part", PART_BYTES);
    return answer(c, content.ok ? await keepPart(clerkOf(c), upload as UploadId, { number: Number(part), checksum: c.req.valid("query").checksum, content: content.value }) : content);
  })
  .post("/documents/uploads/:upload/complete", guard("documents.write"), accept("param", uploadPath), accept("json", noMore), gives(documentAnswer), async (c) => (
    await shown(c, await completeUpload(clerkOf(c), c.req.valid("param").upload as UploadId))
  ))
  .post("/documents/uploads/:upload/cancel", guard("documents.write"), accept("param", uploadPath), accept("json", noMore), gives(documentRemoved), async (c) => (
    answer(c, await cancelUpload(clerkOf(c), c.req.valid("param").upload as UploadId))
  ))
  .put("/documents/:document", guard("documents.write"), accept("param", documentPath), accept("json", descriptionChange), gives(documentAnswer), async (c) => (
    await shown(c, await describe(clerkOf(c), c.req.valid("param").document as DocumentId, c.req.valid("json")))
  ))
  .put("/documents/:document/file", guard("documents.write"), accept("param", documentPath), accept("query", replaceQuery), gives(documentAnswer), async (c) => {
    const query = c.req.valid("query");
    const content = await arriving(c, "document", LARGEST_UPLOAD_BYTES);
    const file = (body: RawBody) => ({ name: query.name, content: body, checksum: query.checksum ?? null });
    return await shown(c, content.ok ? await replaceContent(clerkOf(c), c.req.valid("param").document as DocumentId, query, file(content.value)) : content);
  })
  .put("/documents/:document/thumbnail", guard("documents.write"), accept("param", documentPath), accept("query", thumbnailQuery), gives(documentAnswer), async (c) => {
    const content = await arriving(c, "document_picture", LARGEST_THUMBNAIL_BYTES);
    const { version } = c.req.valid("query");
    return await shown(c, content.ok ? await setThumbnail(clerkOf(c), c.req.valid("param").document as DocumentId, version, content.value) : content);
  })
  .post("/documents/:document/remove", guard("documents.manage"), accept("param", documentPath), accept("json", noMore), gives(documentRemoved), async (c) => (
    answer(c, await removeDocument(clerkOf(c), c.req.valid("param").document as DocumentId))
  ));

function clerkOf(c: Context<ShopEnv>): Clerk {
  const { db, role, ...visitor } = c.get("visit");
  return { world: c.get("world"), env: c.env, db, role, actor: actorOf(visitor) };
}

/** A file's body, when it is its shop's turn. */
async function arriving(c: Context<ShopEnv>, act: LimitedAct, limitBytes: number): Promise<Result<RawBody>> {
  const body = rawBody(c.req.raw, limitBytes);
  if (!body.ok) return body;
  const turn = await takeTurn(c, act, { shop: c.get("visit").shop.id });
  return turn.ok ? body : turn;
}

/** Answers with the document as it is now. */
async function shown(c: Context<ShopEnv>, done: Result<DocumentId>) {
  return done.ok ? answer(c, await viewDocument(c.get("world"), c.env, c.get("visit"), done.value)) : refuse(c, done.failure);
}
