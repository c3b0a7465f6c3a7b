/** The table of members; a role is changed in its row. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { GivenRole, MemberView } from "../../../../src/features/team/contract";
import type { Trouble } from "../../api";
import { teamApi } from "../../team-api";
import { dateIn, plainDate } from "../../ui/dates";
import { givenRoles, roleMeanings, roleNames } from "../../ui/permission-words";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { roleWord } from "../../words";
import { ConfirmDialog } from "../account/confirm-dialog";
import { OwnerDialog } from "./owner-dialog";
import { teamWords as words } from "./words";

type MembersProps = { members: readonly MemberView[]; onChanged: () => void };
type Asked = { readonly what: "remove" | "owner"; readonly member: MemberView };

/** Everybody who belongs to the shop, owners first. */
export function Members(props: MembersProps): JSX.Element {
  const [asked, setAsked] = createSignal<Asked | null>(null);
  const hasOneOwner = () => props.members.filter(({ role }) => role === "owner").length === 1;
  const wanted = (what: Asked["what"]) => {
    const now = asked();
    return now?.what === what ? now.member : undefined;
  };
  const done = (said: string) => {
    announce(said);
    setAsked(null);
    props.onChanged();
  };
  return (
    <section>
      <h2>{words.members}</h2>
      <p class="small">{words.membersAbout}</p>
      <div class="card flush">
        <table class="ledger people">
          <caption class="unseen">{words.members}</caption>
          <thead><tr><th scope="col">{words.person}</th><th scope="col">{words.role}</th><th scope="col">{words.secondFactor}</th><th scope="col">{words.since}</th><th scope="col"><span class="unseen">{words.acts}</span></th></tr></thead>
          <tbody><For each={props.members}>{(member) => <Row member={member} isLastOwner={member.role === "owner" && hasOneOwner()} onAsk={(what) => setAsked({ what, member })} onChanged={props.onChanged} />}</For></tbody>
        </table>
      </div>
      <Show when={wanted("remove")}>
        {(member) => (
          <ConfirmDialog
            title={words.removeTitle(member().name)} about={words.removeText(member().name)} submit={words.removeNow}
            act={() => teamApi.remove(member().person)} onDone={() => done(words.removed(member().name))} onClose={() => setAsked(null)}
          />
        )}
      </Show>
      <Show when={wanted("owner")}>{(member) => <OwnerDialog member={member()} onDone={() => done(words.ownerMade(member().name))} onClose={() => setAsked(null)} />}</Show>
    </section>
  );
}

type RowProps = { member: MemberView; isLastOwner: boolean; onAsk: (what: Asked["what"]) => void; onChanged: () => void };

function Row(props: RowProps): JSX.Element {
  const shop = useShop();
  const one = () => props.member;
  /** Why this row cannot be changed by whoever looks at it; null where it can. */
  const barrier = () => {
    if (one().role !== "owner") return null;
    return shop.may("ownership.manage") ? (props.isLastOwner ? words.lastOwner : null) : words.ownersOnly;
  };
  return (
    <tr>
      <th scope="row">{one().name}<Show when={one().isYou}> <span class="tag" data-tone="quiet">{words.you}</span></Show><small>{one().email}</small></th>
      <td data-label={words.role}><RoleChoice member={one()} barrier={barrier()} onChanged={props.onChanged} /></td>
      <td data-label={words.secondFactor}><span class="mark" data-tone={one().hasSecondFactor ? "ties" : "quiet"}>{one().hasSecondFactor ? `✓ ${words.on}` : `○ ${words.off}`}</span></td>
      <td class="when" data-label={words.since}>{plainDate(dateIn(shop.view().zone, one().since))}</td>
      <td class="n">
        <div class="row-acts">
          <Show when={one().role !== "owner" && shop.may("ownership.manage")}><Act permission="ownership.manage" onPress={() => props.onAsk("owner")}>{words.makeOwner}<span class="unseen"> {one().name}</span></Act></Show>
          <Show when={!one().isYou && barrier() === null}><Act permission="team.manage" onPress={() => props.onAsk("remove")}>{words.remove}<span class="unseen"> {one().name}</span></Act></Show>
        </div>
      </td>
    </tr>
  );
}

/** A list and a button: moving through roles by keys gives nobody one until it is saved. */
function RoleChoice(props: { member: MemberView; barrier: string | null; onChanged: () => void }): JSX.Element {
  const shop = useShop();
  const [picked, setPicked] = createSignal<GivenRole | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const role = () => picked() ?? props.member.role;
  const save = async (wanted: GivenRole) => {
    if (isBusy()) return;
    setBusy(true);
    const answer = await teamApi.changeRole(props.member.person, wanted);
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    announce(words.saved(props.member.name, roleWord(wanted)));
    setPicked(null);
    props.onChanged();
  };
  const pick = (value: string) => {
    const found = givenRoles.find((known) => known === value) ?? null;
    setPicked(found === props.member.role ? null : found);
  };
  return (
    <Show when={shop.may("team.manage") && props.barrier === null} fallback={<span>{roleNames[props.member.role]}<Show when={props.barrier}><small>{props.barrier}</small></Show></span>}>
      <span class="role-choice">
        <select aria-label={words.roleOf(props.member.name)} onChange={(event) => pick(event.currentTarget.value)}>
          <Show when={props.member.role === "owner"}><option value="owner" selected={role() === "owner"}>{roleNames.owner}</option></Show>
          <For each={givenRoles}>{(each) => <option value={each} selected={role() === each}>{roleNames[each]}</option>}</For>
        </select>
        <Show when={picked()}>{(wanted) => <button type="button" class="button primary" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void save(wanted())}>{words.save}</button>}</Show>
      </span>
      <Show when={picked()}>{(wanted) => <small role="status">{roleMeanings[wanted()]}</small>}</Show>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
    </Show>
  );
}
