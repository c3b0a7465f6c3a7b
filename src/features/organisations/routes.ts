/** Organisations over HTTP: made at `auth.`, run on their own site, and joined or left on a shop's. */
import type { PersonId, ShopId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { hqGuard } from "../../http/hq-guard";
import { takeTurn } from "../../http/limit";
import { known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { nextPlace, nothing } from "../sessions/contract";
import {
  hqMemberChange, hqMembersView, hqShopsView, newOrganisation, offerPath, offerToOrganisation, offerToShop, organisationChange, organisationView,
  personPath, shopOrganisationView, shopPath,
} from "./contract";
import { afterCreating, createOrganisation, renameOrganisation, viewOrganisation } from "./create";
import { changeRole, leaveOrganisation, removeMember, viewMembers } from "./members";
import {
  acceptAsOrganisation, acceptAsShop, declineAsOrganisation, declineAsShop, leaveAsOrganisation, leaveAsShop, offerOrganisation, offerShop,
} from "./offers";
import { viewHqShops, viewShopOrganisation } from "./shops";

/** At `auth.`. */
export const newOrganisationRoutes = router()
  .post("/organisations", known("proved_lately"), accept("json", newOrganisation), gives(nextPlace), async (c) => {
    const turn = await takeTurn(c, "organisation", { account: c.get("signed").personId });
    if (!turn.ok) return refuse(c, turn.failure);
    const made = await createOrganisation(c.get("world"), c.env, c.get("signed"), c.req.valid("json"));
    return answer(c, made.ok ? ok(afterCreating(c.env, made.value)) : made);
  });

/** On the organisation's own site. */
export const organisationRoutes = router()
  .get("/organisation", hqGuard("hq.read"), gives(organisationView), async (c) => answer(c, ok(viewOrganisation(c.get("hqVisit"), c.get("config")))))
  .put("/organisation", hqGuard("hq.manage"), accept("json", organisationChange), gives(nothing), async (c) => {
    await renameOrganisation(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("json").name);
    return answer(c, ok({}));
  })
  .get("/members", hqGuard("hq.read"), gives(hqMembersView), async (c) => answer(c, ok(await viewMembers(c.env, c.get("hqVisit")))))
  .put("/members/:person", hqGuard("hq.members.manage", { proof: "lately" }), accept("param", personPath), accept("json", hqMemberChange), gives(nothing), async (c) => {
    const person = c.req.valid("param").person as PersonId;
    return answer(c, done(await changeRole(c.get("world"), c.env, c.get("hqVisit"), person, c.req.valid("json").role)));
  })
  .post("/members/:person/remove", hqGuard("hq.members.manage", { proof: "lately" }), accept("param", personPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await removeMember(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").person as PersonId)))
  ))
  .post("/leave", hqGuard("hq.read"), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await leaveOrganisation(c.get("world"), c.env, c.get("hqVisit"))))
  ))
  .get("/shops", hqGuard("hq.read"), gives(hqShopsView), async (c) => answer(c, ok(await viewHqShops(c.get("world"), c.env, c.get("hqVisit")))))
  .post("/shops/:shop/leave", hqGuard("hq.shops.manage", { proof: "lately" }), accept("param", shopPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await leaveAsOrganisation(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").shop as ShopId)))
  ))
  .post("/offers", hqGuard("hq.shops.manage", { proof: "lately" }), accept("json", offerToShop), gives(nothing), async (c) => {
    const turn = await takeTurn(c, "invite", { shop: c.get("hqVisit").organisation.id });
    if (!turn.ok) return refuse(c, turn.failure);
    await offerShop(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("json").address);
    return answer(c, ok({}));
  })
  .post("/offers/:offer/accept", hqGuard("hq.shops.manage", { proof: "lately" }), accept("param", offerPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await acceptAsOrganisation(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").offer)))
  ))
  .post("/offers/:offer/decline", hqGuard("hq.shops.manage"), accept("param", offerPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await declineAsOrganisation(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").offer)))
  ));

/** On a shop's own host: who may look in is its owners' to decide. */
export const shopOrganisationRoutes = router()
  .get("/organisation", guard("team.read"), gives(shopOrganisationView), async (c) => answer(c, ok(await viewShopOrganisation(c.get("world"), c.env, c.get("visit")))))
  .post("/organisation/offers", guard("ownership.manage", { proof: "lately" }), accept("json", offerToOrganisation), gives(nothing), async (c) => {
    const turn = await takeTurn(c, "invite", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    await offerOrganisation(c.get("world"), c.env, c.get("visit"), c.req.valid("json").address);
    return answer(c, ok({}));
  })
  .post("/organisation/offers/:offer/accept", guard("ownership.manage", { proof: "lately" }), accept("param", offerPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await acceptAsShop(c.get("world"), c.env, c.get("visit"), c.req.valid("param").offer)))
  ))
  .post("/organisation/offers/:offer/decline", guard("ownership.manage", { proof: "lately" }), accept("param", offerPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await declineAsShop(c.get("world"), c.env, c.get("visit"), c.req.valid("param").offer)))
  ))
  .post("/organisation/leave", guard("ownership.manage", { proof: "lately" }), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, done(await leaveAsShop(c.get("world"), c.env, c.get("visit"))))
  ));

/** Nothing to say but that it was done. */
function done(result: Result<void>): Result<Record<string, never>> {
  return result.ok ? ok({}) : result;
}
