/** The lines above the calendar: month, locations, and the month in one line. */
import { For, Show, type JSX } from "solid-js";
import type { DaysView } from "../../../../src/features/days/contract";
import { monthName, monthWord } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { Icon } from "../../ui/icon";
import type { DaysController } from "./controller";
import { addMonths, monthOf, monthsToChoose } from "./month";
import { takingsOf, tally, type TallyName } from "./summary";
import { daysWords as words, tallyWords } from "./words";

/** The month before, the month after, or any month. */
export function MonthChoice(props: { days: DaysController }): JSX.Element {
  const month = () => props.days.filters().month;
  const isLatest = () => month() >= monthOf(props.days.today);
  const months = () => {
    const offered = monthsToChoose(props.days.today, props.days.days.value()?.locations.map((location) => location.startsOn) ?? []);
    return offered.includes(month()) ? offered : [...offered, month()];
  };
  return (
    <span class="stepper">
      <a class="step" href={props.days.address({ month: addMonths(month(), -1) })} aria-label={words.earlier} noScroll><Icon name="left" /></a>
      <Show when={!isLatest()} fallback={<span class="step off" aria-hidden="true"><Icon name="right" /></span>}>
        <a class="step" href={props.days.address({ month: addMonths(month(), 1) })} aria-label={words.later} noScroll><Icon name="right" /></a>
      </Show>
      <span class="step pick">
        <Icon name="days" />
        <select aria-label={words.month} onChange={(event) => props.days.go({ month: event.currentTarget.value })}>
          <For each={months()}>{(each) => <option value={each} selected={each === month()}>{monthName(each)}</option>}</For>
        </select>
      </span>
    </span>
  );
}

/** Which location, and as what. */
export function Chips(props: { days: DaysController; view: DaysView }): JSX.Element {
  const filters = () => props.days.filters();
  const chip = (text: string, href: string, isOn: boolean) => <a class="chip" href={href} aria-current={isOn ? "true" : undefined} noScroll>{text}</a>;
  return (
    <div class="chips">
      <Show when={props.view.locations.length > 1}>
        <nav aria-label="Locations" class="chip-row">
          {chip(words.all, props.days.address({ location: null }), filters().location === null)}
          <For each={props.view.locations}>{(location) => chip(location.name, props.days.address({ location: location.id }), filters().location === location.id)}</For>
        </nav>
      </Show>
      <nav aria-label="Shown as" class="chip-row as">
        {chip(words.calendar, props.days.address({ view: "calendar", state: null }), filters().view === "calendar")}
        {chip(words.table, props.days.address({ view: "table" }), filters().view === "table")}
      </nav>
    </div>
  );
}

const TONES: Partial<Record<TallyName, string>> = { held: "held", failed: "failed", changed: "held", missing: "held" };

/** "18 posted · 1 held · July so far 38,914.27 USD"; each part leads to its rows. */
export function TallyLine(props: { days: DaysController }): JSX.Element {
  const filters = () => props.days.filters();
  const isThisMonth = () => filters().month === monthOf(props.days.today);
  const sum = () => takingsOf(props.days.cells());
  const href = (name: TallyName) => props.days.address(filters().state === name ? { state: null } : { view: "table", state: name });
  return (
    <div class="tally">
      <For each={tally(props.days.cells())}>
        {(part) => <a href={href(part.name)} data-tone={TONES[part.name]} aria-current={filters().state === part.name ? "true" : undefined} noScroll><b>{part.days}</b> {tallyWords[part.name]}</a>}
      </For>
      <Show when={sum() !== null}>
        <span class="sum">{(isThisMonth() ? words.soFar : words.inAll)(monthWord(filters().month))} <b>{exactAmount(sum() ?? 0, props.days.currency())}</b> {props.days.currency()}</span>
      </Show>
    </div>
  );
}
