/** One thing to do: which shop, what it is, the days that share it, and what can be done from here. */
import { For, Show, type JSX } from "solid-js";
import type { WorkItem } from "../../../../src/features/work/contract";
import { shortDate } from "../../ui/dates";
import { isReady, isStopped, type Work } from "./controller";
import { workKinds, workWords as words } from "./words";

const FIRST_DAYS = 4;

type Props = { item: WorkItem; work: Work; isAt: boolean; onFocus: () => void };

/** A row of the list. */
export function Item(props: Props): JSX.Element {
  const look = () => workKinds[props.item.kind];
  const shown = () => props.item.days.slice(0, FIRST_DAYS);
  return (
    <li class="card work-item" data-item data-tone={look().tone} tabindex={props.isAt ? 0 : -1} onFocus={() => props.onFocus()}>
      <p class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}<Show when={props.item.count > 1}> · {words.days(props.item.count)}</Show></p>
      <h2>{props.item.shop.name}</h2>
      <p>{props.item.title}</p>
      <p class="small work-days">
        <For each={shown()}>{(day) => <a href={day.url} rel="external" tabindex={props.isAt ? 0 : -1}>{shortDate(day.date)}, {day.location}</a>}</For>
        <Show when={props.item.count > FIRST_DAYS}><span>{words.more(props.item.count - shown().length)}</span></Show>
      </p>
      <Acts {...props} />
    </li>
  );
}

function Acts(props: Props): JSX.Element {
  const isBusy = () => props.work.busy() === props.item.shop.id;
  const may = () => (isReady(props.item) ? props.item.shop.mayPost : props.item.shop.mayRetry);
  const isAsked = () => props.work.asked() === props.item;
  return (
    <Show when={isReady(props.item) || isStopped(props.item)}>
      <Show when={may()} fallback={<p class="small">{words.mayNot}</p>}>
        <p class="row-acts">
          <Show when={isStopped(props.item)}><button type="button" class="button" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void props.work.retry(props.item)}>{words.retry}</button></Show>
          <Show when={isReady(props.item) && !isAsked()}><button type="button" class="button primary" aria-disabled={isBusy() ? "true" : undefined} onClick={() => props.work.ask(props.item)}>{words.post(props.item.count)}</button></Show>
        </p>
        <Show when={isAsked()}>
          <div class="notice" role="group">
            <p>{words.confirm(props.item.count, props.item.shop.name)}</p>
            <p class="row-acts">
              <button type="button" class="button primary" autofocus ref={(made) => queueMicrotask(() => made.focus())} onClick={() => void props.work.post(props.item)}>{words.confirmYes}</button>
              <button type="button" class="button" onClick={() => props.work.ask(null)}>{words.confirmNo}</button>
            </p>
          </div>
        </Show>
      </Show>
    </Show>
  );
}
