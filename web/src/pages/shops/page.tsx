/** The shops of a signed-in person; also where one lands who asked for a shop that is not theirs. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, For, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { MeView } from "../../../../src/features/sessions/contract";
import { authApi } from "../../api";
import { createLive } from "../../ui/live";
import { Bars, Loaded } from "../../ui/states";
import { roleWord } from "../../words";

/** auth. / and whatever else is asked of it. */
export default function ShopsPage(): JSX.Element {
  const navigate = useNavigate();
  const me = createLive({ key: () => "me", ask: authApi.me });
  onMount(() => (document.title = "Your shops · Daybook"));
  createEffect(() => {
    if (me.trouble()?.kind === "not_signed_in") navigate("/sign-in", { replace: true });
  });
  return <Loaded live={me} skeleton={<Bars count={4} tall />}>{(view) => <Shops me={view} />}</Loaded>;
}

function Shops(props: { me: Accessor<MeView> }): JSX.Element {
  const at = useLocation();
  // The name is only ever shown as text: whether such a shop exists is told to nobody who is not in it.
  const refused = () => (typeof at.query["site"] === "string" ? at.query["site"].slice(0, 40) : "");
  const signOut = async () => {
    await authApi.signOut();
    location.assign("/sign-in");
  };
  return (
    <div class="card narrow">
      <Show when={refused() !== ""} fallback={<h1>Your shops</h1>}>
        <h1>{`“${refused()}” is not one of your shops`}</h1>
        <p>You are signed in as {props.me().email}. Ask its owner to add you, or sign in as somebody else.</p>
      </Show>
      <Show when={props.me().shops.length > 0} fallback={<p>You do not belong to a shop yet. Ask its owner to add {props.me().email}.</p>}>
        <ul class="shops">
          <For each={props.me().shops}>{(shop) => <li><a href={shop.url} rel="external"><b>{shop.name}</b><small>{`You are ${roleWord(shop.role)}`}</small></a></li>}</For>
        </ul>
      </Show>
      <p class="split small"><span>{props.me().name}</span><button type="button" class="plain" onClick={() => void signOut()}>Sign out</button></p>
    </div>
  );
}
