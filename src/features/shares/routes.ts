/** Links over HTTP: given, looked through, and taken back. What they lead to is `files-routes.ts`. */
import type { Context } from "hono";
import type { DocumentId, ShareId } from "../../kernel/ids";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { documentPath } from "../documents/contract";
import { linkAnswer, linkRequest, linksVoided, noMore, shareAnswer, sharePath, shareRequest, sharesView } from "./contract";
import { linkTo, revokeShare, shareDocument, viewShares, voidAllLinks, voidLinksOf, type Giving } from "./service";

const givingOf = (c: Context<ShopEnv>): Giving => ({ world: c.get("world"), env: c.env, visit: c.get("visit") });

export const sharesRoutes = router()
  .post("/documents/links/void", guard("documents.manage", { proof: "lately" }), accept("json", noMore), gives(linksVoided), async (c) => answer(c, await voidAllLinks(givingOf(c))))
  .post("/documents/:document/link", guard("documents.read"), accept("param", documentPath), accept("json", linkRequest), gives(linkAnswer), async (c) => (
    answer(c, await linkTo(givingOf(c), c.req.valid("param").document as DocumentId, c.req.valid("json")))
  ))
  .get("/documents/:document/shares", guard("documents.share"), accept("param", documentPath), gives(sharesView), async (c) => (
    answer(c, await viewShares(givingOf(c), c.req.valid("param").document as DocumentId))
  ))
  .post("/documents/:document/shares", guard("documents.share"), accept("param", documentPath), accept("json", shareRequest), gives(shareAnswer), async (c) => {
    const turn = await takeTurn(c, "share", { shop: c.get("visit").shop.id });
    return turn.ok ? answer(c, await shareDocument(givingOf(c), c.req.valid("param").document as DocumentId, c.req.valid("json"))) : refuse(c, turn.failure);
  })
  .post("/documents/:document/shares/:share/revoke", guard("documents.share"), accept("param", sharePath), accept("json", noMore), gives(shareAnswer), async (c) => {
    const { document, share } = c.req.valid("param");
    return answer(c, await revokeShare(givingOf(c), document as DocumentId, share as ShareId));
  })
  .post("/documents/:document/links/void", guard("documents.share"), accept("param", documentPath), accept("json", noMore), gives(linksVoided), async (c) => (
    answer(c, await voidLinksOf(givingOf(c), c.req.valid("param").document as DocumentId))
  ));
