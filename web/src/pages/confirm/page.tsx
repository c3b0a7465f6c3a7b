/** A site's sensitive act sends people here to prove once more who they are, and takes them back to its page. */
import { useLocation } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { backOf, siteAddress } from "../../addresses";
import { accountApi } from "../../auth-api";
import { Card, LoadedPage } from "../../ui/card";
import { createLive } from "../../ui/live";
import { ProveForm } from "../../ui/prove-form";
import { leadToSignIn } from "../../ui/signed-in";
import { confirmWords as words } from "./words";

/** auth. /confirm?site=…&to=… */
export default function ConfirmPage(): JSX.Element {
  const at = useLocation();
  const me = createLive({ key: () => "me", ask: accountApi.me });
  const [isDone, setDone] = createSignal(false);
  leadToSignIn(me);
  const address = () => {
    const back = backOf(at.query);
    return back === undefined ? "/" : siteAddress(location, back);
  };
  const done = () => {
    setDone(true);
    location.assign(address());
  };
  const site = () => backOf(at.query)?.site;
  // A person's own shops are called by their names; of others nothing is known here but what the address says.
  const name = () => [...(me.value()?.shops ?? []).map((one) => [one.slug, one.name]), ...(me.value()?.organisations ?? []).map((one) => [`hq-${one.slug}`, one.name])]
    .find(([slug]) => slug === site())?.[1] ?? site();
  return (
    <LoadedPage live={me} title={words.title}>
      {() => (
        <Card title={words.title} about={isDone() ? words.done : name() === undefined ? words.alone : words.about(name() ?? "")}>
          <Show when={!isDone()}><ProveForm onDone={done} beside={<a class="button" href={address()} rel="external">{words.cancel}</a>} /></Show>
        </Card>
      )}
    </LoadedPage>
  );
}
