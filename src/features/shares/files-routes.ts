/** What `files.` serves of documents. Every method comes here: a link is signed for its own, and refused like all else for others. */
import { linked } from "../../http/signed-link";
import { router } from "../../http/router";
import { giveContent } from "./give-content";
import { giveShare } from "./give-share";

/** Pages of shares by `/s/…`, content by `/d/…`. Whatever else is asked for is no address of content and refused as such: this comes last on its site. */
export const linkRoutes = router()
  .all("/s/*", linked("share_page"), async (c) => await giveShare(c))
  .all("/*", linked("content"), async (c) => await giveContent(c));
