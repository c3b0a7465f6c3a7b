/** An invitation's link. Its secret waits in this tab while its owner signs in or up; only a press of the button accepts it. */
import { Show, type Accessor, type JSX } from "solid-js";
import type { InvitationLook } from "../../../../src/features/team/contract";
import { accountApi, entryApi } from "../../auth-api";
import { keepInvitation, keptInvitation } from "../../onward";
import { Card, LoadedPage } from "../../ui/card";
import { createForm, FormBox } from "../../ui/form";
import { createLive } from "../../ui/live";
import { anyRoleWord } from "../../words";
import { invitationWords as words } from "./words";

type Open = Extract<InvitationLook, { state: "open" }>;

/** auth. /invitation#token */
export default function InvitationPage(): JSX.Element {
  const fromLink = location.hash.slice(1);
  if (fromLink !== "") keepInvitation(fromLink);
  const token = keptInvitation() ?? fromLink;
  const look = createLive({ key: () => `invitation ${token}`, ask: () => entryApi.lookInvitation(token) });
  const open = () => {
    const found = look.value();
    return found?.state === "open" ? found : undefined;
  };
  return (
    <LoadedPage live={look} title={words.looking}>
      {() => <Show when={open()} fallback={<Over />}>{(found) => <Invitation token={token} look={found} />}</Show>}
    </LoadedPage>
  );
}

function Over(): JSX.Element {
  keepInvitation(null);
  return <Card title={words.overTitle} about={words.over}><p class="buttons"><a class="button primary" href="/">{words.shops}</a></p></Card>;
}

function Invitation(props: { token: string; look: Accessor<Open> }): JSX.Element {
  const me = createLive({ key: () => "me", ask: accountApi.me });
  const isNobody = () => me.trouble() !== undefined && me.value() === undefined;
  const isSame = (email: string) => email.toLowerCase() === props.look().email.toLowerCase();
  return (
    <Card title={words.title(props.look().to)} about={words.about(props.look().invitedBy, anyRoleWord(props.look().role), props.look().email)}>
      <Show when={isNobody()}><Doors email={props.look().email} /></Show>
      <Show when={me.value()}>
        {(person) => <Show when={isSame(person().email)} fallback={<SomebodyElse now={person().email} email={props.look().email} />}><Accept token={props.token} /></Show>}
      </Show>
    </Card>
  );
}

function Doors(props: { email: string }): JSX.Element {
  return (
    <>
      <p>{words.signInFirst(props.email)}</p>
      <p class="buttons"><a class="button primary" href="/sign-in">{words.signIn}</a> <a class="button" href="/sign-up">{words.signUp}</a></p>
    </>
  );
}

function SomebodyElse(props: { now: string; email: string }): JSX.Element {
  const change = async () => {
    await entryApi.signOut();
    location.assign("/sign-in");
  };
  return (
    <>
      <p>{words.other(props.now, props.email)}</p>
      <p class="buttons"><button type="button" class="button primary" onClick={() => void change()}>{words.change}</button></p>
    </>
  );
}

function Accept(props: { token: string }): JSX.Element {
  const form = createForm();
  const accept = () => form.send([], () => entryApi.acceptInvitation(props.token), ({ next }) => {
    keepInvitation(null);
    location.assign(next);
  });
  const leave = () => {
    keepInvitation(null);
    location.assign("/");
  };
  return (
    <FormBox form={form} submit={words.accept} onSubmit={() => void accept()} beside={<button type="button" class="button" onClick={leave}>{words.notNow}</button>}>{null}</FormBox>
  );
}
