/** Files over HTTP: the page, and what a shop says once of its own till's files. Dropping and taking stand in sync, which reads the days. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { dropAnswer, dropPath, filesView, layoutChange, layoutSaved, noWords, placesChange, placesSaved } from "./contract";
import { dismissDrop, saveLayout, savePlaces, viewDrop, viewFiles, type DropId } from "./service";

export const filesRoutes = router()
  .get("/files", guard("days.read"), gives(filesView), async (c) => answer(c, ok(await viewFiles(c.get("world"), c.env, c.get("visit")))))
  .put("/files/layouts", guard("days.work"), accept("json", layoutChange), gives(layoutSaved), async (c) => (
    answer(c, await saveLayout(c.get("world"), c.get("visit"), c.req.valid("json")))
  ))
  .put("/files/places", guard("days.work"), accept("json", placesChange), gives(placesSaved), async (c) => (
    answer(c, await savePlaces(c.get("world"), c.get("visit"), c.req.valid("json")))
  ))
  .post("/files/:drop/dismiss", guard("days.work"), accept("param", dropPath), accept("json", noWords), gives(dropAnswer), async (c) => {
    const id = c.req.valid("param").drop as DropId;
    const dismissed = await dismissDrop(c.get("world"), c.get("visit"), id);
    if (!dismissed.ok) return refuse(c, dismissed.failure);
    const drop = await viewDrop(c.env, c.get("visit"), id);
    return drop.ok ? answer(c, ok({ drop: drop.value })) : refuse(c, drop.failure);
  });
