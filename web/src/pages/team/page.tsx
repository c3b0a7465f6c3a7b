/** The people of a shop: who they are, as what, who is invited. */
import { createSignal, Show, type JSX } from "solid-js";
import { teamApi } from "../../team-api";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Act, Bars, Loaded, Permitted } from "../../ui/states";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { Members } from "./members";
import { teamWords as words } from "./words";

/** /team */
export default function TeamPage(): JSX.Element {
  return <Permitted permission="team.read"><Team /></Permitted>;
}

function Team(): JSX.Element {
  const live = createLive({ key: () => "team", ask: teamApi.team });
  const [isInviting, setInviting] = createSignal(false);
  const changed = () => void live.reload();
  return (
    <Page title={words.title} about={words.about} actions={<Act permission="team.manage" isPrimary onPress={() => setInviting(true)}>{words.invite}</Act>}>
      <Loaded live={live} skeleton={<Bars count={5} tall />}>
        {(team) => (
          <div class="stack wide">
            <Members members={team().members} onChanged={changed} />
            <Invitations invitations={team().invitations} onChanged={changed} />
            <p class="small"><a href="/permissions">{words.permissions}</a></p>
          </div>
        )}
      </Loaded>
      <Show when={isInviting()}><InviteDialog onSent={changed} onClose={() => setInviting(false)} /></Show>
    </Page>
  );
}
