/** The line under the title, the tie-out strip, and what happened. */
import { For, Index, Show, type JSX } from "solid-js";
import type { DayView } from "../../../../src/features/days/contract";
import { dateIn, shortDate, timeIn } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { stateWords } from "../../words";
import { BooksLink } from "./entry";
import { verdictOf } from "./tie-out";
import { dayWords as words } from "./words";

const WEEK_MS = 6 * 86_400_000;

/** "Pier · 02:00 to 02:00 · ✓ Posted as DB-PIR-260714-S1 in QuickBooks". */
export function AboutDay(props: { day: DayView }): JSX.Element {
  const look = () => stateWords[props.day.state];
  // What was taken back stands in the books as nothing: no number is what the day is there.
  const latest = () => (props.day.tieOut.booksMinor === null ? undefined : props.day.entries.at(-1));
  return (
    <>
      {props.day.locationName} · {words.window(timeIn(props.day.zone, props.day.window.start), timeIn(props.day.zone, props.day.window.end))} ·{" "}
      <span role="status"><b class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</b></span>
      <Show when={latest()}>
        {(entry) => (
          <> {words.as} <Show when={entry().booksUrl} fallback={entry().documentNumber}>{(url) => <BooksLink url={url()} text={entry().documentNumber} />}</Show> {words.inBooks(props.day.booksName ?? words.books)}</>
        )}
      </Show>
    </>
  );
}

/** Till = Entry = Books, or the difference in words with the way to its cause. */
export function TieOutStrip(props: { day: DayView }): JSX.Element {
  const verdict = () => verdictOf(props.day);
  const sign = (isEqual: boolean | null) => (isEqual === null ? "·" : isEqual ? "=" : "≠");
  const figure = (minor: number | null) => (minor === null ? "–" : exactAmount(minor, props.day.tieOut.currency));
  return (
    <section class="tie" data-tone={verdict().tone} aria-label={words.tieOut}>
      <div><small>{words.till}</small><b>{figure(props.day.tieOut.tillMinor)}</b></div>
      <span class="sign">{sign(verdict().tillIsEntry)}</span>
      <div><small>{words.entry}</small><b>{figure(props.day.tieOut.entryMinor)}</b></div>
      <span class="sign">{sign(verdict().entryIsBooks)}</span>
      <div><small>{words.books}</small><b>{figure(props.day.tieOut.booksMinor)}</b></div>
      <p class="verdict">
        <span aria-hidden="true">{verdict().glyph} </span>
        <Show when={verdict().tone !== "ties" && props.day.explanation !== null} fallback={verdict().text}><a href="#why" rel="external">{verdict().text}</a></Show>
      </p>
    </section>
  );
}

/** The attempts, oldest first: a time alone on the night itself, later with the weekday, from a week on with the date. */
export function WhatHappened(props: { day: DayView }): JSX.Element {
  const night = () => dateIn(props.day.zone, props.day.window.end);
  const when = (at: number) => {
    const date = dateIn(props.day.zone, at);
    if (date === night()) return timeIn(props.day.zone, at);
    const [weekday = "", ...dayAndMonth] = shortDate(date).split(" ");
    return at - props.day.window.end < WEEK_MS ? `${weekday} ${timeIn(props.day.zone, at)}` : dayAndMonth.join(" ");
  };
  return (
    <Show when={props.day.attempts.length > 0}>
      <section>
        <h2>{words.happened}</h2>
        <ol class="steps">
          <Index each={props.day.attempts}>{(attempt) => <li><time>{when(attempt().at)}</time><span>{attempt().text}</span></li>}</Index>
        </ol>
      </section>
    </Show>
  );
}

/** The same date at the other locations. */
export function LocationChips(props: { locations: readonly { id: string; name: string }[]; here: string; date: string }): JSX.Element {
  return (
    <Show when={props.locations.length > 1}>
      <nav class="chips" aria-label={words.locations}>
        <For each={props.locations}>
          {(location) => <a class="chip" href={`/days/${location.id}/${props.date}`} aria-current={location.id === props.here ? "true" : undefined} noScroll>{location.name}</a>}
        </For>
      </nav>
    </Show>
  );
}
