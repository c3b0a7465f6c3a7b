/** Five steps from an empty shop to a day in the books. */
import { For, Match, Show, Switch, type JSX } from "solid-js";
import { shopApi } from "../../api";
import { dateIn } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Permitted, Problem, Waiting } from "../../ui/states";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { isMoving } from "../days/summary";
import { ConsentNotice } from "../connections/consent-notice";
import { StepBody } from "./bodies";
import { setUpOf, STEPS, type Step } from "./steps";
import { setUpWords as words, stepWords } from "./words";

/** /set-up */
export default function SetUpPage(): JSX.Element {
  return <Permitted permission="connections.read"><SetUpSteps /></Permitted>;
}

/** What the steps are read from. */
export type Facts = ReturnType<typeof createFacts>;

function createFacts() {
  const shop = useShop();
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const from = addDays(today, -35);
  const days = createLive({ key: () => `days ${from} ${today}`, ask: () => shopApi.days(from, today), pollWhile: (view) => isMoving(view.cells) });
  const mapping = createLive({ key: () => "mapping", ask: shopApi.mapping });
  const connections = createLive({ key: () => "connections", ask: shopApi.connections });
  const reload = async () => {
    await Promise.all([days.reload(), mapping.reload(), connections.reload(), shop.overview.reload()]);
  };
  const all = () => {
    const facts = { days: days.value(), mapping: mapping.value(), connections: connections.value() };
    return facts.days && facts.mapping && facts.connections ? { days: facts.days, mapping: facts.mapping, connections: facts.connections } : undefined;
  };
  const trouble = () => connections.trouble() ?? mapping.trouble() ?? days.trouble();
  return { all, trouble, reload, today };
}

function SetUpSteps(): JSX.Element {
  const facts = createFacts();
  const setUp = () => {
    const all = facts.all();
    return all === undefined ? undefined : setUpOf(all);
  };
  return (
    <Page title={words.title} about={<Show when={setUp()} fallback={"\u00a0"}>{(state) => <>{words.about(state().done.size)}</>}</Show>}>
      <ConsentNotice view={facts.all()?.connections} />
      <Switch fallback={<Waiting><Bars count={5} tall /></Waiting>}>
        <Match when={facts.all() !== undefined && setUp()}>
          {(state) => (
            <ol class="set-up">
              <For each={STEPS}>{(step, index) => <StepRow step={step} number={index() + 1} isDone={state().done.has(step)} isCurrent={state().current === step} facts={facts} />}</For>
            </ol>
          )}
        </Match>
        <Match when={facts.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void facts.reload()} />}</Match>
      </Switch>
      <Show when={setUp()?.current === null}><p><a class="button primary" href="/days">{words.toDays}</a></p></Show>
    </Page>
  );
}

function StepRow(props: { step: Step; number: number; isDone: boolean; isCurrent: boolean; facts: Facts }): JSX.Element {
  const state = () => (props.isDone ? "done" : props.isCurrent ? "now" : "later");
  return (
    <li data-state={state()} aria-current={props.isCurrent ? "step" : undefined}>
      <span class="step-number" aria-hidden="true">{props.isDone ? "✓" : props.number}</span>
      <div>
        <h2>{stepWords[props.step].name}<span class="unseen">, {words[state()]}</span></h2>
        <p class="small">{stepWords[props.step].about}</p>
        <StepBody step={props.step} isDone={props.isDone} isCurrent={props.isCurrent} facts={props.facts} />
      </div>
    </li>
  );
}
