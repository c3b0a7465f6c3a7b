/** What would happen, in numbers and in the words of the first three; and the start. */
import { createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { BroadcastPlan, DryRunView } from "../../../../src/features/broadcasts/contract";
import { momentIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { costWords } from "./costs";
import { durationWords } from "./plan";
import { LeftOut } from "./left-out";
import { dryWords as words } from "./words";

const StartDialog = lazy(() => import("./start-dialog"));

/** As soon as `now`, an instant counts as at once. */
const AT_ONCE_MS = 60_000;

type Props = { plan: BroadcastPlan; view: DryRunView; isChanged: boolean; onStarted: (id: string, name: string) => void };

/** Starts exactly what it shows, or nothing. */
export default function DryRun(props: Props): JSX.Element {
  const [isStarting, setStarting] = createSignal(false);
  const view = () => props.view;
  const isBlocked = () => view().obstacle !== null || props.isChanged;
  return (
    <div class="stack">
      <div>
        <h2>{words.title}</h2>
        <Show when={props.isChanged}><p class="stale" role="status">{words.changed}</p></Show>
        <Show when={view().obstacle}>{(obstacle) => <div class="notice failed" role="alert"><p><b>{obstacle()}</b></p></div>}</Show>
        <p class="dry-count"><b>{words.get(view().recipientCount)}</b></p>
        <Numbers view={view()} />
        <For each={view().warnings}>{(warning) => <p class="warning" data-tone="held"><span class="mark" aria-hidden="true">◐ </span>{warning.message}</p>}</For>
      </div>
      <Show when={view().leftOut.length > 0}><LeftOut all={view().leftOut} title={words.leftOut(view().leftOut.reduce((sum, { count }) => sum + count, 0))} /></Show>
      <Show when={view().samples.length > 0}><Samples view={view()} /></Show>
      <Show when={!isBlocked()}><p><button type="button" class="button primary" onClick={() => setStarting(true)}>{words.start(view().recipientCount)}</button></p></Show>
      <Suspense><Show when={isStarting()}><StartDialog plan={props.plan} view={view()} onStarted={props.onStarted} onClose={() => setStarting(false)} /></Show></Suspense>
    </div>
  );
}

function Numbers(props: { view: DryRunView }): JSX.Element {
  const shop = useShop();
  const view = () => props.view;
  const isText = () => view().channel === "text";
  const begins = (at: number) => (at <= Date.now() + AT_ONCE_MS ? words.now : momentIn(shop.view().zone, at));
  const cost = () => costWords(view().costMicros) || words.noCost;
  return (
    <Show when={view().recipientCount > 0}>
      <dl class="line-facts">
        <Show when={isText()}><div><dt>{words.segments}</dt><dd>{view().segments.toLocaleString("en-US")}</dd></div></Show>
        <div><dt>{words.cost}</dt><dd>{isText() ? cost() : words.free}</dd></div>
        <div><dt>{words.pace}</dt><dd>{words.paceIs(view().perMinute)}</dd></div>
        <Show when={view().startsAt}>{(at) => <div><dt>{words.begins}</dt><dd>{begins(at())}<Show when={isText()}><br /><span class="small">{view().asleepCount > 0 ? words.asleep(view().asleepCount) : words.awake}</span></Show></dd></div>}</Show>
        <div><dt>{words.ends}</dt><dd><Show when={view().finishesAt} fallback={words.late}>{(at) => <>{momentIn(shop.view().zone, at())} <span class="small">({durationWords(at() - Date.now())})</span></>}</Show></dd></div>
      </dl>
    </Show>
  );
}

function Samples(props: { view: DryRunView }): JSX.Element {
  return (
    <div>
      <h3>{words.samples}</h3>
      <ul class="samples">
        <For each={props.view.samples}>
          {(one) => (
            <li>
              <p class="small"><b>{one.name}</b><Show when={props.view.channel === "text"}> · {words.segmentsOf(one.segments)}</Show></p>
              <div class="text-sample"><Show when={one.subject !== ""}><b>{one.subject}</b><br /></Show>{one.body}</div>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
