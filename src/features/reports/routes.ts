/** Reports over HTTP: shown as JSON, and taken away as files, which leaves a line in the audit log. */
import { accept } from "../../http/accept";
import { download, takeExport } from "../../http/download";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { journalQuery, reportFileQuery, reportQuery, reportView } from "./contract";
import { exportJournal, exportReport, viewReport } from "./service";

export const reportsRoutes = router()
  .get("/reports", guard("days.read"), accept("query", reportQuery), gives(reportView), async (c) => answer(c, await viewReport(c.get("world"), c.get("visit"), c.req.valid("query"))))
  .get("/reports/file", guard("days.read"), accept("query", reportFileQuery), async (c) => {
    const turn = await takeExport(c, c.get("visit").shop.id);
    return turn.ok ? download(c, await exportReport(c.get("world"), c.env, c.get("visit"), c.req.valid("query"))) : refuse(c, turn.failure);
  })
  .get("/reports/journal", guard("days.read"), accept("query", journalQuery), async (c) => {
    const turn = await takeExport(c, c.get("visit").shop.id);
    return turn.ok ? download(c, await exportJournal(c.get("world"), c.get("visit"), c.req.valid("query"))) : refuse(c, turn.failure);
  });
