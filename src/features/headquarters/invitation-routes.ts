/** Inviting people to an organisation, by the same letters and links as to a shop. */
import type { Context } from "hono";
import { z } from "zod";
import type { InvitationId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { hqRoleMay, type HqRole } from "../../kernel/roles";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { hqGuard, type HqEnv, type HqVisit } from "../../http/hq-guard";
import { takeTurn } from "../../http/limit";
import { isProvedLately } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { hqInvitationRequest } from "../organisations/contract";
import { actorOfHq } from "../organisations/service";
import { invitationPath, invitationView, MOST_PEOPLE, nothing } from "../team/contract";
import { invitationsOf, inviteTo, resendInvitation, revokeInvitation, type Inviting } from "../team/service";

const invitationsView = z.strictObject({ invitations: z.array(invitationView).max(MOST_PEOPLE) });

/** On the organisation's own site. Only its owners invite an owner: the batch that lets the letter out checks it. */
export const hqInvitationRoutes = router()
  .get("/invitations", hqGuard("hq.members.manage"), gives(invitationsView), async (c) => {
    const { world, env, place } = invitingOf(c);
    return answer(c, ok({ invitations: [...await invitationsOf(world, env, place)] }));
  })
  .post("/invitations", hqGuard("hq.members.manage"), accept("json", hqInvitationRequest), gives(invitationView), async (c) => {
    const visit = c.get("hqVisit");
    if (needsProof(visit, c.req.valid("json").role) && !isProvedLately(visit, c.get("world").clock())) return refuse(c, { kind: "proof_needed" });
    const turn = await takeTurn(c, "invite", { shop: visit.organisation.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await inviteTo(invitingOf(c), c.req.valid("json")));
  })
  .post("/invitations/:invitation/resend", hqGuard("hq.members.manage"), accept("param", invitationPath), accept("json", nothing), gives(invitationView), async (c) => {
    const turn = await takeTurn(c, "invite", { shop: c.get("hqVisit").organisation.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await resendInvitation(invitingOf(c), c.req.valid("param").invitation as InvitationId));
  })
  .post("/invitations/:invitation/revoke", hqGuard("hq.members.manage"), accept("param", invitationPath), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, await revokeInvitation(invitingOf(c), c.req.valid("param").invitation as InvitationId))
  ));

/** An owner can take the organisation from everybody else. Whoever may invite none is refused for that, and asked for nothing. */
function needsProof({ role }: HqVisit, invited: HqRole): boolean {
  return invited === "hq_owner" && hqRoleMay(role, "hq.manage");
}

function invitingOf(c: Context<HqEnv>): Inviting {
  const visit = c.get("hqVisit");
  return { world: c.get("world"), env: c.env, place: { kind: "organisation", organisation: visit.organisation }, person: visit.person, actor: actorOfHq(visit) };
}
