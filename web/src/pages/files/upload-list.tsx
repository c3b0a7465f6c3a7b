/** What becomes of each file of this visit, in words and a bar. */
import { For, Match, Show, Switch, type JSX } from "solid-js";
import type { UploadQuery } from "../../../../src/features/files/contract";
import { Problem } from "../../ui/states";
import { filesApi } from "./files-api";
import type { Upload, Uploads } from "./uploads";
import { filesWords as words } from "./words";

/** `onAsk`: something has to be said of a file before it can be read. */
export function UploadList(props: { uploads: Uploads; onAsk: (upload: Upload) => void }): JSX.Element {
  return (
    <Show when={props.uploads.all().length > 0}>
      <ul class="uploads" aria-live="polite">
        <For each={props.uploads.all()}>{(upload) => <li class="card"><Line upload={upload} uploads={props.uploads} onAsk={props.onAsk} /></li>}</For>
      </ul>
    </Show>
  );
}

function Line(props: { upload: Upload; uploads: Uploads; onAsk: (upload: Upload) => void }): JSX.Element {
  const one = () => props.upload;
  const isAtRest = () => one().answer !== null || one().trouble !== null;
  return (
    <>
      <div class="split">
        <b class="file">{one().file.name}</b>
        <Show when={isAtRest()}><button type="button" class="plain" onClick={() => props.uploads.remove(one().id)}>{words.remove}<span class="unseen">: {one().file.name}</span></button></Show>
      </div>
      <Switch fallback={<Outcome upload={one()} onAsk={props.onAsk} onAgain={(query) => props.uploads.again(one().id, query)} />}>
        <Match when={one().trouble}>{(trouble) => <Problem trouble={trouble()} onRetry={() => props.uploads.again(one().id)} />}</Match>
        <Match when={one().part !== null}>
          <p class="small">{(one().part ?? 0) < 1 ? words.sending(one().part ?? 0) : words.folding}</p>
          <progress max="1" value={one().part ?? 0} aria-label={words.progress(one().file.name)} />
        </Match>
        <Match when={!isAtRest()}><p class="small">{words.queued}</p></Match>
      </Switch>
    </>
  );
}

/** Lines that cannot be read may be dates that were read in the wrong order: the same file, the other way round. */
function OtherDates(props: { upload: Upload; onAgain: (query: Partial<UploadQuery>) => void }): JSX.Element {
  const { answer } = props.upload;
  if (answer?.kind !== "dropped" || answer.drop.summary.badCount === 0) return null;
  const { id, state, summary } = answer.drop;
  const again = async () => {
    if (state === "waiting") await filesApi.dismiss(id);
    props.onAgain({ dates: summary.dates === "mdy" ? "dmy" : "mdy" });
  };
  return <p class="small">{words.datesRead(summary.dates)} <button type="button" class="plain" onClick={() => void again()}>{words.otherDates(summary.dates)}</button></p>;
}

type OutcomeProps = { upload: Upload; onAsk: (upload: Upload) => void; onAgain: (query: Partial<UploadQuery>) => void };

function Outcome(props: OutcomeProps): JSX.Element {
  const answer = () => props.upload.answer;
  const drop = () => {
    const now = answer();
    return now?.kind === "dropped" ? now.drop : null;
  };
  const ask = (about: string, button: string) => <p>{about} <button type="button" class="button" onClick={() => props.onAsk(props.upload)}>{button}</button></p>;
  return (
    <Switch>
      <Match when={answer()?.kind === "unknown_layout"}>{ask(words.unknownLayout, words.mapColumns)}</Match>
      <Match when={answer()?.kind === "unknown_places"}>{ask(words.unknownPlaces, words.mapPlaces)}</Match>
      <Match when={drop()?.state === "waiting"}><p>{words.waits}</p><OtherDates upload={props.upload} onAgain={props.onAgain} /></Match>
      <Match when={drop()?.state === "dismissed"}><p>{words.unreadable}</p><OtherDates upload={props.upload} onAgain={props.onAgain} /></Match>
      <Match when={drop()}>
        {(drop) => <><p class="mark" data-tone="ties"><span aria-hidden="true">✓ </span>{words.taken(drop().rowCount, drop().dayCount)}</p><For each={drop().summary.warnings}>{(warning) => <p class="small">{warning}</p>}</For></>}
      </Match>
    </Switch>
  );
}
