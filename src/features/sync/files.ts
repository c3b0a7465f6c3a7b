/** Dropping and taking files over HTTP: the days that a file changed are read at once, by the same way as every day. */
import type { Context } from "hono";
import { windowOf } from "../../kernel/day";
import { failed, ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { enqueue, message } from "../../platform/queue";
import { LARGEST_FILE_BYTES } from "../../providers/registry";
import { locationsOf, scheduleOf } from "../connections/service";
import { dropAnswer, dropPath, noWords, uploadAnswer, uploadQuery } from "../files/contract";
import { daysOfDrop, receiveFile, takeDrop, viewDrop, type DropId } from "../files/service";
import { originOf, type Act } from "./acts";
import { syncDayMessage } from "./messages";

/** The one type of a file's body: what a form or a foreign page can send by itself is another (Fetch, CORS-safelisted). */
const FILE_TYPE = "text/csv";

export const droppingRoutes = router()
  .post("/files", guard("days.work"), accept("query", uploadQuery), gives(uploadAnswer), async (c) => {
    const act = actOf(c);
    const { headers, body } = c.req.raw;
    if (headers.get("content-type") !== FILE_TYPE) return refuse(c, { kind: "wrong_media_type", expected: FILE_TYPE });
    if (Number(headers.get("content-length") ?? 0) > LARGEST_FILE_BYTES) return refuse(c, { kind: "too_large", limitBytes: LARGEST_FILE_BYTES });
    const turn = await takeTurn(c, "file", { shop: act.visit.shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    const received = await receiveFile(act.world, act.visit, c.req.valid("query"), body ?? new Blob([]).stream());
    if (received.ok && received.value.kind === "dropped" && received.value.drop.state === "taken") await readDaysOf(act, received.value.drop.id as DropId);
    return answer(c, received);
  })
  .post("/files/:drop/take", guard("days.work"), accept("param", dropPath), accept("json", noWords), gives(dropAnswer), async (c) => {
    const act = actOf(c);
    const id = c.req.valid("param").drop as DropId;
    const taken = await takeDrop(act.world, act.visit, id);
    if (!taken.ok) return refuse(c, taken.failure);
    await readDaysOf(act, id);
    const drop = await viewDrop(act.env, act.visit, id);
    return drop.ok ? answer(c, ok({ drop: drop.value })) : answer(c, failed(drop.failure));
  });

/** A day before the location's first one is read for a preview and never posted by itself. */
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

function actOf(c: Context<ShopEnv>): Act {
  return { world: c.get("world"), env: c.env, visit: c.get("visit") };
}
