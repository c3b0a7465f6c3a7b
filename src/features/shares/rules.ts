/** Which links open something, what a share has become, and how content is called; all decided from what was read. */
import { LINK_LIVES_MS, type ContentLink, type SharePageLink } from "../../http/signed-link";
import { hashOf } from "../../kernel/ids";
import type { Origin } from "../../http/origin";
import type { MediaType } from "../documents/contract";
import type { LinkedDocument } from "../documents/service";
import type { ShareView } from "./contract";
import type { ShareRow } from "./store";

/**
 * Whether a genuine, unexpired link still opens its document: the content is the one that it was signed for, and nobody has
 * taken it back since. A link of the team was signed `LINK_LIVES_MS` before it expires; what a share hands out lives and
 * ends with the share.
 */
export function isOpen(link: ContentLink | SharePageLink, found: LinkedDocument, now: number): boolean {
  if (found.version !== link.version) return false;
  if (link.kind === "content" && link.purpose !== "share") return link.expiresAt - LINK_LIVES_MS > found.voidThrough;
  const isLive = found.shareVersion === link.version && found.shareRevokedAt === null && (found.shareExpiresAt ?? 0) > now && (found.shareCreatedAt ?? 0) > found.voidThrough;
  // A once-only share is taken by then: what it handed out is for whoever took it.
  return isLive && (link.kind === "content" || found.shareIsOnce === 0 || found.shareTakenCount === 0);
}

/** What has become of a share, by the document's version and voided links as they are now. */
export function stateOf(share: ShareRow, document: { readonly version: number; readonly voidThrough: number }, now: number): ShareView["state"] {
  if (share.revokedAt !== null) return "revoked";
  if (share.version !== document.version || share.createdAt <= document.voidThrough) return "void";
  if (share.expiresAt <= now) return "expired";
  return share.isOnce && share.takenCount > 0 ? "taken" : "live";
}

/** How content of a type is sent, and what people call it. */
export const FORMATS = {
  "image/jpeg": { type: "image/jpeg", name: "JPEG photo" },
  "image/png": { type: "image/png", name: "PNG picture" },
  "image/webp": { type: "image/webp", name: "WebP picture" },
  "image/heic": { type: "image/heic", name: "HEIC photo" },
  "application/pdf": { type: "application/pdf", name: "PDF" },
  "text/csv": { type: "text/csv; charset=utf-8", name: "table (CSV)" },
  "text/plain": { type: "text/plain; charset=utf-8", name: "plain text" },
} as const satisfies Record<MediaType, { readonly type: string; readonly name: string }>;

/**
 * A name for a use that is the same for each request of one reading: the parts of a file that a viewer fetches one by one,
 * a page that is reloaded. `what` says of which; the visitor is known by address and browser, and not by this name.
 */
export async function useOf(what: string, from: Origin): Promise<string> {
  return await hashOf(["use of a link", what, from.address, from.device].join("\n"));
}
