/**
 * Consent over HTTP: what is held for a person, what reaches the shop by other ways than a message, and the report. Routes
 * take addresses as `contacts` shows them; what stands at a contact's addresses is shown there.
 */
import type { ConsentId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { download, takeExport } from "../../http/download";
import { gives } from "../../http/gives";
import { guard, type Visit } from "../../http/guard";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { nothing } from "../sessions/contract";
import { agreementEntry, heldDecision, heldListView, heldPath, optOutEntered, optOutEntry, revocationsQuery, revocationsView } from "./contract";
import { decideHeld, enterAgreement, enterOptOut, viewHeld } from "./held";
import type { Ledger } from "./ledger";
import { exportRevocations, viewRevocations } from "./report";

export const consentRoutes = router()
  .get("/consent/held", guard("messages.read"), gives(heldListView), async (c) => answer(c, ok(await viewHeld(ledgerOf(c.get("world"), c.env, c.get("visit"))))))
  .post("/consent/held/:held/decide", guard("messages.send"), accept("param", heldPath), accept("json", heldDecision), gives(nothing), async (c) => {
    const visit = c.get("visit");
    return answer(c, await decideHeld(ledgerOf(c.get("world"), c.env, visit), visit, c.req.valid("param").held as ConsentId, c.req.valid("json")));
  })
  .post("/consent/opt-outs", guard("messages.send"), accept("json", optOutEntry), gives(optOutEntered), async (c) => {
    const visit = c.get("visit");
    return answer(c, await enterOptOut(ledgerOf(c.get("world"), c.env, visit), visit, c.req.valid("json")));
  })
  .post("/consent/agreements", guard("messages.send"), accept("json", agreementEntry), gives(nothing), async (c) => {
    const visit = c.get("visit");
    return answer(c, await enterAgreement(ledgerOf(c.get("world"), c.env, visit), visit, c.req.valid("json")));
  })
  .get("/consent/revocations", guard("messages.read"), accept("query", revocationsQuery), gives(revocationsView), async (c) => answer(c, await viewRevocations(c.get("visit"), c.req.valid("query"))))
  .get("/consent/revocations/file", guard("messages.manage"), accept("query", revocationsQuery), async (c) => {
    const visit = c.get("visit");
    const turn = await takeExport(c, visit.shop.id);
    return turn.ok ? download(c, await exportRevocations(c.get("world"), visit, c.req.valid("query"))) : refuse(c, turn.failure);
  });

function ledgerOf(world: World, env: Bindings, { db }: Visit): Ledger {
  return { world, env, db };
}
