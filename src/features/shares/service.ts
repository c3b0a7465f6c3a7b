/** Links to documents: for somebody of the team, for people outside, and the end of either. */
import { newId, type DocumentId, type ShareId } from "../../kernel/ids";
import { DAY } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { LINK_LIVES_MS, signLink } from "../../http/signed-link";
import { auditLine } from "../../platform/audit";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { documentForLink, documentLinksVoided, mayTake, shopLinksVoided, type LinkedDocument } from "../documents/service";
import { hashPassword } from "../sign-in/service";
import type { LinkAnswer, LinkRequest, LinksVoided, ShareAnswer, ShareRequest, SharesView } from "./contract";
import { stateOf } from "./rules";
import { shareInserted, shareQuery, shareRevoked, sharesQuery, usesQuery, type ShareRow } from "./store";
import { KEPT_USES } from "./uses";
import { toShareView, toUseViews } from "./view";

export { useOf } from "./rules";
export { sayUnavailable } from "./unavailable";
export { reportUse, type Use } from "./uses";

/** Who acts, in which world. */
export type Giving = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

/** As many live ones as a document's page shows; each of them can be taken back there. */
const MOST_SHARES = 100;

/** A link for whoever asks, for some minutes. `not_found` for documents that there are not, or not for that role. */
export async function linkTo({ world, env, visit }: Giving, documentId: DocumentId, { disposition }: LinkRequest): Promise<Result<LinkAnswer>> {
  const found = await find(visit, documentId);
  if (!found.ok) return found;
  const expiresAt = world.clock() + LINK_LIVES_MS;
  const { id: shopId, shard } = visit.shop;
  const url = await signLink(readConfig(env), { kind: "content", shard, shopId, documentId, version: found.value.version, disposition, expiresAt, purpose: "view", to: visit.person.id });
  return ok({ url, expiresAt });
}

/** A link for somebody outside. `not_found` as above; `conflict` for one share more than a page can show. */
export async function shareDocument(giving: Giving, documentId: DocumentId, request: ShareRequest): Promise<Result<ShareAnswer>> {
  const { world, env, visit } = giving;
  const { db } = visit;
  const found = await find(visit, documentId);
  if (!found.ok) return found;
  const at = world.clock();
  const shares = await sharesQuery(db, documentId, MOST_SHARES);
  if (shares.filter((share) => stateOf(share, found.value, at) === "live").length >= MOST_SHARES) {
    return failed({ kind: "conflict", message: `${MOST_SHARES} links to this document are live. Take some back first.` });
  }
  const { recipient, disposition, days, isOnce, passphrase } = request;
  const passphraseHash = passphrase === null ? null : await hashPassword(readConfig(env).passwordPepper, passphrase, world.random);
  const row: Omit<ShareRow, "shopId"> = {
    documentId, id: newId<ShareId>(world.random), version: found.value.version, recipient, disposition, isOnce, passphraseHash,
    createdBy: visit.person.id, createdAt: at, expiresAt: at + days * DAY, revokedAt: null, takenCount: 0, takenAt: null,
  };
  const audit = auditLine(db, world.random, {
    at, actor: actorOf(visit), action: "share.created", subject: `document:${documentId}`, personal: { name: recipient },
    after: { share: row.id, disposition, days, isOnce, hasPassphrase: passphrase !== null },
  });
  await db.orm.batch([shareInserted(db, row), ...audit]);
  return ok({ share: await toShareView(giving, found.value, { ...row, shopId: db.shopId }) });
}

/** The shares of a document, newest first, and what came of its links. `not_found`. */
export async function viewShares(giving: Giving, documentId: DocumentId): Promise<Result<SharesView>> {
  const { visit } = giving;
  const found = await find(visit, documentId);
  if (!found.ok) return found;
  const [shares, uses] = await visit.db.orm.batch([sharesQuery(visit.db, documentId, MOST_SHARES), usesQuery(visit.db, documentId, KEPT_USES)]);
  return ok({ shares: await Promise.all(shares.map(async (share) => await toShareView(giving, found.value, share))), uses: await toUseViews(giving, uses, shares) });
}

/** Takes a share back; one that was taken back already stays so. `not_found`. */
export async function revokeShare(giving: Giving, documentId: DocumentId, id: ShareId): Promise<Result<ShareAnswer>> {
  const { world, visit } = giving;
  const { db } = visit;
  const found = await find(visit, documentId);
  if (!found.ok) return found;
  const [share] = await shareQuery(db, documentId, id);
  if (share === undefined) return failed({ kind: "not_found" });
  if (share.revokedAt !== null) return ok({ share: await toShareView(giving, found.value, share) });
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "share.revoked", subject: `document:${documentId}`, after: { share: id } });
  await db.orm.batch([shareRevoked(db, documentId, id, at), ...audit]);
  return ok({ share: await toShareView(giving, found.value, { ...share, revokedAt: at }) });
}

/** Ends every link of a document that was signed until now, whoever holds it. `not_found`. */
export async function voidLinksOf({ world, visit }: Giving, documentId: DocumentId): Promise<Result<LinksVoided>> {
  const { db } = visit;
  const found = await find(visit, documentId);
  if (!found.ok) return found;
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "document.links_voided", subject: `document:${documentId}` });
  await db.orm.batch([documentLinksVoided(db, documentId, at), ...audit]);
  return ok({ voidedAt: at });
}

/** Ends every link of the shop that was signed until now. */
export async function voidAllLinks({ world, visit }: Giving): Promise<Result<LinksVoided>> {
  const { db } = visit;
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "shop.links_voided", subject: `shop:${db.shopId}` });
  await db.orm.batch([shopLinksVoided(db, at), ...audit]);
  return ok({ voidedAt: at });
}

async function find({ db, role }: Visit, documentId: DocumentId): Promise<Result<LinkedDocument>> {
  const [found] = await documentForLink(db, documentId, null);
  return found === undefined || !mayTake(role, found) ? failed({ kind: "not_found" }) : ok(found);
}
