/** Shares and uses as the web app sees them. */
import type { PersonId } from "../../kernel/ids";
import type { Visit } from "../../http/guard";
import { signLink } from "../../http/signed-link";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { LinkedDocument } from "../documents/service";
import { personById } from "../people/service";
import type { ShareView, UseView } from "./contract";
import { stateOf } from "./rules";
import type { ShareRow, UseRow } from "./store";

type Viewing = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

const GONE = "Someone who has left";

/** A share with its link while it is live: signed again, it is the link that was given out. */
export async function toShareView({ world, env, visit }: Viewing, found: LinkedDocument, share: ShareRow): Promise<ShareView> {
  const { id, documentId, version, recipient, disposition, isOnce, createdAt, expiresAt, takenCount, takenAt } = share;
  const state = stateOf(share, found, world.clock());
  const { id: shopId, shard } = visit.shop;
  const url = state === "live" ? await signLink(readConfig(env), { kind: "share_page", shard, shopId, documentId, version, share: id, expiresAt }) : null;
  const createdBy = await nameOf(env, visit, share.createdBy);
  return { id, recipient, disposition, isOnce, hasPassphrase: share.passphraseHash !== null, state, createdBy, createdAt, expiresAt, takenCount, takenAt, url };
}

/** Uses in the same order, with the names of whom the links were for. */
export async function toUseViews({ env, visit }: Viewing, uses: readonly UseRow[], shares: readonly ShareRow[]): Promise<UseView[]> {
  const recipients = new Map(shares.map(({ id, recipient }) => [id, recipient]));
  const people = [...new Set(uses.flatMap(({ personId }) => personId ?? []))];
  const names = new Map(await Promise.all(people.map(async (id) => [id, await nameOf(env, visit, id)] as const)));
  const whoseIs = ({ shareId, personId }: UseRow): string => {
    if (personId !== null) return names.get(personId) ?? GONE;
    return shareId === null ? "" : recipients.get(shareId) ?? "";
  };
  return uses.map((use) => ({ at: use.at, act: use.act, who: whoseIs(use), share: use.shareId, place: use.place, device: use.device }));
}

async function nameOf(env: Bindings, visit: Visit, id: PersonId): Promise<string> {
  return id === visit.person.id ? "You" : (await personById(directoryDb(env), id))?.name ?? GONE;
}
