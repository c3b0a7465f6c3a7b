/** Why a day is not in the books, what that means, and the ways out in their order, each with its button. */
import { createUniqueId, Index, lazy, Match, Show, Suspense, Switch, type JSX } from "solid-js";
import type { DayView, DecidableKind, Explanation, Fix } from "../../../../src/features/days/contract";
import { Act, Problem } from "../../ui/states";
import { stateWords } from "../../words";
import type { DayAct, DayController } from "./controller";
import { BooksLink } from "./entry";
import { dayWords as words } from "./words";

const MapLines = lazy(() => import("./map-lines"));

/** Nothing where there is nothing to explain. */
export function ExplanationPanel(props: { day: DayView; control: DayController }): JSX.Element {
  const explanation = () => props.control.explanation();
  return (
    <Switch>
      <Match when={explanation()}>{(explanation) => <Panel day={props.day} explanation={explanation()} control={props.control} />}</Match>
      <Match when={props.day.state === "ready" && props.day.proposal !== null}><ReadyPanel day={props.day} control={props.control} /></Match>
      <Match when={props.control.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Match>
    </Switch>
  );
}

function Panel(props: { day: DayView; explanation: Explanation; control: DayController }): JSX.Element {
  const title = createUniqueId();
  const look = () => stateWords[props.day.state];
  return (
    <section class="notice explanation" data-tone={look().tone} aria-labelledby={title} id="why">
      <h2 id={title}>{props.explanation.title}</h2>
      <p>{props.explanation.meaning}</p>
      <ol class="fixes" classList={{ one: props.explanation.fixes.length === 1 }}>
        <Index each={props.explanation.fixes}>
          {(fix, index) => <li><FixLine fix={fix()} isFirst={index === 0} day={props.day} explanation={props.explanation} control={props.control} /></li>}
        </Index>
      </ol>
      <Show when={props.control.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <p class="small" role="status">{props.control.isUnchanged() ? words.unchanged : ""}</p>
      <Show when={props.explanation.details}>
        {(details) => <details><summary>{words.details(props.day.booksName ?? "the provider")}</summary><p class="raw">{details()}</p></details>}
      </Show>
    </section>
  );
}

type FixProps = { fix: Fix; isFirst: boolean; day: DayView; explanation: Explanation; control: DayController };

function FixLine(props: FixProps): JSX.Element {
  const isMapping = () => props.fix.act === "map_lines" && props.explanation.lines.length > 0;
  return (
    <Show when={isMapping()} fallback={<><span>{props.fix.text}</span> <FixButton {...props} /></>}>
      <span>{props.fix.text}</span>
      <Suspense fallback={<p class="small">…</p>}>
        <MapLines lines={props.explanation.lines} areRefused={props.day.state === "failed"} onMapped={() => props.control.watch()} />
      </Suspense>
    </Show>
  );
}

/** Acts that decide what a day waits for, and who may: as the server's own table says. */
const DECISIONS: Readonly<Partial<Record<Fix["act"], { readonly kind: DecidableKind; readonly permission: "days.post" | "days.work" }>>> = {
  waive_open_checks: { kind: "open_checks_waived", permission: "days.work" },
  post_first_open_day: { kind: "first_open_day", permission: "days.post" },
  accept_lookalike: { kind: "lookalike_accepted", permission: "days.post" },
  accept_edit: { kind: "edit_accepted", permission: "days.work" },
  correct_edit: { kind: "edit_corrected", permission: "days.post" },
};

/** Each act has its own way: a button here, a page of Daybook, or the books themselves. */
function FixButton(props: FixProps): JSX.Element {
  const link = () => props.fix.link ?? (props.fix.act === "reconnect" ? "/connections" : props.fix.act === "map_lines" ? "/mapping?show=unmapped" : null);
  const isOutside = () => link()?.startsWith("https://") === true || link()?.startsWith("http://") === true;
  const look = () => (props.isFirst ? "button primary" : "button");
  const press = (name: DayAct) => void props.control.act(name);
  const isBusy = () => props.control.busy() !== null;
  return (
    <Switch>
      <Match when={props.fix.act === "wait"}>{null}</Match>
      <Match when={props.fix.act === "post"}>
        <Act permission="days.post" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => press("post")}>{props.control.busy() === "post" ? words.posting : props.fix.button}</Act>
      </Match>
      <Match when={props.fix.act === "retry" || props.fix.act === "look_up"}>
        <Act permission="days.work" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => press("retry")}>{props.control.busy() === "retry" ? words.busy : props.fix.button}</Act>
      </Match>
      <Match when={props.fix.act === "read_again"}>
        <Act permission="days.work" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => press("read")}>{props.control.busy() === "read" ? words.busy : props.fix.button}</Act>
      </Match>
      <Match when={props.fix.act === "undo"}>
        <Act permission="days.post" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => press("undo")}>{props.control.busy() === "undo" ? words.busy : props.fix.button}</Act>
      </Match>
      <Match when={DECISIONS[props.fix.act]}>
        {(decision) => (
          <Act permission={decision().permission} isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => press(decision().kind)}>
            {props.control.busy() === decision().kind ? words.busy : props.fix.button}
          </Act>
        )}
      </Match>
      <Match when={link()}>
        {(href) => <Show when={isOutside()} fallback={<a class={look()} href={href()}>{props.fix.button}</a>}><BooksLink class={look()} url={href()} text={props.fix.button} /></Show>}
      </Match>
    </Switch>
  );
}

function ReadyPanel(props: { day: DayView; control: DayController }): JSX.Element {
  const title = createUniqueId();
  return (
    <section class="notice explanation" data-tone="quiet" aria-labelledby={title}>
      <div class="split">
        <div><h2 id={title}>{words.readyTitle}</h2><p>{words.readyText}</p></div>
        <Act permission="days.post" isPrimary isBusy={props.control.busy() !== null} onPress={() => void props.control.act("post")}>
          {props.control.busy() === "post" ? words.posting : words.post(props.day.booksName ?? words.books)}
        </Act>
      </div>
      <Show when={props.control.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
    </section>
  );
}
