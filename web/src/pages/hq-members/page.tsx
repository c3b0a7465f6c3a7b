/** Who belongs to the organisation, what it is called, and leaving it. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { HqMembersView } from "../../../../src/features/organisations/contract";
import { HQ_ROLES, type HqRole } from "../../../../src/kernel/roles";
import type { Answer, Trouble } from "../../api";
import { hqApi } from "../../hq-api";
import { hqRoleWords, hqShellWords } from "../../hq-words";
import { createActing } from "../../ui/acting";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { HqAct, useHq } from "../../ui/hq";
import { leaveHq } from "../../ui/hq-shell";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { shellWords } from "../../words";
import { Invitations } from "./invitations";
import { memberWords as words, roleMeanings } from "./words";

type Member = HqMembersView["members"][number];

/** /members */
export default function HqMembersPage(): JSX.Element {
  const hq = useHq();
  const live = createLive({ key: () => "members", ask: hqApi.members });
  const [leaving, setLeaving] = createSignal<Member | null>(null);
  const { act, trouble } = createActing(live);
  return (
    <Page title={words.title} about={words.about}>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={5} tall />}>
        {(view) => (
          <div class="stack wide">
            <People members={view().members} onRemove={setLeaving} onRole={(member, role) => act(hqApi.changeRole(member.id, role), words.changed(member.name, hqRoleWords[role]))} />
            <Invitations />
            <section><h2>{words.may}</h2><dl class="steps"><For each={HQ_ROLES}>{(role) => <div><dt><b>{hqRoleWords[role]}</b></dt><dd>{roleMeanings[role]}</dd></div>}</For></dl></section>
            <Naming />
            <You onLeave={() => setLeaving(view().members.find(({ isYou }) => isYou) ?? null)} />
          </div>
        )}
      </Loaded>
      <Show when={leaving()}>
        {(member) => (
          <Leaving
            member={member()} onClose={() => setLeaving(null)}
            onSure={() => {
              const { id, name, isYou } = member();
              setLeaving(null);
              void act(isYou ? leaveFor(hq.view().authUrl) : hqApi.remove(id), words.removed(name));
            }}
          />
        )}
      </Show>
    </Page>
  );
}

type PeopleProps = { members: readonly Member[]; onRemove: (member: Member) => void; onRole: (member: Member, role: HqRole) => Promise<boolean> };

function People(props: PeopleProps): JSX.Element {
  return (
    <table class="ledger people">
      <caption class="unseen">{words.title}</caption>
      <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.role}</th><th scope="col">{words.since}</th><th scope="col"><span class="unseen">{words.remove}</span></th></tr></thead>
      <tbody>
        <For each={props.members}>
          {(member) => <Row member={member} onRemove={() => props.onRemove(member)} onRole={async (role) => await props.onRole(member, role)} />}
        </For>
      </tbody>
    </table>
  );
}

async function leaveFor(authUrl: string): Promise<Answer<object>> {
  const answer = await hqApi.leave();
  if (answer.ok) location.assign(authUrl);
  return answer;
}

function Row(props: { member: Member; onRole: (role: HqRole) => Promise<boolean>; onRemove: () => void }): JSX.Element {
  const hq = useHq();
  /** Owners are owners' to change; others whose who may manage members. */
  const may = (role: HqRole) => hq.may("hq.members.manage") && (role !== "hq_owner" || hq.may("hq.manage"));
  const mayChange = () => may(props.member.role);
  return (
    <tr>
      <th scope="row">{props.member.name}{props.member.isYou ? ` (${words.you})` : ""}<small>{props.member.email}</small></th>
      <td data-label={words.role}>
        <Show when={mayChange()} fallback={<>{hqRoleWords[props.member.role]}<Show when={props.member.role === "hq_owner" && hq.may("hq.members.manage")}><small>{words.ownersOnly}</small></Show></>}>
          <select
            aria-label={words.roleOf(props.member.name)}
            onChange={(event) => {
              const select = event.currentTarget;
              void props.onRole(select.value as HqRole).then(() => (select.value = props.member.role));
            }}
          >
            <For each={HQ_ROLES.filter(may)}>{(role) => <option value={role} selected={role === props.member.role}>{hqRoleWords[role]}</option>}</For>
          </select>
        </Show>
      </td>
      <td data-label={words.since}>{plainDate(dateIn("UTC", props.member.since))}</td>
      <td><Show when={mayChange() && !props.member.isYou}><button type="button" class="plain" aria-label={words.removeOf(props.member.name)} onClick={() => props.onRemove()}>{words.remove}</button></Show></td>
    </tr>
  );
}

/** The rail's menu has these too, but a small screen has no rail. */
function You(props: { onLeave: () => void }): JSX.Element {
  const hq = useHq();
  return (
    <section>
      <h2>{words.youTitle}</h2>
      <p>{hq.view().person.name} · {hq.view().person.email}</p>
      <p class="buttons">
        <a class="button" href={hq.view().authUrl} rel="external">{hqShellWords.switchShop}</a>
        <a class="button" href={`${hq.view().authUrl}account/security`} rel="external">{shellWords.account}</a>
        <button type="button" class="button" onClick={() => void leaveHq(hq.view().authUrl)}>{hqShellWords.signOut}</button>
        <button type="button" class="button danger" onClick={() => props.onLeave()}>{words.leave}</button>
      </p>
    </section>
  );
}

function Leaving(props: { member: Member; onClose: () => void; onSure: () => void }): JSX.Element {
  return (
    <Dialog title={props.member.isYou ? words.leaveTitle : words.removeTitle(props.member.name)} onClose={() => props.onClose()}>
      <p>{props.member.isYou ? words.leaveText : words.removeText}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>
        <button type="button" class="button danger" onClick={() => props.onSure()}>{props.member.isYou ? words.leave : words.remove}</button>
      </div>
    </Dialog>
  );
}

function Naming(): JSX.Element {
  const hq = useHq();
  const [name, setName] = createSignal(hq.view().name);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const save = async () => {
    const answer = await hqApi.rename(name());
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    announce(words.saved);
    location.reload();
  };
  return (
    <section>
      <form class="inline" onSubmit={(event) => { event.preventDefault(); if (hq.may("hq.manage")) void save(); }}>
        <label>{words.naming}<input value={name()} maxlength="100" disabled={!hq.may("hq.manage")} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <HqAct permission="hq.manage" onPress={() => void save()}>{words.save}</HqAct>
      </form>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
    </section>
  );
}
