/** Dropping and taking files over HTTP. What a file is and how it is read stands in `files`. */
import type { Context } from "hono";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { LARGEST_FILE_BYTES } from "../../providers/registry";
import { dropAnswer, dropPath, noWords, uploadAnswer, uploadQuery } from "../files/contract";
import type { DropId } from "../files/service";
import type { Act } from "./acts";
import { dropFile, takeFile } from "./dropping";

/** The one type of a file's body: what a form or a foreign page can send by itself is another (Fetch, CORS-safelisted). */
const FILE_TYPE = "text/csv";

export const droppingRoutes = router()
  .post("/files", guard("days.work"), accept("query", uploadQuery), gives(uploadAnswer), async (c) => {
    const { headers, body } = c.req.raw;
    if (headers.get("content-type") !== FILE_TYPE) return refuse(c, { kind: "wrong_media_type", expected: FILE_TYPE });
    if (Number(headers.get("content-length") ?? 0) > LARGEST_FILE_BYTES) return refuse(c, { kind: "too_large", limitBytes: LARGEST_FILE_BYTES });
    const turn = await takeTurn(c, "file", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await dropFile(actOf(c), c.req.valid("query"), body ?? new Blob([]).stream()));
  })
  .post("/files/:drop/take", guard("days.work"), accept("param", dropPath), accept("json", noWords), gives(dropAnswer), async (c) => (
    answer(c, await takeFile(actOf(c), c.req.valid("param").drop as DropId))
  ));

function actOf(c: Context<ShopEnv>): Act {
  return { world: c.get("world"), env: c.env, visit: c.get("visit") };
}
