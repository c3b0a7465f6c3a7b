/** Contacts that come and go as files. What a file is and how its people are taken stands in `preview-import` and `take-import`. */
import { accept } from "../../http/accept";
import { download, takeExport } from "../../http/download";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { ok } from "../../kernel/result";
import { importAnswer, importPath, importQuery, importsView, LARGEST_IMPORT_BYTES, noWords } from "./contract";
import { exportContacts } from "./export";
import { previewImport } from "./preview-import";
import { keeperOf } from "./routes";
import { dropImport, openImports, stepImport } from "./take-import";

/** The one type of a file's body: what a form or a foreign page can send by itself is another (Fetch, CORS-safelisted). */
const FILE_TYPE = "text/csv";

export const contactFilesRoutes = router()
  .get("/contacts/export", guard("messages.manage"), async (c) => {
    const turn = await takeExport(c, c.get("visit").shop.id);
    return turn.ok ? download(c, ok(await exportContacts(keeperOf(c)))) : refuse(c, turn.failure);
  })
  .get("/contacts/imports", guard("messages.manage"), gives(importsView), async (c) => (
    answer(c, ok({ imports: await openImports(keeperOf(c)) }))
  ))
  .post("/contacts/imports", guard("messages.manage"), accept("query", importQuery), gives(importAnswer), async (c) => {
    const { headers, body } = c.req.raw;
    if (headers.get("content-type") !== FILE_TYPE) return refuse(c, { kind: "wrong_media_type", expected: FILE_TYPE });
    if (Number(headers.get("content-length") ?? 0) > LARGEST_IMPORT_BYTES) return refuse(c, { kind: "too_large", limitBytes: LARGEST_IMPORT_BYTES });
    const turn = await takeTurn(c, "contact_import", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    const looked = await previewImport(keeperOf(c), c.req.valid("query"), body ?? new Blob([]).stream());
    return answer(c, looked.ok ? ok({ import: looked.value }) : looked);
  })
  .post("/contacts/imports/:import/step", guard("messages.manage"), accept("param", importPath), accept("json", noWords), gives(importAnswer), async (c) => {
    const turn = await takeTurn(c, "contact_import_step", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    const stepped = await stepImport(keeperOf(c), c.req.valid("param").import);
    return answer(c, stepped.ok ? ok({ import: stepped.value }) : stepped);
  })
  .post("/contacts/imports/:import/drop", guard("messages.manage"), accept("param", importPath), accept("json", noWords), gives(importsView), async (c) => (
    answer(c, await dropImport(keeperOf(c), c.req.valid("param").import))
  ));
