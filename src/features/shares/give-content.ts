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
import type { Failure } from "../../kernel/failure";
import { newId, type Brand } from "../../kernel/ids";
import type { Result } from "../../kernel/result";
import { errorFields } from "../../platform/log";
import type { Sized } from "../../platform/objects";
import { documentForLink, keeperOf, openContent, openThumbnail, readMedia, type LinkedDocument } from "../documents/service";
import { FORMATS, isOpen, useOf } from "./rules";
import { sayUnavailable } from "./unavailable";
import { reportUse } from "./uses";

type ContentContext = Context<LinkedEnv<"content">>;

/** Content has no rights at all: no script, no form, no origin, and no page around it. */
const SANDBOXED = "sandbox; default-src 'none'; frame-ancestors 'none'";
/**
 * A PDF that is to be opened in the browser, and that alone, has no sandbox: Safari shows an empty page for one that has
 * (adobe/aem-core-wcm-components issue 2839, go-gitea/gitea pull request 20455). What shows it is the browser's own viewer,
 * which keeps a PDF's script to itself and, in older Chromium, styles its page in line (Chromium issue 271452).
 */
const PAPER = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Answers with the content that the link names, all or a part, or with the one refusal. */
export async function giveContent(c: ContentContext): Promise<Response> {
  const { link, db } = c.var;
  const [found] = await documentForLink(db, link.documentId, link.purpose === "share" ? link.share : null);
  if (found === undefined || !isOpen(link, found, c.get("world").clock())) return await refuseLink(c);
  return link.purpose === "thumbnail" ? await giveThumbnail(c, found) : await giveDocument(c, link, found);
}

/** A look at the list is no use of a document, and nothing is noted of it. Small pictures are small enough to be looked at before they are sent. */
async function giveThumbnail(c: ContentContext, found: LinkedDocument): Promise<Response> {
  const opened = await openThumbnail(c.env, keeperOf(c.get("world"), c.env), c.var.db, found);
  if (!opened.ok) return await failedWith(c, opened.failure);
  const bytes = new Uint8Array(await new Response(opened.value.body).arrayBuffer());
  const type = readMedia(bytes, "");
  if (type === null) return await refuseLink(c);
  return c.body(bytes, 200, { "content-type": FORMATS[type].type, "content-security-policy": SANDBOXED, "content-disposition": "inline", "cache-control": "private, no-store" });
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

/** Both are begun at once, for neither waits for the other; nothing is sent before both are done. */
async function send(c: ContentContext, link: ContentLink, found: LinkedDocument, { about, wanted }: Answer): Promise<Response> {
  const [noted, opened] = await Promise.allSettled([note(c, link, wanted), open(c, found, wanted)]);
  if (noted.status === "rejected") {
    c.get("world").log.error("document.use_not_noted", { shopId: link.shopId, ...errorFields(noted.reason) });
    if (opened.status === "fulfilled" && opened.value.ok) await opened.value.value.body.cancel();
    return await sayUnavailable(c);
  }
  if (opened.status === "rejected") throw opened.reason;
  if (!opened.value.ok) return await failedWith(c, opened.value.failure);
  const [status, part] = partOf(wanted, found.sizeBytes);
  return c.body(opened.value.value.body, status, { ...about, ...part });
}

async function open(c: ContentContext, found: LinkedDocument, wanted: Answer["wanted"]): Promise<Result<Sized>> {
  const stretch = wanted.kind === "whole" ? null : { offset: wanted.range.first, length: lengthOf(wanted.range) };
  return await openContent(c.env, keeperOf(c.get("world"), c.env), c.var.db, found, stretch);
}

/** What was replaced or removed this very moment is not there any more; what is there and does not open is for us to mend. */
async function failedWith(c: ContentContext, { kind }: Failure): Promise<Response> {
  if (kind === "not_found") return await refuseLink(c);
  c.get("world").log.error("document.not_opened", { shopId: c.var.link.shopId, kind });
  return await sayUnavailable(c);
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
