/** The shops and organisations of a signed-in person; also where one lands who asked for a site that is not theirs. */
import { useLocation } from "@solidjs/router";
import { For, Show, type Accessor, type JSX } from "solid-js";
import type { MeView } from "../../../../src/features/sessions/contract";
import { accountApi, entryApi } from "../../auth-api";
import { Card, LoadedPage } from "../../ui/card";
import { createLive } from "../../ui/live";
import { leadToSignIn } from "../../ui/signed-in";
import { anyRoleWord } from "../../words";
import { shopsWords as words } from "./words";

/** auth. / and whatever else is asked of it. */
export default function ShopsPage(): JSX.Element {
  const me = createLive({ key: () => "me", ask: accountApi.me });
  leadToSignIn(me);
  return <LoadedPage live={me} title={words.title}>{(view) => <Shops me={view} />}</LoadedPage>;
}

function Shops(props: { me: Accessor<MeView> }): JSX.Element {
  const at = useLocation();
  // The name is only ever shown as text: whether such a site exists is told to nobody who is not in it.
  const refused = () => (typeof at.query["site"] === "string" ? at.query["site"].slice(0, 40) : "");
  const hasNone = () => props.me().shops.length === 0 && props.me().organisations.length === 0;
  return (
    <Card
      title={refused() === "" ? words.title : words.refused(refused())}
      about={refused() !== "" ? words.refusedAbout(props.me().email) : hasNone() ? words.none(props.me().email) : undefined}
    >
      <Show when={!props.me().isVerified}><p class="small">{words.unverified} <a href="/account">{words.verify}</a></p></Show>
      <Places places={props.me().shops} />
      <Show when={props.me().shops.length > 0}><p class="small"><a href="/work">{words.work}</a></p></Show>
      <Show when={props.me().organisations.length > 0}>
        <h2>{words.organisations}</h2>
        <Places places={props.me().organisations} />
      </Show>
      <p class="buttons"><a class={hasNone() ? "button primary" : "button"} href="/shops/new">{words.addShop}</a> <a class="button" href="/organisations/new">{words.addOrganisation}</a></p>
      <SignedInAs name={props.me().name} />
    </Card>
  );
}

function Places(props: { places: MeView["shops"] | MeView["organisations"] }): JSX.Element {
  return (
    <Show when={props.places.length > 0}>
      <ul class="shops">
        <For each={props.places}>{(place) => <li><a href={place.url} rel="external"><b>{place.name}</b><small>{words.youAre(anyRoleWord(place.role))}</small></a></li>}</For>
      </ul>
    </Show>
  );
}

function SignedInAs(props: { name: string }): JSX.Element {
  const signOut = async () => {
    await entryApi.signOut();
    location.assign("/sign-in");
  };
  return (
    <div class="signed-in small">
      <span>{props.name}</span>
      <a href="/account">{words.account}</a>
      <a href="/account/security">{words.security}</a>
      <button type="button" class="plain" onClick={() => void signOut()}>{words.signOut}</button>
    </div>
  );
}
