/** One day at one location: whether it ties, what sold, and the entry it became. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, on, Show, type Accessor, type JSX } from "solid-js";
import type { DayView } from "../../../../src/features/days/contract";
import { parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { longDate, momentIn } from "../../ui/dates";
import { Icon } from "../../ui/icon";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted } from "../../ui/states";
import { createDayController, type DayController } from "./controller";
import { Entries } from "./entry";
import { ExplanationPanel } from "./explanation";
import { AboutDay, LocationChips, TieOutStrip, WhatHappened } from "./parts";
import { TotalsTables } from "./tables";
import { dayWords as words } from "./words";
import NotFound from "../not-found";

/** /days/:location/:date */
export default function DayPage(): JSX.Element {
  const params = useParams();
  // An id that is none asks the server nothing: what stands in an address may have been put there by anyone.
  const date = createMemo(() => (/^[a-z2-7]{26}$/.test(params["location"] ?? "") ? parseBusinessDate(params["date"] ?? "") : null));
  return (
    <Permitted permission="days.read">
      <Show when={date()} fallback={<NotFound />}>{(date) => <Day location={params["location"] ?? ""} date={date()} />}</Show>
    </Permitted>
  );
}

function Day(props: { location: string; date: BusinessDate }): JSX.Element {
  const shop = useShop();
  const control = createDayController(() => props.location, () => props.date);
  const locations = () => shop.overview.value()?.locations ?? [];
  let result: HTMLDivElement | undefined;
  // What was pressed or filled in goes away with its cause: the focus moves on to what came of it instead of being lost.
  createEffect(on([control.busy, () => control.explanation()?.title], (_now, before) => {
    if (before !== undefined && (before[0] !== null || before[1] !== undefined) && document.activeElement === document.body) result?.focus({ preventScroll: true });
  }));
  return (
    <Page
      title={longDate(props.date)}
      about={<Show when={control.day.value()} fallback={"\u00a0"}>{(day) => <AboutDay day={day()} />}</Show>}
      beside={<Steps control={control} />}
      actions={<button type="button" class="button screen-only" onClick={() => print()}><Icon name="print" />{words.print}</button>}
    >
      <p class="print-only">{shop.view().name}</p>
      <LocationChips locations={locations()} here={props.location} date={props.date} />
      <Loaded live={control.day} skeleton={<><Bars count={1} tall /><Bars count={10} /></>}>
        {(day) => (
          <>
            <ExplanationPanel day={day()} control={control} />
            <NextToFix day={day()} isMended={control.hasJustPosted()} />
            <div tabindex="-1" class="result" ref={(made) => (result = made)}><TieOutStrip day={day()} /></div>
            <DayBody day={day} control={control} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Steps(props: { control: DayController }): JSX.Element {
  return (
    <span class="stepper screen-only">
      <Show when={props.control.address(-1)}>{(href) => <a class="step" href={href()} aria-label={words.earlier} noScroll><Icon name="left" /></a>}</Show>
      <Show when={props.control.address(1)} fallback={<span class="step off" aria-hidden="true"><Icon name="right" /></span>}>
        {(href) => <a class="step" href={href()} aria-label={words.later} noScroll><Icon name="right" /></a>}
      </Show>
    </span>
  );
}

function DayBody(props: { day: Accessor<DayView>; control: DayController }): JSX.Element {
  const hasEntry = () => props.day().proposal !== null || props.day().entries.length > 0;
  return (
    <Show when={props.day().totals !== null || hasEntry() || props.day().attempts.length > 0} fallback={<NothingRead day={props.day()} control={props.control} />}>
      <div class="columns" classList={{ single: !hasEntry() }}>
        <div class="stack">
          <Show when={props.day().state === "no_sales"}><p>{words.noSales}</p></Show>
          <Show when={props.day().state !== "no_sales" && props.day().totals}>{(totals) => <TotalsTables totals={totals()} />}</Show>
          <WhatHappened day={props.day()} />
        </div>
        <Show when={hasEntry()}><div class="stack"><Entries day={props.day()} /><Standing day={props.day()} control={props.control} /></div></Show>
      </div>
    </Show>
  );
}

/** How firm a posted day is, and the way to take it back; where an explanation offers that already, it is not said twice. */
function Standing(props: { day: DayView; control: DayController }): JSX.Element {
  const provisional = (until: number) => (until > Date.now() ? words.provisional(momentIn(props.day.zone, until)) : words.soonFinal);
  const firmness = () => (props.day.isFinal ? words.final : props.day.provisionalUntil === null ? null : provisional(props.day.provisionalUntil));
  return (
    <Show when={props.day.explanation === null && props.day.canUndo}>
      <section class="card screen-only">
        <Show when={firmness()}>{(text) => <p class="small">{text()}</p>}</Show>
        <p class="small">{words.undoText}</p>
        <p>
          <Act permission="days.post" isBusy={props.control.busy() !== null} onPress={() => void props.control.act("undo")}>
            {props.control.busy() === "undo" ? words.busy : words.undo}
          </Act>
        </p>
      </section>
    </Show>
  );
}

/** Only where no explanation has offered to read it already. */
function NothingRead(props: { day: DayView; control: DayController }): JSX.Element {
  return (
    <Show when={props.day.explanation === null && props.day.state !== "open"}>
      <p class="nothing">{words.nothingYet}</p>
      <p class="center"><Act permission="days.work" isBusy={props.control.busy() !== null} onPress={() => void props.control.act("read")}>{words.readNow}</Act></p>
    </Show>
  );
}

/** Once this day was mended: the way to the next one that waits. */
function NextToFix(props: { day: DayView; isMended: boolean }): JSX.Element {
  const shop = useShop();
  const others = () => (shop.overview.value()?.needsWork ?? []).filter((cell) => cell.locationId !== props.day.locationId || cell.date !== props.day.date);
  return (
    <Show when={props.isMended && others()[0]}>
      {(next) => <p class="next-fix screen-only"><span>{words.others(others().length)}.</span> <a class="button" href={`/days/${next().locationId}/${next().date}`}>{words.nextOne}</a></p>}
    </Show>
  );
}
