/** The hourly checkpoint of every log that has grown. What fails keeps no other from its own, and is as due the next time. */
import { HOUR } from "../../kernel/clock";
import { directoryDb } from "../../platform/database";
import { shardsOf, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { sequencerOf } from "../../platform/sequencer-client";
import { sweep } from "../../platform/sweep";
import type { World } from "../../platform/world";
import { grownOrganisationLogs } from "./store";

/** The most logs of one database that a run takes up, and how many at once; the others are as due a quarter of an hour later. */
const MOST_LOGS = 500;
const AT_ONCE = 20;

/**
 * Seals every log whose first unsealed line is an hour old; answers how many were. A sealed log leaves the list of its
 * own accord, unless it grew meanwhile; one that was tampered with stays on it, and the alarm is raised every time.
 */
export async function sealGrownLogs(world: World, env: Bindings): Promise<number> {
  const until = world.clock() - HOUR;
  const ofShops = await Promise.all(shardsOf(env).map(async (shard) => await sweep(shard, "grownLogs", [until, MOST_LOGS])));
  const ofOrganisations = await grownOrganisationLogs(directoryDb(env), until, MOST_LOGS);
  const logs = [...ofShops.flat().map((row) => `shop:${row.shop_id}`), ...ofOrganisations.map((id) => `organisation:${id}`)];
  for (let first = 0; first < logs.length; first += AT_ONCE) {
    await Promise.all(logs.slice(first, first + AT_ONCE).map(async (log) => await seal(world, env, log)));
  }
  return logs.length;
}

async function seal(world: World, env: Bindings, log: string): Promise<void> {
  try {
    await sequencerOf(env, log).advance(world);
  } catch (error) {
    world.log.error("audit.not_sealed", { kind: log.split(":")[0] ?? "", ...errorFields(error) });
  }
}
