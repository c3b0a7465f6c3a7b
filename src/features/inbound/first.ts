/**
 * Twilio's messages carry no time: what stops a replay is their id. What arrives under an id first is what was said; the same
 * again is a delivery more, or somebody's replay, and other words under it are nobody's.
 */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { DAY } from "../../kernel/clock";
import { ok } from "../../kernel/result";
import { actorNamed } from "../../platform/audit-leaf";
import { readConfig, type Config } from "../../platform/env";
import { once } from "../../platform/once";
import type { Ledger } from "../consent/service";
import type { Letter } from "./envelope";

/** A queue has given a message up long before. */
const DELIVERED_FOR_MS = 2 * DAY;

/** `first`: as good as its first delivery; `replayed`: it arrived days ago and is over; `conflicts`: other words came under this id before. */
export type Delivery = "first" | "replayed" | "conflicts";

/** Notes that a text arrived, with a line in the log, and answers which delivery of it this is. */
export async function noteArrival({ world, env, db }: Ledger, sid: string, at: number, text: Letter): Promise<Delivery> {
  const words = await markOf(readConfig(env), [db.shopId, sid, text.from, text.to, text.body, text.mediaCount, text.optOutType]);
  const act = { key: `text:${sid}`, input: { words }, actor: actorNamed("stranger"), action: "text.arrived", at, random: world.random };
  const noted = await once(db, act, async () => ok({ statements: [], answer: { at }, audit: { subject: `text:${sid}` } }));
  if (noted.ok) return world.clock() - noted.value.at > DELIVERED_FOR_MS ? "replayed" : "first";
  // Only whoever knows the account's token can sign such a thing.
  world.log.error("text.conflicts", { provider: "twilio", shopId: db.shopId });
  return "conflicts";
}

/** A keyed hash, since it stays when its sender is erased: whoever holds the rows cannot try numbers and words. */
async function markOf({ passwordPepper }: Pick<Config, "passwordPepper">, parts: readonly unknown[]): Promise<string> {
  const key = await crypto.subtle.importKey("raw", passwordPepper, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(JSON.stringify(["inbound/v1", ...parts])));
  return encodeBase64urlNoPadding(new Uint8Array(signature));
}
