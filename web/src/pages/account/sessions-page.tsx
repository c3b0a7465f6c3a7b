/** Where one is signed in, and ending it there. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { SessionsView } from "../../../../src/features/sessions/contract";
import type { Answer, Trouble } from "../../ask";
import { accountApi, entryApi } from "../../auth-api";
import { ago, dateIn, plainDate } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { guessedZone } from "../../ui/new-shop";
import { leadToSignIn } from "../../ui/signed-in";
import { Bars, Loaded, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { AccountFrame } from "./frame";
import { accountWords, sessionsWords as words } from "./words";

type Session = SessionsView["sessions"][number];

/** auth. /account/sessions */
export default function SessionsPage(): JSX.Element {
  const sessions = createLive({ key: () => "sessions", ask: accountApi.sessions });
  const [trouble, setTrouble] = createSignal<Trouble>();
  leadToSignIn(sessions);
  const end = async (act: Promise<Answer<object>>, said: string) => {
    const answer = await act;
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(said);
    await sessions.reload();
  };
  const signOut = async () => {
    await entryApi.signOut();
    location.assign("/sign-in");
  };
  return (
    <AccountFrame title={accountWords.sessions} about={words.about}>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Loaded live={sessions} skeleton={<Bars count={4} tall />}>
        {(view) => (
          <section class="card">
            <ul class="rows">
              <For each={view().sessions}>{(session) => <SessionRow session={session} onEnd={() => void end(accountApi.endSession(session.id), words.ended)} onSignOut={() => void signOut()} />}</For>
            </ul>
            <Show when={view().sessions.some((session) => !session.isThis)} fallback={<p class="small">{words.onlyThis}</p>}>
              <p class="buttons"><button type="button" class="button primary" onClick={() => void end(accountApi.endOtherSessions(), words.endedOthers)}>{words.endOthers}</button></p>
            </Show>
          </section>
        )}
      </Loaded>
    </AccountFrame>
  );
}

function SessionRow(props: { session: Session; onEnd: () => void; onSignOut: () => void }): JSX.Element {
  const zone = guessedZone();
  const times = () => `${words.lastUsed(ago(props.session.lastUsedAt, Date.now(), zone))}, ${words.since(plainDate(dateIn(zone, props.session.createdAt)))}`;
  return (
    <li>
      <div>
        <b>{props.session.device}</b> <Show when={props.session.isThis}><span class="tag" data-tone="ties">{`✓ ${words.thisOne}`}</span></Show>
        <small>{words.at(props.session.place, props.session.address)}</small>
        <small>{times()}</small>
        <Show when={props.session.sites.length > 0}><small>{words.sites(props.session.sites.join(", "))}</small></Show>
      </div>
      <div class="row-acts">
        <Show when={props.session.isThis} fallback={<button type="button" class="button" aria-label={words.endNamed(props.session.device)} onClick={() => props.onEnd()}>{words.end}</button>}>
          <button type="button" class="button" onClick={() => props.onSignOut()}>{words.signOutHere}</button>
        </Show>
      </div>
    </li>
  );
}
