/** A text while it waits on the queue: sealed with the master key, for its shop and its id alone. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { readConfig, type Bindings } from "../../platform/env";
import { createSealer, type Place, type Sealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import type { ArrivedText } from "./rules";

/** What of a text is worth keeping. What Twilio says of its pictures beyond their number is let go unread. */
export type Letter = Pick<ArrivedText, "from" | "to" | "body" | "mediaCount" | "optOutType">;

type Whose = { readonly shopId: ShopId; readonly sid: string };

const letter = z.strictObject({
  from: z.string(), to: z.string(), body: z.string(), mediaCount: z.int(), optOutType: z.enum(["stop", "start", "help"]).nullable(),
});

/** Seals a text. */
export async function sealText(world: World, env: Bindings, whose: Whose, { from, to, body, mediaCount, optOutType }: Letter): Promise<string> {
  return await sealerOf(world, env).seal(placeOf(whose), JSON.stringify({ from, to, body, mediaCount, optOutType } satisfies Letter));
}

/** Opens one; null where its key is gone or somebody altered it. */
export async function openText(world: World, env: Bindings, whose: Whose, sealed: string): Promise<Letter | null> {
  const opened = await sealerOf(world, env).open(placeOf(whose), sealed);
  return opened.ok ? letter.parse(JSON.parse(opened.value.reveal())) : null;
}

function sealerOf(world: World, env: Bindings): Sealer {
  return createSealer(readConfig(env).masterKeys, world.random);
}

function placeOf({ shopId, sid }: Whose): Place {
  return { table: "queue", column: "text_arrived", shopId, row: sid };
}
