/** Every use of a link is written down: it is on the queue before the first byte leaves, and from there in the audit log exactly once. */
import { deviceInWords } from "../../kernel/device";
import type { Json } from "../../kernel/canonical-json";
import { ok } from "../../kernel/result";
import type { Origin } from "../../http/origin";
import type { Actor } from "../../platform/audit-leaf";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { once } from "../../platform/once";
import { enqueue, message } from "../../platform/queue";
import { createSealer, type Place, type Sealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import type { UseAct } from "./contract";
import { usedMessage, type Used } from "./messages";
import { useWritten } from "./store";

/** A use of a link as its handler knows it. */
export type Use = Omit<Used, "at" | "origin">;

/** The most uses of a document that its own list keeps. */
export const KEPT_USES = 200;

const ACTIONS = { looked: "share.looked_at", taken: "share.taken", downloaded: "document.downloaded", verified: "certificate.verified" } as const satisfies Record<UseAct, string>;

/** Puts a use on the queue. Throws when that fails: then nothing may be given out. */
export async function reportUse(world: World, env: Bindings, use: Use, from: Origin): Promise<void> {
  const origin = await sealerOf(world, env).seal(placeOf(use), JSON.stringify(from));
  await enqueue(env.SYNC_QUEUE, [message(usedMessage, { ...use, at: world.clock(), origin })]);
}

/** Writes a use into the audit log and the document's own list, once for all its deliveries. */
export async function writeUse(world: World, env: Bindings, db: ShopDb, used: Used): Promise<void> {
  const from = await originOf(world, env, used);
  const { documentId, share, person, purpose, act, at } = used;
  const actor: Actor = { id: person === null ? "stranger" : `person:${person}`, through: null, personal: { ...from } };
  const row = { documentId, at, id: used.use, shareId: share, personId: person, purpose, act, place: from.place, device: deviceInWords(from.device) };
  const after: Json = { purpose, share };
  const written = await once(db, { key: `use:${used.use}`, input: { documentId, act, share, person }, actor, action: ACTIONS[act], at, random: world.random }, async () => (
    ok({ statements: useWritten(db, row, KEPT_USES), answer: {}, audit: { subject: `document:${documentId}`, after } })
  ));
  // One name for two uses can only be somebody's forgery of a message.
  if (!written.ok) world.log.error("document.use_conflicts", { shopId: db.shopId, kind: act });
}

/** From where; nothing where the key that it was sealed with is gone: the use itself must not be lost with it. */
async function originOf(world: World, env: Bindings, used: Used): Promise<Origin> {
  const opened = await sealerOf(world, env).open(placeOf(used), used.origin);
  return opened.ok ? JSON.parse(opened.value.reveal()) as Origin : { address: "", place: "", device: "" };
}

function sealerOf(world: World, env: Bindings): Sealer {
  return createSealer(readConfig(env).masterKeys, world.random);
}

function placeOf({ shopId, use }: Pick<Use, "shopId" | "use">): Place {
  return { table: "document_use", column: "origin", shopId, row: use };
}
