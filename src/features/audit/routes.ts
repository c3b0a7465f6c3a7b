/** The audit log over HTTP: a shop's on its host, an organisation's on its own. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { download, takeExport } from "../../http/download";
import { gives } from "../../http/gives";
import { actorOf, guard, type Visit } from "../../http/guard";
import { hqGuard, type HqVisit } from "../../http/hq-guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { organisationLog, shopLog } from "../../platform/audit-log";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import {
  auditQuery, auditView, checkpointView, consistencyQuery, consistencyView, exportedFile, exportQuery, noInput, proofQuery, proofsView,
} from "./contract";
import { exportLog } from "./export";
import { latestCheckpoint, proveGrowth, proveLines, sealNow, viewLog, type Reading } from "./service";

export const auditRoutes = router()
  .get("/audit", guard("audit.read"), accept("query", auditQuery), gives(auditView), async (c) => answer(c, await viewLog(ofShop(c.get("visit")), c.req.valid("query"))))
  .get("/audit/checkpoint", guard("audit.read"), gives(checkpointView), async (c) => answer(c, ok(await latestCheckpoint(c.env, ofShop(c.get("visit"))))))
  .post("/audit/checkpoint", guard("audit.read"), accept("json", noInput), gives(checkpointView), async (c) => {
    const turn = await takeTurn(c, "checkpoint", { shop: c.get("visit").shop.id });
    return turn.ok ? answer(c, ok(await sealNow(c.get("world"), c.env, ofShop(c.get("visit"))))) : refuse(c, turn.failure);
  })
  .get("/audit/proof", guard("audit.read"), accept("query", proofQuery), gives(proofsView), async (c) => answer(c, await proveLines(c.env, ofShop(c.get("visit")), c.req.valid("query").seq)))
  .get("/audit/consistency", guard("audit.read"), accept("query", consistencyQuery), gives(consistencyView), async (c) => answer(c, await proveGrowth(c.env, ofShop(c.get("visit")), c.req.valid("query").from)))
  .get("/audit/export", guard("audit.read"), accept("query", exportQuery), gives(exportedFile), async (c) => {
    const visit = c.get("visit");
    const turn = await takeExport(c, visit.shop.id);
    return turn.ok ? download(c, await exportLog(c.get("world"), c.env, { ...ofShop(visit), actor: actorOf(visit) }, c.req.valid("query"))) : refuse(c, turn.failure);
  });

export const hqAuditRoutes = router()
  .get("/audit", hqGuard("hq.audit.read"), accept("query", auditQuery), gives(auditView), async (c) => answer(c, await viewLog(ofOrganisation(c.env, c.get("hqVisit")), c.req.valid("query"))))
  .get("/audit/checkpoint", hqGuard("hq.audit.read"), gives(checkpointView), async (c) => answer(c, ok(await latestCheckpoint(c.env, ofOrganisation(c.env, c.get("hqVisit"))))))
  .post("/audit/checkpoint", hqGuard("hq.audit.read"), accept("json", noInput), gives(checkpointView), async (c) => {
    const turn = await takeTurn(c, "checkpoint", { shop: c.get("hqVisit").organisation.id });
    return turn.ok ? answer(c, ok(await sealNow(c.get("world"), c.env, ofOrganisation(c.env, c.get("hqVisit"))))) : refuse(c, turn.failure);
  })
  .get("/audit/proof", hqGuard("hq.audit.read"), accept("query", proofQuery), gives(proofsView), async (c) => answer(c, await proveLines(c.env, ofOrganisation(c.env, c.get("hqVisit")), c.req.valid("query").seq)))
  .get("/audit/consistency", hqGuard("hq.audit.read"), accept("query", consistencyQuery), gives(consistencyView), async (c) => answer(c, await proveGrowth(c.env, ofOrganisation(c.env, c.get("hqVisit")), c.req.valid("query").from)))
  .get("/audit/export", hqGuard("hq.audit.read"), accept("query", exportQuery), gives(exportedFile), async (c) => {
    const visit = c.get("hqVisit");
    const turn = await takeExport(c, visit.organisation.id);
    const reading = { ...ofOrganisation(c.env, visit), actor: actorOf({ person: visit.person, from: visit.from, through: null }) };
    return turn.ok ? download(c, await exportLog(c.get("world"), c.env, reading, c.req.valid("query"))) : refuse(c, turn.failure);
  });

function ofShop({ db, shop }: Visit): Reading {
  return { log: shopLog(db), zone: shop.zone };
}

/** Its members work in many zones: dates are meant in UTC. */
function ofOrganisation(env: Bindings, { organisation }: HqVisit): Reading {
  return { log: organisationLog(directoryDb(env), organisation.id), zone: "UTC" };
}
