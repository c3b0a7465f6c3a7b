/** Checking a certificate, on `files.`: the address stands on its paper and works for as long as the shop does. */
import type { Context } from "hono";
import { admitDeliberate } from "../../http/ahead";
import { originOfRequest } from "../../http/origin";
import { refuseLink } from "../../http/refused-link";
import { router } from "../../http/router";
import { linked, type LinkedEnv } from "../../http/signed-link";
import { DAY } from "../../kernel/clock";
import { directoryDb } from "../../platform/database";
import { errorFields } from "../../platform/log";
import { reportUse, sayUnavailable, useOf } from "../shares/service";
import { findShop } from "../shops/service";
import { certificateOfDocumentQuery } from "./store";
import { showVerdict } from "./verify-page";

export const verifyRoutes = router().all("/c/*", linked("certificate"), async (c) => await verify(c));

/** The page of a certificate of that shop. Whatever is no genuine address, and a shop that is closed, gets the one refusal of `files.`. */
async function verify(c: Context<LinkedEnv<"certificate">>): Promise<Response> {
  const { link, db } = c.var;
  const world = c.get("world");
  const [row] = await certificateOfDocumentQuery(db, link.documentId);
  const shop = row === undefined ? null : await findShop(directoryDb(c.env), link.shopId);
  if (row === undefined || shop === null) return await refuseLink(c);
  // What a browser fetches ahead of anybody's wish is nobody's look at it.
  if (admitDeliberate(c.req.raw).ok && !(await note(c))) return await sayUnavailable(c);
  return await showVerdict(c, row, shop, world.clock());
}

/** Each reader is noted once a day. Whether it could be. */
async function note(c: Context<LinkedEnv<"certificate">>): Promise<boolean> {
  const { shopId, shard, documentId } = c.var.link;
  const world = c.get("world");
  const from = originOfRequest(c.req.raw);
  try {
    const use = await useOf(`check ${documentId} on ${Math.floor(world.clock() / DAY)}`, from);
    await reportUse(world, c.env, { shopId, shard, use, documentId, share: null, person: null, purpose: "certificate", act: "verified" }, from);
    return true;
  } catch (error) {
    world.log.error("document.use_not_noted", { shopId, ...errorFields(error) });
    return false;
  }
}
