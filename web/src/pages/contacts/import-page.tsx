/** Brings contacts in from a file: dropped, its columns said, looked through, taken. */
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import type { ImportView } from "../../../../src/features/contacts/contract";
import { timeLeft } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted, Problem, Waiting } from "../../ui/states";
import { importApi } from "./import-api";
import { Columns, Problems, Would } from "./import-preview";
import { createImporting, type Importing } from "./importing";
import { importWords as words } from "./import-words";
import { LARGEST_BYTES } from "./limits";
import "../../styles/contacts.css";

const MOST_PEOPLE = "50,000";

/** /contacts/import */
export default function ImportPage(): JSX.Element {
  return <Permitted permission="messages.manage"><Import /></Permitted>;
}

function Import(): JSX.Element {
  const live = createLive({ key: () => "contact-imports", ask: importApi.open });
  return (
    <Page title={words.title} about={words.about} beside={<a class="chip" href="/contacts">{words.all}</a>}>
      <Loaded live={live} skeleton={<Bars count={4} tall />}>
        {(view) => <Desk unfinished={view().imports.find(({ state }) => state !== "done")} />}
      </Loaded>
    </Page>
  );
}

/** What was begun before stays to be gone on with; the page never asks twice what is under way. */
function Desk(props: { unfinished: ImportView | undefined }): JSX.Element {
  const importing = createImporting(props.unfinished);
  const state = () => importing.view()?.state;
  return (
    <div class="stack">
      <Show when={importing.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Switch fallback={<DropHere importing={importing} />}>
        <Match when={importing.isBusy() && importing.view() === undefined}><div><p role="status">{words.looking}</p><Waiting><Bars count={4} tall /></Waiting></div></Match>
        <Match when={state() === "done"}><Done importing={importing} /></Match>
        <Match when={state() === "running"}><Running importing={importing} /></Match>
        <Match when={importing.view()}>{(view) => <Look importing={importing} view={view()} />}</Match>
      </Switch>
    </div>
  );
}

function DropHere(props: { importing: Importing }): JSX.Element {
  const [isOver, setOver] = createSignal(false);
  const [refused, setRefused] = createSignal("");
  const take = (file: File | undefined) => {
    setRefused(file !== undefined && file.size > LARGEST_BYTES ? words.tooLarge : "");
    if (file !== undefined && file.size <= LARGEST_BYTES) void props.importing.look(file);
  };
  const drag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over);
  };
  const drop = (event: DragEvent) => {
    drag(event, false);
    take(event.dataTransfer?.files[0]);
  };
  return (
    <section>
      <div class={isOver() ? "drop over" : "drop"} onDragOver={(event) => drag(event, true)} onDragLeave={(event) => drag(event, false)} onDrop={drop}>
        <h2>{words.drop}</h2>
        <p class="small">{words.dropNext(LARGEST_BYTES / 1_000_000, MOST_PEOPLE)}</p>
        <label class="button primary">
          {words.choose}
          <input type="file" accept=".csv,.txt,.tsv,text/csv" onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
        </label>
        <div role="alert"><Show when={refused() !== ""}><p class="wrong">{refused()}</p></Show></div>
      </div>
      <p class="small">{words.staysOut}</p>
    </section>
  );
}

/** Nothing is taken before it is pressed. */
function Look(props: { importing: Importing; view: ImportView }): JSX.Element {
  const isKept = () => props.importing.file() === undefined;
  return (
    <>
      <Show when={isKept()}><div class="notice" data-tone="quiet"><h2>{words.unfinished}</h2><p>{words.unfinishedNext(props.view.done, props.view.rows)}</p></div></Show>
      <Show when={!isKept()}><Columns importing={props.importing} preview={props.view.preview} /></Show>
      <Would counts={props.view.preview.counts} />
      <Problems problems={props.view.preview.problems} refused={props.view.preview.counts.refused} />
      <div>
        <p class="small">{words.staysOut}</p>
        <Show when={props.view.rows > 0} fallback={<p>{words.nobody}</p>}><Take importing={props.importing} rows={props.view.rows} /></Show>
      </div>
    </>
  );
}

function Take(props: { importing: Importing; rows: number }): JSX.Element {
  return (
    <p class="buttons">
      <button type="button" class="button primary" aria-disabled={props.importing.isBusy() ? "true" : undefined} onClick={() => void props.importing.take()}>{props.importing.isBusy() ? words.takeBusy : words.take(props.rows)}</button>
      <button type="button" class="button" aria-disabled={props.importing.isBusy() ? "true" : undefined} onClick={() => void props.importing.drop()}>{words.letGo}</button>
    </p>
  );
}

/** Going away stops it between two steps; coming back goes on where it was. */
function Running(props: { importing: Importing }): JSX.Element {
  const view = () => props.importing.view();
  const done = () => view()?.done ?? 0;
  const rows = () => view()?.rows ?? 0;
  const left = () => timeLeft(done(), rows(), props.importing.startedAt() === 0 ? 0 : Date.now() - props.importing.startedAt());
  return (
    <section>
      <progress class="progress" max={rows()} value={done()} aria-label={words.progress} />
      <p role="status">{words.soFar(done(), rows())}{left() === "" ? "" : `, ${left()}`}</p>
      <Show when={!props.importing.isBusy()}>
        <p class="buttons">
          <button type="button" class="button primary" onClick={() => void props.importing.take()}>{words.goOn}</button>
          <button type="button" class="button" onClick={() => void props.importing.drop()}>{words.letGo}</button>
        </p>
      </Show>
    </section>
  );
}

function Done(props: { importing: Importing }): JSX.Element {
  return (
    <>
      <div class="notice" data-tone="ties" role="status">
        <h2><span aria-hidden="true">✓ </span>{words.doneTitle(props.importing.view()?.done ?? 0)}</h2>
        <p>{words.doneNext}</p>
        <p><a class="button primary" href="/contacts">{words.toContacts}</a> <button type="button" class="button" onClick={() => void props.importing.drop()}>{words.another}</button></p>
      </div>
      <Problems problems={props.importing.view()?.preview.problems ?? []} refused={props.importing.view()?.preview.counts.refused ?? 0} />
    </>
  );
}
