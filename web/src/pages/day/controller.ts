/** Thinks for the page of a day. Posting is never optimistic: what is shown is what the server has seen happen. */
import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, type Accessor } from "solid-js";
import type { DayView } from "../../../../src/features/days/contract";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Answer, type Trouble } from "../../api";
import { dateIn } from "../../ui/dates";
import { createLive, type Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { dayWords as words } from "./words";

const MOVING: readonly DayView["state"][] = ["posting", "uncertain", "collecting"];
/** After an act the day may still show its old state for a moment: ask on for this long before believing it. */
const SETTLING_MS = 12_000;

export type DayAct = "post" | "retry" | "read";

export type DayController = {
  readonly day: Live<DayView>;
  readonly busy: Accessor<DayAct | null>;
  readonly trouble: Accessor<Trouble | undefined>;
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
  const [busy, setBusy] = createSignal<DayAct | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [hasJustPosted, setJustPosted] = createSignal(false);
  let watchedUntil = 0;
  let watchedState: DayView["state"] | undefined;
  const isSettling = (view: DayView) => Date.now() < watchedUntil && view.state === watchedState;
  const day = createLive({
    key: () => `day ${location()} ${date()}`,
    ask: () => shopApi.day(location(), date()),
    pollWhile: (view) => MOVING.includes(view.state) || isSettling(view),
  });
  const watch = () => {
    watchedUntil = Date.now() + SETTLING_MS;
    watchedState = day.value()?.state;
    void day.reload();
  };
  const act = async (name: DayAct) => {
    if (busy() !== null) return;
    setBusy(name);
    setTrouble(undefined);
    const answer = await send(name, location(), date(), day.value());
    if (!answer.ok) setTrouble(answer.failure);
    watch();
    await day.reload();
    setBusy(null);
    void shop.overview.reload();
  };
  createEffect(on([location, date], () => { setTrouble(undefined); setJustPosted(false); }, { defer: true }));
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
  return { day, busy, trouble, hasJustPosted, act, watch, address };
}

function send(name: DayAct, location: string, date: string, view: DayView | undefined): Promise<Answer<object>> {
  if (name === "read") return shopApi.readDay(location, date);
  if (name === "retry") return shopApi.retryDay(location, date);
  return shopApi.postDay(location, date, view?.proposal?.fingerprint ?? "");
}

/** Says so when an entry arrived in the books while the page was looking. */
function announcePosted(day: Accessor<DayView | undefined>, onPosted: () => void): void {
  const seen = createMemo(() => {
    const view = day();
    return view === undefined ? null : { place: `${view.locationId} ${view.date}`, entries: view.entries };
  });
  createEffect(on(seen, (now, before) => {
    if (now === null || before === null || before === undefined || now.place !== before.place) return;
    const arrived = now.entries.slice(before.entries.length);
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
