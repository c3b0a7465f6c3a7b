/**
 * Content by a signed link: one statement decides, and the use is on the queue before the first byte leaves. Nothing that
 * is sent can run: its type is the row's, which was decided from its bytes, and the page that it would be has no rights.
 */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isUnchanged, lengthOf, readRange, type Wanted } from "../../http/byte-range";
import { contentDisposition } from "../../http/content-disposition";
import { originOfRequest } from "../../http/origin";
import { refuseLink } from "../../http/refused-link";
import type { ContentLink, LinkedEnv } from "../../http/signed-link";
import { newId, type Brand } from "../../kernel/ids";
import { errorFields } from "../../platform/log";
import { openDocument, openThumbnail } from "./content";
import { FORMATS, isOpen, useOf } from "./rules";
import { readLinked, type LinkedDocument } from "./store";
import { sayUnavailable } from "./unavailable";
import { reportUse } from "./uses";

type ContentContext = Context<LinkedEnv<"content">>;

/** Content has no rights at all: no script, no form, no origin, and no page around it. */
const SANDBOXED = "sandbox; default-src 'none'; frame-ancestors 'none'";
/**
 * Browsers show no PDF in a sandbox (Chromium issue 413851): their own viewer is what runs there, styles itself, and keeps a
 * PDF's script to itself.
 */
const PAPER = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Answers with the content that the link names, all or a part, or with the one refusal. */
export async function giveContent(c: ContentContext): Promise<Response> {
  const { link, db } = c.var;
  const found = await readLinked(db, { documentId: link.documentId, share: link.purpose === "share" ? link.share : null });
  if (found === undefined || !isOpen(link, found, c.get("world").clock())) return await refuseLink(c);
  return link.purpose === "thumbnail" ? await giveThumbnail(c, found) : await giveDocument(c, link, found);
}

/** A look at the list is no use of a document: nothing is noted of it, and a page may show it again for a while. */
async function giveThumbnail(c: ContentContext, found: LinkedDocument): Promise<Response> {
  const thumbnail = await openThumbnail(c.env, found);
  if (thumbnail === null) return await refuseLink(c);
  return c.body(thumbnail.body, 200, { "content-type": thumbnail.type, "content-security-policy": SANDBOXED, "content-disposition": "inline", "cache-control": "private, no-store" });
}

async function giveDocument(c: ContentContext, link: ContentLink, found: LinkedDocument): Promise<Response> {
  const { headers, method } = c.req.raw;
  const etag = `"${found.checksum}"`;
  const about = headersOf(link, found, etag);
  if (isUnchanged(headers, etag)) return c.body(null, 304, about);
  // A range means something with GET alone (RFC 9110 section 14.2).
  if (method === "HEAD") return c.body(null, 200, { ...about, "content-length": String(found.sizeBytes) });
  const wanted = readRange(headers, etag, found.sizeBytes);
  if (wanted.kind === "unsatisfiable") return c.body(null, 416, { "content-range": `bytes */${found.sizeBytes}`, "cache-control": "private, no-store" });
  return await send(c, link, found, { about, wanted });
}

type Answer = { readonly about: Readonly<Record<string, string>>; readonly wanted: Exclude<Wanted, { readonly kind: "unsatisfiable" }> };

async function send(c: ContentContext, link: ContentLink, found: LinkedDocument, { about, wanted }: Answer): Promise<Response> {
  const { log } = c.get("world");
  const [noted, opened] = await Promise.allSettled([note(c, link, wanted), openDocument(c.env, found, wanted.kind === "part" ? wanted.range : null)]);
  if (noted.status === "rejected") {
    log.error("document.use_not_noted", { shopId: link.shopId, ...errorFields(noted.reason) });
    if (opened.status === "fulfilled") await opened.value?.cancel();
    return await sayUnavailable(c);
  }
  if (opened.status === "rejected") throw opened.reason;
  if (opened.value === null) {
    log.error("document.object_missing", { shopId: link.shopId });
    return await refuseLink(c);
  }
  const [status, part] = partOf(wanted, found.sizeBytes);
  return c.body(opened.value, status, { ...about, ...part });
}

function partOf(wanted: Answer["wanted"], size: number): [ContentfulStatusCode, Readonly<Record<string, string>>] {
  if (wanted.kind === "whole") return [200, { "content-length": String(size) }];
  const { range } = wanted;
  return [206, { "content-length": String(lengthOf(range)), "content-range": `bytes ${range.first}-${range.last}/${size}` }];
}

/** Viewers fetch a file part by part: the parts that one visitor takes by one link are one use. */
async function note(c: ContentContext, link: ContentLink, wanted: Wanted): Promise<void> {
  const world = c.get("world");
  const from = originOfRequest(c.req.raw);
  const use = wanted.kind === "part" ? await useOf(c.req.raw.url, from) : newId<Brand<string, "UseId">>(world.random);
  const [share, person] = link.purpose === "share" ? [link.share, null] : [null, link.to];
  const { shopId, shard, documentId } = link;
  await reportUse(world, c.env, { shopId, shard, use, documentId, share, person, purpose: share === null ? "view" : "share", act: "downloaded" }, from);
}

function headersOf(link: ContentLink, found: LinkedDocument, etag: string): Readonly<Record<string, string>> {
  const isPaper = found.mediaType === "application/pdf" && link.disposition === "inline";
  return {
    "content-type": FORMATS[found.mediaType].type,
    "content-disposition": contentDisposition(link.disposition, found.fileName),
    "content-security-policy": isPaper ? PAPER : SANDBOXED,
    "cache-control": "private, no-store",
    "accept-ranges": "bytes",
    etag,
  };
}
