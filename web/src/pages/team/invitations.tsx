/** The invitations that nobody has accepted yet. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { InvitationView } from "../../../../src/features/team/contract";
import type { Trouble } from "../../api";
import { teamApi } from "../../team-api";
import { dateIn, plainDate } from "../../ui/dates";
import { anyRoleNames } from "../../ui/permission-words";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "../account/confirm-dialog";
import { teamWords as words } from "./words";

type Props = { invitations: readonly InvitationView[]; onChanged: () => void };

/** The latest first; those that ran out stay until they are sent again or revoked. */
export function Invitations(props: Props): JSX.Element {
  const [revoking, setRevoking] = createSignal<InvitationView | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const resend = async (one: InvitationView) => {
    const answer = await teamApi.resend(one.id);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(words.resent(one.email));
    props.onChanged();
  };
  const revoked = (one: InvitationView) => {
    announce(words.revoked(one.email));
    setRevoking(null);
    props.onChanged();
  };
  return (
    <section>
      <h2>{words.invitations}</h2>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <p class="small">{props.invitations.length === 0 ? words.noInvitations : words.invitationsAbout}</p>
      <Show when={props.invitations.length > 0}>
        <div class="card flush">
          <table class="ledger people">
            <caption class="unseen">{words.invitations}</caption>
            <thead><tr><th scope="col">{words.address}</th><th scope="col">{words.role}</th><th scope="col">{words.invitedBy}</th><th scope="col">{words.ends}</th><th scope="col"><span class="unseen">{words.acts}</span></th></tr></thead>
            <tbody><For each={props.invitations}>{(one) => <Row invitation={one} onResend={async () => await resend(one)} onRevoke={() => setRevoking(one)} />}</For></tbody>
          </table>
        </div>
      </Show>
      <Show when={revoking()}>
        {(one) => (
          <ConfirmDialog
            title={words.revokeTitle(one().email)} about={words.revokeText} submit={words.revokeNow}
            act={() => teamApi.revoke(one().id)} onDone={() => revoked(one())} onClose={() => setRevoking(null)}
          />
        )}
      </Show>
    </section>
  );
}

function Row(props: { invitation: InvitationView; onResend: () => Promise<void>; onRevoke: () => void }): JSX.Element {
  const shop = useShop();
  const one = () => props.invitation;
  const [isBusy, setBusy] = createSignal(false);
  const resend = async () => {
    // One press, one letter: every new one kills the link of the one before.
    setBusy(true);
    await props.onResend();
    setBusy(false);
  };
  return (
    <tr>
      <th scope="row">{one().email}</th>
      <td data-label={words.role}>{anyRoleNames[one().role]}</td>
      <td data-label={words.invitedBy}>{one().invitedBy}</td>
      <td class="when" data-label={words.ends}><Show when={one().isOpen} fallback={<span class="mark" data-tone="held">! {words.over}</span>}>{plainDate(dateIn(shop.view().zone, one().expiresAt))}</Show></td>
      <td class="n">
        <div class="row-acts">
          <Act permission="team.manage" isBusy={isBusy()} onPress={() => void resend()}>{words.resend}<span class="unseen"> {one().email}</span></Act>
          <Act permission="team.manage" onPress={props.onRevoke}>{words.revoke}<span class="unseen"> {one().email}</span></Act>
        </div>
      </td>
    </tr>
  );
}
