/**
 * A stop at one of an organisation's shops that is one at all of them, where the organisation says so: 47 CFR
 * 64.1200(a)(10) will ask for it from 31 January 2027. Each shop has a register of its own, and hears of it by a message.
 */
import { z } from "zod";
import type { ConsentId, ShopId } from "../../kernel/ids";
import { DAYBOOK } from "../../platform/audit-leaf";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { enqueue, message, queueOf, type OutgoingMessage } from "../../platform/queue";
import { createSealer, type Place, type Sealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import { shopsSharingWith, type Sharer } from "../organisations/service";
import { addressInput } from "./contract";
import type { Ledger, Said, Spot } from "./ledger";
import { sharedMessage, type Shared } from "./messages";
import type { Address } from "./subject";

/** A stop as it is told to other shops. */
export type Told = { readonly line: ConsentId; readonly saidAt: number; readonly addresses: readonly Address[] };

/** Tells the shops that this one shares stops with. Told twice, it counts once. */
export async function tellOthers({ world, env, db }: Ledger, spots: readonly Spot[], { line, saidAt }: Omit<Told, "addresses">): Promise<void> {
  const others = await shopsSharingWith(directoryDb(env), db.shopId);
  const addresses = spots.flatMap(({ channel, value }) => (value === null ? [] : [{ channel, value }]));
  await enqueue(queueOf(env, "twilio"), await messagesOf(world, env, others, [{ line, saidAt, addresses }]));
}

/** One message for each stop and shop; none for a stop whose person was erased. */
export async function messagesOf(world: World, env: Bindings, others: readonly Sharer[], stops: readonly Told[]): Promise<readonly OutgoingMessage[]> {
  const sealer = sealerOf(world, env);
  return await Promise.all(stops.filter(({ addresses }) => addresses.length > 0).flatMap(({ line, saidAt, addresses }) => others.map(async ({ shopId, shard }) => (
    message(sharedMessage, { shopId, shard, line, saidAt, addresses: await sealer.seal(placeOf(shopId, line), JSON.stringify(addresses)) })
  ))));
}

/** What a message says, as a word to be recorded. Throws where it cannot be opened: it comes again. */
export async function hearShared(world: World, env: Bindings, { shopId, line, saidAt, addresses }: Shared): Promise<{ readonly addresses: readonly Address[]; readonly said: Said }> {
  const opened = await sealerOf(world, env).open(placeOf(shopId, line), addresses);
  if (!opened.ok) throw new Error("a stop that was shared does not open");
  return {
    addresses: z.array(addressInput).min(1).max(20).parse(JSON.parse(opened.value.reveal())),
    said: { source: "organisation", words: "", saidAt, reference: `organisation:${line}`, actor: DAYBOOK, byPerson: null },
  };
}

function placeOf(shopId: ShopId, line: ConsentId): Place {
  return { table: "consent", column: "shared", shopId, row: line };
}

function sealerOf(world: World, env: Bindings): Sealer {
  return createSealer(readConfig(env).masterKeys, world.random);
}
