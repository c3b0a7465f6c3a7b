/** Dropping and taking files: the days that a file changed are read at once, by the way of every day. */
import { windowOf } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import { enqueue, message } from "../../platform/queue";
import { locationsOf, scheduleOf } from "../connections/service";
import type { DropView, UploadAnswer, UploadQuery } from "../files/contract";
import { daysOfDrop, receiveFile, takeDrop, viewDrop, type DropId } from "../files/service";
import { originOf, type Act } from "./acts";
import { syncDayMessage } from "./messages";

/** Receives a file; one that needs nobody's word is taken, and its days are read. Fails as `receiveFile`. */
export async function dropFile(act: Act, query: UploadQuery, body: ReadableStream<Uint8Array>): Promise<Result<UploadAnswer>> {
  const received = await receiveFile(act.world, act.visit, query, body);
  if (received.ok && received.value.kind === "dropped" && received.value.drop.state === "taken") await readDaysOf(act, received.value.drop.id as DropId);
  return received;
}

/** Takes a file that waited for this word, and has its days read. Fails as `takeDrop`; doing it again changes nothing. */
export async function takeFile(act: Act, id: DropId): Promise<Result<{ readonly drop: DropView }>> {
  const taken = await takeDrop(act.world, act.visit, id);
  if (!taken.ok) return taken;
  await readDaysOf(act, id);
  const drop = await viewDrop(act.env, act.visit, id);
  return drop.ok ? ok({ drop: drop.value }) : drop;
}

/** A day before the location's first one is read for a preview and never posted by itself; one that goes on has its turn at its close. */
async function readDaysOf({ world, env, visit }: Act, id: DropId): Promise<void> {
  const locations = new Map((await locationsOf(visit.db)).map((location) => [location.id, location]));
  const messages = (await daysOfDrop(visit.db, id)).flatMap(({ locationId, businessDate }) => {
    const location = locations.get(locationId);
    if (location === undefined || windowOf(scheduleOf(location), businessDate).end > world.clock()) return [];
    const isKept = location.startsOn !== null && businessDate >= location.startsOn;
    return [message(syncDayMessage, { ...originOf(visit), locationId, date: businessDate, why: "till_changed", post: isKept ? "as_set" : "no" })];
  });
  await enqueue(env.SYNC_QUEUE, messages);
}
