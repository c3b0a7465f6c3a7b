/** The till, the books, and the locations between them. */
import { For, lazy, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { ConnectionsView, ConnectionView } from "../../../../src/features/connections/contract";
import { shopApi } from "../../api";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { ConnectButton } from "./connect-button";
import { ConnectionCard } from "./connection-card";
import { ConsentNotice } from "./consent-notice";
import { Locations } from "./locations";
import { connectionWords as words, connectWord, hereWords } from "./words";

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
