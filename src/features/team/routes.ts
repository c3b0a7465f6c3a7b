/** The team of a shop over HTTP, and at `auth.` what an invited person does with their link. */
import type { Context } from "hono";
import type { InvitationId, PersonId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { anybody, known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { nextPlace } from "../sessions/contract";
import {
  invitationLook, invitationPath, invitationRequest, invitationToken, invitationView, leaving, memberPath, nothing, ownershipTransfer, roleChange, teamView,
} from "./contract";
import {
  acceptInvitation, changeRole, invitingTo, inviteTo, leaveShop, lookAt, removeMember, resendInvitation, revokeInvitation, transferOwnership, viewTeam,
  type Act,
} from "./service";

export const teamRoutes = router()
  .get("/team", guard("team.read"), gives(teamView), async (c) => answer(c, ok(await viewTeam(actOf(c)))))
  .put("/team/:person", guard("team.manage"), accept("param", memberPath), accept("json", roleChange), gives(nothing), async (c) => (
    answer(c, await changeRole(actOf(c), c.req.valid("param").person as PersonId, c.req.valid("json").role))
  ))
  .post("/team/:person/remove", guard("team.manage"), accept("param", memberPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, await removeMember(actOf(c), c.req.valid("param").person as PersonId))
  ))
  .post("/team/leave", guard("shop.read"), accept("json", leaving), gives(nothing), async (c) => (
    answer(c, await leaveShop(actOf(c), c.req.valid("json").slug))
  ))
  .post("/team/transfer", guard("ownership.manage", { proof: "lately" }), accept("json", ownershipTransfer), gives(nothing), async (c) => {
    const { person, stepDown } = c.req.valid("json");
    return answer(c, await transferOwnership(actOf(c), person as PersonId, stepDown));
  });

export const invitationRoutes = router()
  .post("/invitations", guard("team.manage"), accept("json", invitationRequest), gives(invitationView), async (c) => {
    const turn = await takeTurn(c, "invite", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await inviteTo(invitingTo(actOf(c)), c.req.valid("json")));
  })
  .post("/invitations/:invitation/resend", guard("team.manage"), accept("param", invitationPath), accept("json", nothing), gives(invitationView), async (c) => {
    const turn = await takeTurn(c, "invite", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await resendInvitation(invitingTo(actOf(c)), c.req.valid("param").invitation as InvitationId));
  })
  .post("/invitations/:invitation/revoke", guard("team.manage"), accept("param", invitationPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, await revokeInvitation(invitingTo(actOf(c)), c.req.valid("param").invitation as InvitationId))
  ));

/** The API of `auth.`: whoever holds the link may look, and only whom it was sent to comes in. */
export const acceptanceRoutes = router()
  .post("/invitations/look", anybody(), accept("json", invitationToken), gives(invitationLook), async (c) => {
    const turn = await takeTurn(c, "invitation", {});
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, ok(await lookAt(c.get("world"), c.env, c.req.valid("json").token)));
  })
  .post("/invitations/accept", known("signed_in"), accept("json", invitationToken), gives(nextPlace), async (c) => {
    const turn = await takeTurn(c, "invitation", { account: c.get("signed").personId });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await acceptInvitation(c.get("world"), c.env, c.get("signed"), c.req.valid("json").token));
  });

function actOf(c: Context<ShopEnv>): Act {
  return { world: c.get("world"), env: c.env, visit: c.get("visit") };
}
