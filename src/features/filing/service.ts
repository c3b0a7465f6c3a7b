/**
 * Files the reports of days and months among the shop's documents, every morning for what has changed since the last one.
 * A report that says what it said before is filed once; one that says something else is a new version of the same document.
 */
import { addDays, nextTimeOfDay, wallClockAt, type BusinessDate } from "../../kernel/day";
import { DAYBOOK } from "../../platform/audit-leaf";
import { directoryDb, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { enqueue, message } from "../../platform/queue";
import type { World } from "../../platform/world";
import { locationsOf } from "../connections/service";
import { changedDatesQuery } from "../days/service";
import { fileMade, madeDocumentId } from "../documents/service";
import { drawReport } from "../reports/service";
import { findShop } from "../shops/service";
import { spreadSeconds } from "../sync/service";
import { fileReportsMessage, type FileReports } from "./messages";
import { filingsOf, lookFrom, type Filing } from "./rules";
import { moveFiledThrough, readFiledThrough, sendDueFilings } from "./store";

/** Five in the morning, when the night's days are in the books: before the letter that tells of them. */
const MORNING_MINUTES = 5 * 60;
/** The most shops that one run plans; the others are as due a quarter of an hour later. */
const MOST_SHOPS = 500;
/** A zone's morning is spread over half an hour. */
const SPREAD_SECONDS = 1_800;
/** Days that one message files; the next one goes on. */
const MOST_DAYS = 12;

/** The next five o'clock in the morning after an instant on a zone's wall clock. */
export function nextFiling(zone: string, now: number): number {
  return nextTimeOfDay(zone, MORNING_MINUTES, now);
}

/** Enqueues the filings that are due and plans the next ones; answers how many were enqueued. A message that comes twice files nothing more. */
export async function planFilings(world: World, env: Bindings, spread = SPREAD_SECONDS): Promise<number> {
  const at = world.clock();
  const run = { now: at, most: MOST_SHOPS, next: (zone: string) => nextFiling(zone, at) };
  return await sendDueFilings(directoryDb(env), run, async (due) => {
    await enqueue(env.SYNC_QUEUE, due.map(({ shopId, shard }) => message(fileReportsMessage, { shopId, shard, at }, spreadSeconds(shopId, "", spread))));
  });
}

/** Files what has changed, so many days at once; `more` when some are left. Throws when a report could not be filed, and nothing is passed over. */
export async function fileReports(world: World, env: Bindings, db: ShopDb, { shopId, at }: FileReports): Promise<"done" | "more"> {
  const directory = directoryDb(env);
  const [shop, was] = await Promise.all([findShop(directory, shopId), readFiledThrough(directory, shopId)]);
  if (shop === null || was === null) return "done";
  const { date: today } = wallClockAt(shop.zone, at);
  const locationIds = (await locationsOf(db)).map(({ id }) => id);
  const changed = await changedDatesQuery(db, { locationIds, from: lookFrom(today, was), to: addDays(today, -1) }, was);
  const { filings, through, isAll } = filingsOf(changed, { today, at, most: MOST_DAYS });
  for (const filing of filings) await fileOne(world, env, { db, shop, at }, filing);
  if (through > was) await moveFiledThrough(directory, shopId, { was, next: through });
  return isAll ? "done" : "more";
}

type Filed = { readonly db: ShopDb; readonly shop: { readonly name: string; readonly zone: string }; readonly at: number };

async function fileOne(world: World, env: Bindings, { db, shop, at }: Filed, { span, name, from, to, asOf }: Filing): Promise<void> {
  const drawn = await drawReport({ ...world, clock: () => at }, env, { db, shop }, { from, to }, asOf);
  // Longer than a report can be: what is too much for one page of the app is too much for one file.
  if (!drawn.ok) return world.log.warn("filing.not_drawn", { shopId: db.shopId, businessDate: from, kind: drawn.failure.kind });
  const filed = await fileMade(world, env, db, {
    id: await madeDocumentId(db.shopId, `report:${span}:${name}`), actor: DAYBOOK, kind: "report", subjectKind: "day", subject: name, title: titleOf(span, from), tags: [`${span} report`],
    fileName: `daybook-${span}-${name}.pdf`, mediaType: "application/pdf", bytes: drawn.value, issuedOn: to, expiresOn: null,
  });
  // A key that cannot be had now may be had later: the message comes again, and nothing is passed over.
  if (!filed.ok) throw new Error(`the report was not filed: ${filed.failure.kind}`);
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "Day report, 14 July 2026", "Month report, July 2026". */
function titleOf(span: Filing["span"], from: BusinessDate): string {
  const [year, month, day] = from.split("-").map(Number);
  const named = `${MONTHS[(month ?? 1) - 1]} ${year}`;
  return span === "day" ? `Day report, ${day} ${named}` : `Month report, ${named}`;
}
