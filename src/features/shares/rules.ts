/** Which links open something, what a share has become, and under which name content leaves; all decided from what was read. */
import type { ContentLink, SharePageLink } from "../../http/signed-link";
import { LINK_LIVES_MS } from "../../http/signed-link";
import { hashOf } from "../../kernel/ids";
import type { Origin } from "../../http/origin";
import type { MediaType } from "../documents/contract";
import type { ShareView } from "./contract";
import type { LinkedDocument, ShareRow } from "./store";

/**
 * Whether a genuine, unexpired link still opens its document: the content is the one that it was signed for, and nobody has
 * taken it back since. A link of the team was signed `LINK_LIVES_MS` before it expires; what a share hands out lives and
 * ends with the share.
 */
export function isOpen(link: ContentLink | SharePageLink, found: LinkedDocument, now: number): boolean {
  if (found.version !== link.version) return false;
  if (link.kind === "content" && link.purpose !== "share") return link.expiresAt - LINK_LIVES_MS > found.voidThrough;
  const isLive = found.shareVersion === link.version && found.revokedAt === null && (found.shareExpiresAt ?? 0) > now && (found.sharedAt ?? 0) > found.voidThrough;
  // A once-only share is taken by then: what it handed out is for whoever took it.
  return isLive && (link.kind === "content" || found.isOnce === 0 || found.takenCount === 0);
}

/** What has become of a share, by the document's version and voided links as they are now. */
export function stateOf(share: ShareRow, document: { readonly version: number; readonly voidThrough: number }, now: number): ShareView["state"] {
  if (share.revokedAt !== null) return "revoked";
  if (share.version !== document.version || share.createdAt <= document.voidThrough) return "void";
  if (share.expiresAt <= now) return "expired";
  return share.isOnce && share.takenCount > 0 ? "taken" : "live";
}

/** How content of a type is sent, and which endings its file's name may have; the first is given to a name without one. */
export const FORMATS = {
  "image/jpeg": { type: "image/jpeg", endings: ["jpg", "jpeg"], name: "JPEG photo" },
  "image/png": { type: "image/png", endings: ["png"], name: "PNG picture" },
  "image/webp": { type: "image/webp", endings: ["webp"], name: "WebP picture" },
  "image/heic": { type: "image/heic", endings: ["heic", "heif"], name: "HEIC photo" },
  "application/pdf": { type: "application/pdf", endings: ["pdf"], name: "PDF" },
  "text/csv": { type: "text/csv; charset=utf-8", endings: ["csv"], name: "table (CSV)" },
  "text/plain": { type: "text/plain; charset=utf-8", endings: ["txt", "text", "log", "md"], name: "plain text" },
} as const satisfies Record<MediaType, { readonly type: string; readonly endings: readonly string[]; readonly name: string }>;

/**
 * A name for a use that is the same for each request of one reading: the parts of a file that a viewer fetches one by one,
 * a page that is reloaded. `what` says of which; the visitor is known by address and browser, and not by this name.
 */
export async function useOf(what: string, from: Origin): Promise<string> {
  return await hashOf(["use of a link", what, from.address, from.device].join("\n"));
}
