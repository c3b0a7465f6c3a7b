/** Inviting people to the organisation, and the invitations that wait. */
import { createSignal, For, Show, type JSX } from "solid-js";
import { HQ_ROLES, type HqRole } from "../../../../src/kernel/roles";
import { hqApi } from "../../hq-api";
import { hqRoleWords } from "../../hq-words";
import { createActing, type Act } from "../../ui/acting";
import { dateIn, plainDate } from "../../ui/dates";
import { HqAct, useHq } from "../../ui/hq";
import { createLive } from "../../ui/live";
import { Problem } from "../../ui/states";
import { memberWords as words, roleMeanings } from "./words";

/** A section of the members page; who may not invite sees the button that says who may. */
export function Invitations(): JSX.Element {
  const hq = useHq();
  const live = createLive({ key: () => (hq.may("hq.members.manage") ? "invitations" : null), ask: hqApi.invitations });
  const [email, setEmail] = createSignal("");
  const [role, setRole] = createSignal<HqRole>("hq_viewer");
  const { act, trouble } = createActing(live);
  const send = async () => {
    if (await act(hqApi.invite(email().trim(), role()), words.invited(email().trim()))) setEmail("");
  };
  return (
    <section>
      <h2>{words.invite}</h2>
      <p class="small">{words.inviteAbout}</p>
      <form class="inline" onSubmit={(event) => { event.preventDefault(); if (hq.may("hq.members.manage")) void send(); }} novalidate>
        <label>{words.email}<input type="email" maxlength="254" autocomplete="off" value={email()} onInput={(event) => setEmail(event.currentTarget.value)} /></label>
        <label>{words.as}
          <select value={role()} onChange={(event) => setRole(event.currentTarget.value as HqRole)}>
            <For each={HQ_ROLES.filter((one) => one !== "hq_owner" || hq.may("hq.manage"))}>{(one) => <option value={one}>{hqRoleWords[one]}</option>}</For>
          </select>
        </label>
        <HqAct permission="hq.members.manage" onPress={() => void send()}>{words.send}</HqAct>
      </form>
      <p class="small">{roleMeanings[role()]}</p>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Show when={(live.value()?.invitations.length ?? 0) > 0}>
        <Pending invitations={live.value()?.invitations ?? []} act={act} />
      </Show>
    </section>
  );
}

type Pended = Extract<Awaited<ReturnType<typeof hqApi.invitations>>, { readonly ok: true }>["value"]["invitations"];

function Pending(props: { invitations: Pended; act: Act }): JSX.Element {
  return (
    <table class="ledger people">
      <caption class="unseen">{words.pending}</caption>
      <thead><tr><th scope="col">{words.pending}</th><th scope="col">{words.role}</th><th scope="col"><span class="unseen">{words.revoke}</span></th></tr></thead>
      <tbody>
        <For each={props.invitations}>
          {(one) => (
            <tr>
              <th scope="row">{one.email}<small>{one.isOpen ? words.until(plainDate(dateIn("UTC", one.expiresAt))) : words.over}</small></th>
              <td>{hqRoleWords[one.role as HqRole]}</td>
              <td>
                <div class="buttons">
                  <button type="button" class="button" onClick={() => void props.act(hqApi.resend(one.id), words.invited(one.email))}>{words.resend}<span class="unseen"> {one.email}</span></button>
                  <button type="button" class="button" onClick={() => void props.act(hqApi.revoke(one.id), words.revoked(one.email))}>{words.revoke}<span class="unseen"> {one.email}</span></button>
                </div>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
