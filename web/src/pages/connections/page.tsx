/** The till, the books, and the locations between them. */
import { useLocation } from "@solidjs/router";
import { For, lazy, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { ConnectionsView, ConnectionView } from "../../../../src/features/connections/contract";
import { shopApi } from "../../api";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { ConnectButton } from "./connect-button";
import { ConnectionCard } from "./connection-card";
import { Locations } from "./locations";
import { connectionWords as words, connectWord, hereWords, refusedOtherwise, refusedWords } from "./words";

/** For a till of files alone: any other brings its locations by itself. */
const AddLocation = lazy(() => import("./add-location"));

/** /connections */
export default function ConnectionsPage(): JSX.Element {
  return <Permitted permission="connections.read"><Connections /></Permitted>;
}

function Connections(): JSX.Element {
  const live = createLive({ key: () => "connections", ask: shopApi.connections });
  const changed = () => void live.reload();
  return (
    <Page title={words.title} about={words.about}>
      <ConsentNotice view={live.value()} />
      <Loaded live={live} skeleton={<Bars count={5} tall />}>
        {(view) => (
          <div class="stack wide">
            <Role view={view} role="till" onChanged={changed} />
            <Role view={view} role="books" onChanged={changed} />
            <div>
              <Locations locations={view().locations} connections={view().connections} onSaved={changed} />
              <Show when={view().connections.find((one) => one.provider === "file" && one.state === "connected")}>
                {(till) => <Suspense><AddLocation connection={till().id} isFirst={view().locations.length === 0} onAdded={changed} /></Suspense>}
              </Show>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Role(props: { view: Accessor<ConnectionsView>; role: ConnectionView["role"]; onChanged: () => void }): JSX.Element {
  const connections = () => props.view().connections.filter((one) => one.role === props.role);
  const isTaken = () => connections().some((one) => one.state !== "disconnected");
  // A second till or a second set of books is refused by the server; it is not offered either.
  const offers = () => (isTaken() ? [] : props.view().offers.filter((offer) => offer.role === props.role && !connections().some((one) => one.provider === offer.provider)));
  return (
    <section>
      <h2>{props.role === "till" ? words.till : words.books}</h2>
      <p class="small">{props.role === "till" ? words.tillAbout : words.booksAbout}</p>
      <For each={connections()}>{(connection) => <ConnectionCard connection={connection} onChanged={props.onChanged} />}</For>
      <For each={offers()}>
        {(offer) => <div class="card offer"><h3>{offer.name}<Show when={hereWords[offer.provider]}>{(here) => <small>{here().about}</small>}</Show></h3><div><ConnectButton provider={offer.provider} name={offer.name} regions={offer.regions} isPrimary={hereWords[offer.provider] === undefined}>{connectWord(offer.provider, offer.name)}</ConnectButton></div></div>}
      </For>
    </section>
  );
}

/** What came of the visit to the provider's consent page. */
export function ConsentNotice(props: { view: ConnectionsView | undefined }): JSX.Element {
  const at = useLocation();
  const shop = useShop();
  const nameOf = (provider: unknown) => props.view?.offers.find((offer) => offer.provider === provider)?.name;
  const connected = () => nameOf(at.query["connected"]);
  const isHere = () => Object.keys(hereWords).some((provider) => provider === at.query["connected"]);
  const refused = () => at.query["refused"];
  const sentence = (code: unknown) => Object.entries(refusedWords).find(([known]) => known === code)?.[1] ?? refusedOtherwise;
  const isSettingUp = () => at.pathname === "/connections" && shop.overview.value()?.mode === "preview";
  return (
    <>
      <Show when={connected()}>
        {(name) => <div class="notice" data-tone="ties" role="status"><h2><span aria-hidden="true">✓ </span>{words.connectedNotice(name())}</h2><Show when={!isHere()}><p>{words.connectedNext}</p></Show><Show when={isSettingUp()}><p><a class="button primary" href="/set-up">{words.backToSetUp}</a></p></Show></div>}
      </Show>
      <Show when={refused()}>
        {(code) => <div class="notice" data-tone="held" role="alert"><h2>{words.refusedTitle(nameOf(at.query["provider"]) ?? "The account")}</h2><p>{sentence(code())}</p></div>}
      </Show>
    </>
  );
}
