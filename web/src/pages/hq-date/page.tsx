/** One date of one shop, to be read: what ties, what is wrong and what was sold, and the way to the shop's own host. */
import { useLocation, useParams } from "@solidjs/router";
import { createMemo, For, Show, type JSX } from "solid-js";
import type { ShopDateView } from "../../../../src/features/headquarters/contract";
import { parseBusinessDate } from "../../../../src/kernel/day";
import { hqApi } from "../../hq-api";
import { longDate } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded } from "../../ui/states";
import { stateWords } from "../../words";
import { TotalsTables } from "../day/tables";
import NotFound from "../not-found";
import { gridQuery, readGridFilters } from "../hq-grid/filters";

const words = {
  back: "All shops",
  readOnly: "You read this through your organisation; the shop's log says so.",
  open: (name: string) => `Open at ${name}`,
  forMembers: "for members of the shop",
  none: "No day of this date is kept in this shop.",
  till: "Till", entry: "Entry", books: "Books", tieOut: "Till, entry and books",
  details: (name: string) => `What ${name} answered`,
} as const;

/** /shops/:shop/:date */
export default function HqDatePage(): JSX.Element {
  const params = useParams();
  const place = createMemo(() => {
    const date = parseBusinessDate(params["date"] ?? "");
    return date !== null && /^[a-z2-7]{26}$/.test(params["shop"] ?? "") ? { shop: params["shop"] ?? "", date } : null;
  });
  return <Show when={place()} fallback={<NotFound />}>{(place) => <ShopDate shop={place().shop} date={place().date} />}</Show>;
}

function ShopDate(props: { shop: string; date: string }): JSX.Element {
  const at = useLocation();
  const live = createLive({ key: () => `date ${props.shop} ${props.date}`, ask: () => hqApi.shopDate(props.shop, props.date) });
  return (
    <Page
      title={longDate(props.date)}
      about={<><Show when={live.value()}>{(view) => <><b>{view().shop.name}</b> · </>}</Show>{words.readOnly}</>}
      actions={<a class="button" href={`/${gridQuery(readGridFilters(at.query))}`}>{words.back}</a>}
    >
      <Loaded live={live} skeleton={<><Bars count={1} tall /><Bars count={8} /></>}>
        {(view) => (
          <Show when={view().days.length > 0} fallback={<p class="nothing">{words.none}</p>}>
            <div class="stack wide"><For each={view().days}>{(day) => <Location day={day} view={view()} />}</For></div>
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

type Day = ShopDateView["days"][number];

function Location(props: { day: Day; view: ShopDateView }): JSX.Element {
  const look = () => stateWords[props.day.state];
  return (
    <section>
      <div class="split">
        <h2>{props.day.locationName} · <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</span></h2>
        <a href={`${props.view.shop.url}days/${props.day.locationId}/${props.view.date}`} rel="external">{words.open(props.view.shop.name)} <small>{words.forMembers}</small></a>
      </div>
      <Show when={props.day.title}>
        {(title) => (
          <div class="notice" data-tone={look().tone}>
            <h3>{title()}</h3>
            <p>{props.day.meaning}</p>
            <Show when={props.day.details}>{(details) => <details><summary>{words.details(props.day.booksName ?? "the provider")}</summary><p class="raw">{details()}</p></details>}</Show>
          </div>
        )}
      </Show>
      <TieOut day={props.day} />
      <Show when={props.day.totals}>{(totals) => <div class="columns single"><div class="stack"><TotalsTables totals={totals()} /></div></div>}</Show>
    </section>
  );
}

function TieOut(props: { day: Day }): JSX.Element {
  const figure = (minor: number | null) => (minor === null ? "–" : exactAmount(minor, props.day.tieOut.currency));
  const sign = (one: number | null, other: number | null) => (one === null || other === null ? "·" : one === other ? "=" : "≠");
  const strip = () => props.day.tieOut;
  const tillSign = () => (strip().imbalanceMinor !== 0 && strip().entryMinor !== null ? "≠" : sign(strip().tillMinor, strip().entryMinor));
  return (
    <div class="tie" role="group" data-tone={stateWords[props.day.state].tone} aria-label={`${words.tieOut}, ${props.day.locationName}`}>
      <div><small>{words.till}</small><b>{figure(strip().tillMinor)}</b></div>
      <span class="sign">{tillSign()}</span>
      <div><small>{words.entry}</small><b>{figure(strip().entryMinor)}</b></div>
      <span class="sign">{sign(strip().entryMinor, strip().booksMinor)}</span>
      <div><small>{words.books}</small><b>{figure(strip().booksMinor)}</b></div>
    </div>
  );
}
