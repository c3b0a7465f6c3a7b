/** The morning's letter to a shop's owners: planned by one index, written once for each shop and date. */
import { DAY } from "../../kernel/clock";
import { addDays, businessDateAt, nextTimeOfDay, type BusinessDate, type CutOff } from "../../kernel/day";
import { originOf } from "../../http/site";
import { directoryDb, type ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { enqueue, message } from "../../platform/queue";
import { sequencerOf } from "../../platform/sequencer-client";
import type { World } from "../../platform/world";
import { expiringOn } from "../certificates/service";
import { postLetter } from "../mail/service";
import { addressesOf, findShop } from "../shops/service";
import { viewDays } from "../sync/service";
import { dailyLetterMessage, type DailyLetter } from "./messages";
import { letterWritten, readWrittenOn, sendDueLetters } from "./store";
import { wordsOfMorning } from "./words";

/** Six in the morning, when the night's days are in the books or known not to be. */
const LETTER_MINUTES = 6 * 60;
const CUT_OFFS: readonly CutOff[] = [{ from: "1970-01-01" as BusinessDate, minutes: LETTER_MINUTES }];

/** The most letters that one run plans; the others are as due a quarter of an hour later. */
const MOST_LETTERS = 500;
/** The most owners of a shop that get it. */
const MOST_OWNERS = 20;

/** The next six o'clock after an instant on a zone's wall clock. */
export function nextMorning(zone: string, now: number): number {
  return nextTimeOfDay(zone, LETTER_MINUTES, now);
}

/** The date that a wall clock which has passed six shows. */
export function morningOf(zone: string, now: number): BusinessDate {
  return businessDateAt({ zone, cutOffs: CUT_OFFS }, now);
}

/** Enqueues the letters that are due and plans the next ones; answers how many were enqueued. A message that comes twice writes one letter. */
export async function planLetters(world: World, env: Bindings): Promise<number> {
  const now = world.clock();
  const run = { now, most: MOST_LETTERS, next: (zone: string) => nextMorning(zone, now) };
  return await sendDueLetters(directoryDb(env), run, async (due) => {
    await enqueue(env.SYNC_QUEUE, due.map(({ shopId, shard, zone }) => message(dailyLetterMessage, { shopId, shard, date: morningOf(zone, now) })));
  });
}

/**
 * Writes a date's letter to each owner, unless it was written. A shop that keeps no location yet is told of what expires,
 * and on a day without that of nothing.
 */
export async function writeLetter(world: World, env: Bindings, db: ShopDb, { shopId, date }: DailyLetter): Promise<void> {
  const directory = directoryDb(env);
  const shop = await findShop(directory, shopId);
  const writtenOn = await readWrittenOn(directory, shopId);
  if (shop === null || isWritten(writtenOn, date)) return;
  const day = addDays(date, -1);
  const [days, expiring] = await Promise.all([viewDays(world, { db }, { from: day, to: day }), expiringOn(db, date, writtenOn)]);
  if (!days.ok || (days.value.locations.length === 0 && expiring.count === 0)) return;
  const sequencer = sequencerOf(env, `shop:${shopId}`);
  const { alarm } = await sequencer.advance(world);
  const sealed = await sequencer.latest();
  const words = wordsOfMorning({ shop: { name: shop.name, url: originOf(shop.slug, readConfig(env)) }, date: day, days: days.value, expiring: { ...expiring, today: date }, sealed, alarm });
  const letters = await Promise.all((await addressesOf(directory, shopId, { roles: ["owner"], most: MOST_OWNERS })).map(async (to) => await postLetter(world, env, directory, { ...words, to, usefulUntil: world.clock() + DAY })));
  try {
    await directory.batch([letterWritten(directory, shopId, date), ...letters.map(({ statement }) => statement)]);
  } catch (error) {
    // Another delivery may have written it meanwhile: then this one's letters were not, and none is to be.
    if (isWritten(await readWrittenOn(directory, shopId), date)) return;
    throw error;
  }
  for (const { send } of letters) await send();
}

function isWritten(writtenOn: BusinessDate | null, date: BusinessDate): boolean {
  return writtenOn !== null && writtenOn >= date;
}
