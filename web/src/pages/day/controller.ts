/** Thinks for the page of a day. Posting is never optimistic: what is shown is what the server has seen happen. */
import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, type Accessor } from "solid-js";
import type { DayView, DecidableKind } from "../../../../src/features/days/contract";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Answer, type Trouble } from "../../api";
import { dateIn } from "../../ui/dates";
import { createLive, type Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { isMoving, isOnItsWay, isWaiting } from "./motion";
import { dayWords as words } from "./words";

/** An act is done by the night's own machinery, a moment later: ask on for this long before saying that nothing came of it. */
const SETTLING_MS = 20_000;

export type DayAct = "post" | "retry" | "read" | "undo" | DecidableKind;

/** Here a day may rest for a moment on its way: read on its till's queue, it waits for its books'. */
const BETWEEN: readonly DayView["state"][] = ["ready", "changed"];
const BETWEEN_MS = 4_000;

/** Every other act is a decision. */
const WITHOUT_NOTE: readonly DayAct[] = ["post", "retry", "read"];

export type DayController = {
  readonly day: Live<DayView>;
  /** What to explain; while something is under way still what it was about, so that nothing vanishes under the hands. */
  readonly explanation: Accessor<DayView["explanation"]>;
  readonly busy: Accessor<DayAct | null>;
  readonly trouble: Accessor<Trouble | undefined>;
  /** Whether the last act was done and changed nothing. */
  readonly isUnchanged: Accessor<boolean>;
  /** Whether the entry arrived in the books while this page was open. */
  readonly hasJustPosted: Accessor<boolean>;
  readonly act: (act: DayAct) => Promise<void>;
  /** After the cause was mended elsewhere: watch the day until it has moved. */
  readonly watch: () => void;
  readonly address: (days: number) => string | null;
};

/** Lives with the page; `location` and `date` follow the address. */
export function createDayController(location: Accessor<string>, date: Accessor<BusinessDate>): DayController {
  const shop = useShop();
  const [hasJustPosted, setJustPosted] = createSignal(false);
  let isWatching: Accessor<boolean> = () => false;
  const day = createLive({
    key: () => `day ${location()} ${date()}`,
    ask: () => shopApi.day(location(), date()),
    pollWhile: (view) => isOnItsWay(view) || isWatching(),
    lookAgainWhile: isWaiting,
  });
  const acts = createActs(day, (name) => send(name, location(), date(), day.value()), () => void shop.overview.reload());
  isWatching = acts.isWatching;
  createEffect(on([location, date], () => {
    acts.forget();
    setJustPosted(false);
  }, { defer: true }));
  announcePosted(day.value, () => {
    setJustPosted(true);
    void shop.overview.reload();
  });
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const address = (days: number) => {
    const other = addDays(date(), days);
    return other > today ? null : `/days/${location()}/${other}`;
  };
  stepByArrows(address);
  const explanation = createMemo<DayView["explanation"]>((before) => (acts.isWatching() ? (before ?? null) : (day.value()?.explanation ?? null)), null);
  const { busy, trouble, isUnchanged, act, watch } = acts;
  return { day, explanation, busy, trouble, isUnchanged, hasJustPosted, act, watch, address };
}

/** One act at a time, and what came of it: a change of the day, a refusal, or nothing within the time it may take. */
function createActs(day: Live<DayView>, ask: (name: DayAct) => Promise<Answer<object>>, onSettled: () => void) {
  const [busy, setBusy] = createSignal<DayAct | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isUnchanged, setUnchanged] = createSignal(false);
  const { isWatching, watch, stop } = createWatch(day, (hasChanged) => {
    setBusy(null);
    setUnchanged(!hasChanged);
    onSettled();
  });
  const act = async (name: DayAct) => {
    if (busy() !== null) return;
    setBusy(name);
    setTrouble(undefined);
    setUnchanged(false);
    const answer = await ask(name);
    if (answer.ok) {
      // Written down at once, and carried out a moment later: what comes of it is what changes after the note.
      if (!WITHOUT_NOTE.includes(name)) await day.reload();
      return watch();
    }
    setTrouble(answer.failure);
    setBusy(null);
    return await day.reload();
  };
  const forget = () => {
    stop();
    setBusy(null);
    setTrouble(undefined);
    setUnchanged(false);
  };
  return { busy, trouble, isUnchanged, act, watch, forget, isWatching };
}

/** Asks on until the day has changed and come to rest, or for as long as an act may take; then says whether it has. */
function createWatch(day: Live<DayView>, onSettled: (hasChanged: boolean) => void) {
  const [isWatching, setWatching] = createSignal(false);
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let before = "";
  const stop = () => {
    clearTimeout(deadline);
    setWatching(false);
  };
  const settle = (hasChanged: boolean) => {
    stop();
    onSettled(hasChanged);
  };
  const watch = () => {
    stop();
    before = markOf(day.value());
    setWatching(true);
    deadline = setTimeout(() => settle(markOf(day.value()) !== before), SETTLING_MS);
    void day.reload();
  };
  createEffect(on(day.value, (view) => {
    if (!isWatching() || view === undefined || isMoving(view.state) || markOf(view) === before) return;
    before = markOf(view);
    clearTimeout(deadline);
    deadline = setTimeout(() => settle(true), BETWEEN.includes(view.state) ? BETWEEN_MS : 0);
  }, { defer: true }));
  onCleanup(stop);
  return { isWatching, watch, stop };
}

/** What an act can change. Not the explanation: its words follow the mapping at once, long before the day is tried. */
function markOf(view: DayView | undefined): string {
  return JSON.stringify([view?.state, view?.attempts, view?.entries.length]);
}

function send(name: DayAct, location: string, date: string, view: DayView | undefined): Promise<Answer<object>> {
  if (name === "read") return shopApi.readDay(location, date);
  if (name === "retry") return shopApi.retryDay(location, date);
  if (name === "undo") return shopApi.undoDay(location, date);
  if (name === "post") return shopApi.postDay(location, date, view?.proposal?.fingerprint ?? "");
  return shopApi.decideDay(location, date, name);
}

/** Says so when an entry arrived in the books while the page was looking. */
function announcePosted(day: Accessor<DayView | undefined>, onPosted: () => void): void {
  const seen = createMemo(() => {
    const view = day();
    return view === undefined ? null : { place: `${view.locationId} ${view.date}`, entries: view.entries };
  });
  createEffect(on(seen, (now, before) => {
    if (now === null || before === null || before === undefined || now.place !== before.place) return;
    const arrived = now.entries.slice(before.entries.length).filter(({ wasSent }) => wasSent);
    if (arrived.length === 0) return;
    announce(words.postedToast(arrived.map((entry) => entry.documentNumber).join(", ")));
    onPosted();
  }));
}

/** Left and right arrows go to the day before and after, unless they mean something to what has the focus. */
function stepByArrows(address: (days: number) => string | null): void {
  const navigate = useNavigate();
  const onKey = (event: KeyboardEvent) => {
    const days = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    const target = event.target as HTMLElement | null;
    const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || target?.closest("input, select, textarea, dialog, [role=listbox]") !== null;
    const to = days === 0 || isTaken ? null : address(days);
    if (to !== null) navigate(to, { scroll: false });
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
}
