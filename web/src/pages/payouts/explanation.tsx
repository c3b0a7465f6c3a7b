/** Why a payout is not in the books, what that means, and the ways out in their order, each with its button. */
import { createUniqueId, Index, Match, Show, Switch, type JSX } from "solid-js";
import type { Fix } from "../../../../src/features/days/contract";
import type { PayoutDecision, PayoutView } from "../../../../src/features/payouts/contract";
import { Act, Problem } from "../../ui/states";
import { BooksLink } from "../day/entry";
import type { PayoutAct, PayoutController } from "./controller";
import { payoutStateWords, payoutWords as words } from "./words";

/** Nothing where there is nothing to explain. */
export function PayoutExplanation(props: { view: PayoutView; control: PayoutController }): JSX.Element {
  const title = createUniqueId();
  return (
    <Show when={props.view.explanation} fallback={<Show when={props.control.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>}>
      {(explanation) => (
        <section class="notice explanation" data-tone={payoutStateWords[props.view.row.state].tone} aria-labelledby={title}>
          <h2 id={title}>{explanation().title}</h2>
          <p>{explanation().meaning}</p>
          <ol class="fixes" classList={{ one: explanation().fixes.length === 1 }}>
            <Index each={explanation().fixes}>{(fix, index) => <li><span>{fix().text}</span> <FixButton fix={fix()} isFirst={index === 0} control={props.control} /></li>}</Index>
          </ol>
          <Show when={props.control.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
          <Show when={explanation().details}>{(details) => <details><summary>{words.details}</summary><p class="raw">{details()}</p></details>}</Show>
        </section>
      )}
    </Show>
  );
}

/** Acts that decide about a change in the books, and who may: as the server's own table says. */
const DECISIONS: Readonly<Partial<Record<Fix["act"], { readonly kind: PayoutDecision; readonly permission: "days.post" | "days.work" }>>> = {
  accept_edit: { kind: "edit_accepted", permission: "days.work" },
  correct_edit: { kind: "edit_corrected", permission: "days.post" },
};

/** Each act has its own way: a button here, a page of Daybook, or the books themselves. */
function FixButton(props: { fix: Fix; isFirst: boolean; control: PayoutController }): JSX.Element {
  const look = () => (props.isFirst ? "button primary" : "button");
  const isBusy = () => props.control.busy() !== null;
  const text = (name: PayoutAct) => (props.control.busy() === name ? words.busy : props.fix.button);
  return (
    <Switch>
      <Match when={props.fix.act === "post"}>
        <Act permission="days.post" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => void props.control.act("post")}>{text("post")}</Act>
      </Match>
      <Match when={props.fix.act === "retry" || props.fix.act === "look_up"}>
        <Act permission="days.work" isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => void props.control.act("retry")}>{text("retry")}</Act>
      </Match>
      <Match when={DECISIONS[props.fix.act]}>
        {(decision) => (
          <Act permission={decision().permission} isPrimary={props.isFirst} isBusy={isBusy()} onPress={() => void props.control.act(decision().kind)}>{text(decision().kind)}</Act>
        )}
      </Match>
      <Match when={props.fix.link}>
        {(href) => <Show when={href().startsWith("http")} fallback={<a class={look()} href={href()}>{props.fix.button}</a>}><BooksLink class={look()} url={href()} text={props.fix.button} /></Show>}
      </Match>
    </Switch>
  );
}
