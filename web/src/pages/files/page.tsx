/** The till without an API: its export files dropped, looked through, taken. */
import { createSignal, For, Match, Show, Switch, type JSX } from "solid-js";
import type { FilesView } from "../../../../src/features/files/contract";
import { plainDate } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { ColumnDialog } from "./column-dialog";
import { DropZone } from "./drop-zone";
import { filesApi } from "./files-api";
import { History } from "./history";
import { PlacesDialog } from "./places-dialog";
import { UploadList } from "./upload-list";
import { createUploads, type Upload, type Uploads } from "./uploads";
import { WaitingDrop } from "./waiting-drop";
import { filesWords as words } from "./words";
import "../../styles/files.css";

/** /files */
export default function FilesPage(): JSX.Element {
  return <Permitted permission="days.read"><Files /></Permitted>;
}

function Files(): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => "files", ask: filesApi.files });
  const changed = () => {
    void live.reload();
    void shop.overview.reload();
  };
  const uploads = createUploads(changed);
  return (
    <Page title={words.title} about={words.about}>
      <Loaded live={live} skeleton={<Bars count={4} tall />}>
        {(view) => (
          <Switch fallback={<Desk view={view()} uploads={uploads} onChanged={changed} />}>
            <Match when={!view().isConnected && view().drops.length === 0}><First title={words.notConnected} next={words.notConnectedNext} /></Match>
            <Match when={view().isConnected && view().locations.length === 0}><First title={words.noLocation} next={words.noLocationNext} /></Match>
          </Switch>
        )}
      </Loaded>
    </Page>
  );
}

function First(props: { title: string; next: string }): JSX.Element {
  return <div class="notice" data-tone="quiet"><h2>{props.title}</h2><p>{props.next}</p><p><a class="button primary" href="/connections">{words.toConnections}</a></p></div>;
}

type DeskProps = { view: FilesView; uploads: Uploads; onChanged: () => void };

function Desk(props: DeskProps): JSX.Element {
  const waiting = () => props.view.drops.filter(({ state }) => state === "waiting");
  const unchosen = () => props.view.locations.filter(({ isChosen }) => !isChosen).map(({ name }) => name).join(", ");
  return (
    <div class="stack wide">
      <Show when={props.view.isConnected}>
        <section>
          <DropZone largestBytes={props.view.largestBytes} onFiles={props.uploads.add} />
          <Show when={unchosen() !== ""}><p class="small">{words.notChosen(unchosen())} <a href="/connections#locations">{words.toConnections}</a></p></Show>
          <Arrivals view={props.view} uploads={props.uploads} />
        </section>
      </Show>
      <Show when={waiting().length > 0}>
        <section><h2>{words.waitingTitle}</h2><For each={waiting()}>{(drop) => <WaitingDrop drop={drop} view={props.view} onChanged={() => props.onChanged()} />}</For></section>
      </Show>
      <Show when={props.view.halves.length > 0}><Halves view={props.view} /></Show>
      <History drops={props.view.drops} />
    </div>
  );
}

/** The files of this visit, and what has to be said of them before they can be read. */
function Arrivals(props: { view: FilesView; uploads: Uploads }): JSX.Element {
  const [asked, setAsked] = createSignal<Upload | null>(null);
  const columns = () => {
    const upload = asked();
    return upload?.answer?.kind === "unknown_layout" ? { upload, answer: upload.answer } : null;
  };
  const places = () => {
    const upload = asked();
    return upload?.answer?.kind === "unknown_places" ? { upload, names: upload.answer.names } : null;
  };
  const said = (upload: Upload, location?: string) => {
    setAsked(null);
    props.uploads.again(upload.id, location === undefined ? {} : { location });
  };
  return (
    <>
      <UploadList uploads={props.uploads} onAsk={setAsked} />
      <Show when={columns()}>{(one) => <ColumnDialog file={one().upload.file} answer={one().answer} onSaved={() => said(one().upload)} onClose={() => setAsked(null)} />}</Show>
      <Show when={places()}>{(one) => <PlacesDialog names={one().names} locations={props.view.locations} onSaved={(location) => said(one().upload, location)} onClose={() => setAsked(null)} />}</Show>
    </>
  );
}

function Halves(props: { view: FilesView }): JSX.Element {
  const nameOf = (id: string) => props.view.locations.find((location) => location.id === id)?.name ?? "";
  return (
    <section>
      <h2>{words.halvesTitle}</h2>
      <p class="small">{words.halvesNext}</p>
      <ul><For each={props.view.halves}>{(half) => <li><a href={`/days/${half.locationId}/${half.date}`}>{words.half(nameOf(half.locationId), plainDate(half.date), half.has)}</a></li>}</For></ul>
    </section>
  );
}
