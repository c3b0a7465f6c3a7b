/** The secrets of a shop's Twilio account: sealed with the shop's key as they arrive, opened for the moment of a call. */
import { z } from "zod";
import { ok, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { Place, Sealer } from "../../platform/sealer";
import { sealerOf, shopKeyOf } from "../../platform/vault";
import type { World } from "../../platform/world";
import type { TextAccount } from "../../providers/registry";

/** Where they are kept. */
export type Safe = { readonly world: World; readonly env: Bindings; readonly db: ShopDb };

type KeyUnavailable = { readonly kind: "key_unavailable" };

const secrets = z.strictObject({ authToken: z.string(), apiKey: z.strictObject({ sid: z.string(), secret: z.string() }).nullable() });

/** Seals what opens an account; it opens again for this shop and this account only. */
export async function seal(safe: Safe, { accountSid, authToken, apiKey }: TextAccount): Promise<Result<string, KeyUnavailable>> {
  const sealer = await sealerFor(safe);
  const text = JSON.stringify({ authToken, apiKey } satisfies z.infer<typeof secrets>);
  return sealer.ok ? ok(await sealer.value.seal(placeOf(safe, accountSid), text)) : sealer;
}

/** Opens what was sealed. `key_unavailable` also for what was altered, moved, or destroyed. */
export async function open(safe: Safe, { accountSid, sealedCredentials }: { readonly accountSid: string; readonly sealedCredentials: string }): Promise<Result<TextAccount, KeyUnavailable>> {
  const sealer = await sealerFor(safe);
  const opened = sealer.ok ? await sealer.value.open(placeOf(safe, accountSid), sealedCredentials) : sealer;
  return opened.ok ? ok({ accountSid, ...secrets.parse(JSON.parse(opened.value.reveal())) }) : opened;
}

async function sealerFor({ world, env, db }: Safe): Promise<Result<Sealer, KeyUnavailable>> {
  const keeper = { masters: readConfig(env).masterKeys, random: world.random, clock: world.clock };
  return await sealerOf(keeper, db.shopId, await shopKeyOf(keeper, db));
}

function placeOf({ db }: Safe, accountSid: string): Place {
  return { table: "text_line", column: "sealed_credentials", shopId: db.shopId, row: accountSid };
}
