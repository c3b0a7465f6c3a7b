/** Back-fills as they run and as they ended; they live on the server, so leaving and coming back keeps them. */
import { createSignal, For, Index, Show, type Accessor, type JSX } from "solid-js";
import type { BackfillView } from "../../../../src/features/sync/contract";
import { read, write } from "../../ui/choices";
import { shortDate } from "../../ui/dates";
import type { Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { progressText, shownBackfills } from "./backfill";
import { StateMark } from "./table";
import { backfillWords as words } from "./words";

const KEPT = "put-away-backfill";
const SHOWN_PROBLEMS = 4;

type Props = { live: Live<{ backfills: BackfillView[] }>; locations: readonly { id: string; name: string }[] };

/** Nothing where none runs and the last result was put away. */
export function BackfillProgress(props: Props): JSX.Element {
  const [putAway, setPutAway] = createSignal<ReadonlySet<string>>(new Set([read(KEPT) ?? ""]));
  const shown = () => shownBackfills(props.live.value()?.backfills ?? [], putAway());
  const dismiss = (id: string) => {
    setPutAway((before) => new Set([...before, id]));
    write(KEPT, id);
  };
  return (
    <Index each={shown()}>
      {(backfill) => (
        <div class="notice backfill" role="group" aria-label={nameOf(backfill())}>
          <Show when={backfill().isFinished} fallback={<Running backfill={backfill} />}>
            <Finished backfill={backfill} locations={props.locations} onDismiss={() => dismiss(backfill().id)} />
          </Show>
        </div>
      )}
    </Index>
  );
}

const nameOf = (backfill: BackfillView) => words.nameOf(shortDate(backfill.from), shortDate(backfill.to));

function Running(props: { backfill: Accessor<BackfillView> }): JSX.Element {
  const text = () => progressText(props.backfill(), Date.now());
  return (
    <>
      <p role="status"><b>{text()}</b></p>
      <progress aria-label={nameOf(props.backfill())} max={props.backfill().dayCount} value={props.backfill().doneCount} />
      <p class="small">{words.going}</p>
    </>
  );
}

function Finished(props: { backfill: Accessor<BackfillView>; locations: Props["locations"]; onDismiss: () => void }): JSX.Element {
  const shop = useShop();
  const stillWaits = (day: { locationId: string; date: string }) => shop.overview.value()?.needsWork.some((cell) => cell.locationId === day.locationId && cell.date === day.date) === true;
  const problems = () => props.backfill().problems.filter(stillWaits);
  const nameOf = (id: string) => props.locations.find((location) => location.id === id)?.name ?? "";
  return (
    <>
      <div class="split">
        <p role="status"><b>{words.finished(props.backfill().dayCount)}</b></p>
        <button type="button" class="button" onClick={() => props.onDismiss()}>{words.dismiss}</button>
      </div>
      <p class="outcomes"><For each={props.backfill().outcomes}>{(outcome) => <span>{outcome.count} <StateMark state={outcome.state} /></span>}</For></p>
      <Show when={problems().length > 0}>
        <ul class="problems">
          <For each={problems().slice(0, SHOWN_PROBLEMS)}>
            {(problem) => <li><a href={`/days/${problem.locationId}/${problem.date}`}>{shortDate(problem.date)}, {nameOf(problem.locationId)}</a> <StateMark state={problem.state} /></li>}
          </For>
          <Show when={problems().length > SHOWN_PROBLEMS}><li class="small">{words.andMore(problems().length - SHOWN_PROBLEMS)}</li></Show>
        </ul>
      </Show>
    </>
  );
}
