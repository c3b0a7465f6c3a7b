/**
 * The page of a share, and its button. Looking takes nothing, whoever looks and however often: previews, scanners of mail,
 * people. The button sends a form to an address that is signed for sending alone, and that is what a once-only share allows once.
 */
import type { Context } from "hono";
import { readAtMost } from "../../http/body";
import { admitDeliberate } from "../../http/ahead";
import { takeTurn } from "../../http/limit";
import { originOfRequest } from "../../http/origin";
import type { PageStatus } from "../../http/page";
import { refuseLink } from "../../http/refused-link";
import { tell } from "../../http/respond";
import { LINK_LIVES_MS, signLink, type LinkedEnv } from "../../http/signed-link";
import { newId, type Brand } from "../../kernel/ids";
import { DAY } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { directoryDb } from "../../platform/database";
import { errorFields } from "../../platform/log";
import { documentForLink, type LinkedDocument } from "../documents/service";
import { findShop } from "../shops/service";
import { isPassword } from "../sign-in/service";
import { isOpen, useOf } from "./rules";
import { showShare } from "./share-page";
import { putBack, takeShare } from "./store";
import { sayUnavailable } from "./unavailable";
import { reportUse } from "./uses";

type ShareContext = Context<LinkedEnv<"share_page">>;

/** Far more than a passphrase of 72 characters comes to, however it is written. */
const LARGEST_FORM_BYTES = 4_096;

/** Answers with the page of a live share to GET, and takes the share for POST; everything else was refused by its signature. */
export async function giveShare(c: ShareContext): Promise<Response> {
  const { link, db } = c.var;
  const [found] = await documentForLink(db, link.documentId, link.share);
  if (found === undefined || !isOpen(link, found, c.get("world").clock())) return await refuseLink(c);
  return c.req.raw.method === "POST" ? await take(c, found) : await look(c, found);
}

/** What a browser or a preview fetches by itself is nobody's look. */
async function look(c: ShareContext, found: LinkedDocument): Promise<Response> {
  if (!admitDeliberate(c.req.raw).ok) return await show(c, found, 200, null);
  const { link } = c.var;
  const day = Math.floor(c.get("world").clock() / DAY);
  const use = await useOf(`look at ${link.share} on ${day}`, originOfRequest(c.req.raw));
  return (await note(c, use, "looked")) ? await show(c, found, 200, null) : await sayUnavailable(c);
}

async function take(c: ShareContext, found: LinkedDocument): Promise<Response> {
  const { link, db } = c.var;
  const { clock, random } = c.get("world");
  const admitted = await admitPassphrase(c, found);
  if (!admitted.ok) return await show(c, found, admitted.failure.status, admitted.failure.problem);
  if (!(await takeShare(db, link, clock()))) return await refuseLink(c);
  if (!(await note(c, newId<Brand<string, "UseId">>(random), "taken"))) {
    await putBack(db, link);
    return await sayUnavailable(c);
  }
  const { shard, shopId, documentId, version, share } = link;
  const expiresAt = Math.min(clock() + LINK_LIVES_MS, link.expiresAt);
  const disposition = found.shareDisposition ?? "attachment";
  return c.redirect(await signLink(c.get("config"), { kind: "content", shard, shopId, documentId, version, disposition, expiresAt, purpose: "share", share }), 303);
}

type Vain = { readonly status: PageStatus; readonly problem: string };

/** A turn is taken before anything is hashed. What was typed is compared and forgotten. */
async function admitPassphrase(c: ShareContext, { sharePassphraseHash }: LinkedDocument): Promise<Result<void, Vain>> {
  if (sharePassphraseHash === null) return ok(undefined);
  const turn = await takeTurn(c, "passphrase", { account: `share:${c.var.link.share}` });
  if (!turn.ok) return failed({ status: 429, problem: `That was too often. ${tell(turn.failure).next}` });
  const form = await readAtMost(c.req.raw.body, LARGEST_FORM_BYTES);
  const passphrase = form === null ? "" : new URLSearchParams(new TextDecoder().decode(form)).get("passphrase") ?? "";
  const isRight = await isPassword(c.get("config").passwordPepper, passphrase, sharePassphraseHash);
  return isRight ? ok(undefined) : failed({ status: 403, problem: "That is not the passphrase. Whoever gave you the link knows it." });
}

async function show(c: ShareContext, found: LinkedDocument, status: PageStatus, problem: string | null): Promise<Response> {
  const shop = await findShop(directoryDb(c.env), c.var.link.shopId);
  if (shop === null) return await refuseLink(c);
  return await showShare(c, status, { found, shop, problem, action: await signLink(c.get("config"), c.var.link, "POST") });
}

/** Whether the use could be put on the queue. */
async function note(c: ShareContext, use: string, act: "looked" | "taken"): Promise<boolean> {
  const world = c.get("world");
  const { shopId, shard, documentId, share } = c.var.link;
  try {
    await reportUse(world, c.env, { shopId, shard, use, documentId, share, person: null, purpose: "share", act }, originOfRequest(c.req.raw));
    return true;
  } catch (error) {
    world.log.error("document.use_not_noted", { shopId, ...errorFields(error) });
    return false;
  }
}
