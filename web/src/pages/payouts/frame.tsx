/** What the list and the bridge share: the month, the way between the two, and what is said where no payouts are told. */
import { useLocation } from "@solidjs/router";
import { For, Show, type Accessor, type JSX } from "solid-js";
import { dateIn, monthName } from "../../ui/dates";
import { Icon } from "../../ui/icon";
import { useShop } from "../../ui/shop";
import { addMonths, monthOf, type Month } from "../days/month";
import { payoutsWords as words } from "./words";

/** The month that the address names, or this one; and the address of another. */
export function createMonth(path: string): { readonly month: Accessor<Month>; readonly isLatest: Accessor<boolean>; readonly address: (month: Month) => string } {
  const shop = useShop();
  const at = useLocation();
  const latest = monthOf(dateIn(shop.view().zone, Date.now()));
  const month = () => {
    const asked = at.query["month"];
    return typeof asked === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) && asked <= latest ? asked : latest;
  };
  return { month, isLatest: () => month() === latest, address: (other) => (other === latest ? path : `${path}?month=${other}`) };
}

/** The month before and the month after. */
export function MonthSteps(props: { month: ReturnType<typeof createMonth> }): JSX.Element {
  return (
    <span class="stepper screen-only">
      <a class="step" href={props.month.address(addMonths(props.month.month(), -1))} aria-label={words.earlier} noScroll><Icon name="left" /></a>
      <Show when={!props.month.isLatest()} fallback={<span class="step off" aria-hidden="true"><Icon name="right" /></span>}>
        <a class="step" href={props.month.address(addMonths(props.month.month(), 1))} aria-label={words.later} noScroll><Icon name="right" /></a>
      </Show>
    </span>
  );
}

/** The way between the list and the bridge, in the same month. */
export function Ways(props: { here: "list" | "bridge"; month: ReturnType<typeof createMonth> }): JSX.Element {
  const query = () => (props.month.isLatest() ? "" : `?month=${props.month.month()}`);
  return (
    <nav class="chips" aria-label={`${words.title}, ${monthName(props.month.month())}`}>
      <a class="chip" href={`/payouts${query()}`} aria-current={props.here === "list" ? "page" : undefined}>{words.list}</a>
      <a class="chip" href={`/payouts/bridge${query()}`} aria-current={props.here === "bridge" ? "page" : undefined}>{words.bridge}</a>
    </nav>
  );
}

/** Children where the till tells its payouts; otherwise how to live without. */
export function Told(props: { view: { readonly toldBy: string | null; readonly tillName: string | null }; children: JSX.Element }): JSX.Element {
  return (
    <Show when={props.view.toldBy === null} fallback={props.children}>
      <Show when={props.view.tillName} fallback={<div class="notice"><h2>{words.noTillTitle}</h2><p>{words.noTillText}</p><p><a class="button primary" href="/connections">{words.noTillLink}</a></p></div>}>
        {(till) => (
          <div class="notice">
            <h2>{words.notToldTitle(till())}</h2>
            <p>{words.notToldText}</p>
            <ol class="fixes"><For each={words.notToldSteps}>{(step) => <li><span>{step}</span></li>}</For></ol>
          </div>
        )}
      </Show>
    </Show>
  );
}
