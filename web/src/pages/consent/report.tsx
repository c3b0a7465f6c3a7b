/** Every stop of a time, and whether it was kept within ten business days. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import type { RevocationsView, RevocationView } from "../../../../src/features/consent/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import { dateIn, momentIn, plainDate } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { phoneWords } from "../../ui/phone";
import { useShop } from "../../ui/shop";
import { Bars, Loaded } from "../../ui/states";
import { consentApi } from "../contacts/consent-api";
import { channelWords, sourceWords } from "../contacts/consent-words";
import { isRange, readRange, type Range } from "./range";
import { reportWords as words } from "./words";

/** The dates are in the address. */
export function Report(): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  const navigate = useNavigate();
  const range = createMemo(() => readRange(at.query, dateIn(shop.view().zone, Date.now()) as BusinessDate));
  const live = createLive({ key: () => `revocations ${range().from} ${range().to}`, ask: () => consentApi.revocations(range().from, range().to) });
  const file = () => `/api/consent/revocations/file?${new URLSearchParams(range()).toString()}`;
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="small">{words.about}</p>
      <Dates range={range()} onShow={(asked) => navigate(`/consent?${new URLSearchParams(asked).toString()}`, { scroll: false })} />
      <Loaded live={live} skeleton={<Bars count={5} tall />}>{(view) => <Found view={view()} />}</Loaded>
      <p class="buttons">
        <Show when={shop.may("messages.manage")} fallback={<span class="small">{words.filers(shop.whoMay("messages.manage"))}</span>}>
          <a class="button" href={file()} rel="external" download={`revocations-${range().from}-${range().to}.csv`}>{words.file}</a>
        </Show>
      </p>
    </section>
  );
}

function Dates(props: { range: Range; onShow: (range: Range) => void }): JSX.Element {
  let first: HTMLInputElement | undefined;
  let last: HTMLInputElement | undefined;
  const [isWrong, setWrong] = createSignal(false);
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    const asked = { from: first?.value ?? "", to: last?.value ?? "" };
    setWrong(!isRange(asked.from, asked.to));
    if (!isWrong()) props.onShow(asked);
  };
  return (
    <form class="range" noValidate onSubmit={show}>
      <label>{words.from}<input type="date" ref={(made) => (first = made)} value={props.range.from} aria-invalid={isWrong() ? "true" : undefined} aria-describedby="range-wrong" /></label>
      <label>{words.to}<input type="date" ref={(made) => (last = made)} value={props.range.to} aria-invalid={isWrong() ? "true" : undefined} aria-describedby="range-wrong" /></label>
      <button type="submit" class="button">{words.show}</button>
      <p id="range-wrong" class="wrong" role="alert">{isWrong() ? words.wrongRange : ""}</p>
    </form>
  );
}

function Found(props: { view: RevocationsView }): JSX.Element {
  const all = () => props.view.revocations;
  const late = () => all().filter(({ isKept }) => !isKept).length;
  return (
    <Show when={all().length > 0} fallback={<p role="status">{words.none}</p>}>
      <p role="status" class="found">
        {words.all(all().length)}{" "}
        <b class="mark" data-tone={late() === 0 ? "ties" : "failed"}><span aria-hidden="true">{late() === 0 ? "✓ " : "! "}</span>{late() === 0 ? words.allKept : words.notKept(late())}</b>
      </p>
      <Show when={props.view.isCut}><p class="stale">{words.isCut}</p></Show>
      <div class="card flush">
        <table class="ledger people revocations">
          <caption class="unseen">{words.list}</caption>
          <thead><tr><th scope="col">{words.who}</th><th scope="col">{words.saidAt}</th><th scope="col">{words.honouredAt}</th><th scope="col">{words.lastDay}</th><th scope="col">{words.rule}</th></tr></thead>
          <tbody><For each={all()}>{(one) => <Row one={one} />}</For></tbody>
        </table>
      </div>
    </Show>
  );
}

function Row(props: { one: RevocationView }): JSX.Element {
  const shop = useShop();
  const one = () => props.one;
  const moment = (at: number) => momentIn(shop.view().zone, at);
  return (
    <tr>
      <th scope="row">{phoneWords(one().address ?? words.erased)}<small>{channelWords[one().channel]}, {sourceWords[one().source]}</small><Show when={(one().words ?? "") !== ""}><small><q>{one().words}</q></small></Show></th>
      <td data-label={words.saidAt}>{moment(one().saidAt)}</td>
      <td data-label={words.honouredAt}>{moment(one().honouredAt)}</td>
      <td data-label={words.lastDay}>{plainDate(one().lastDay)}</td>
      <td data-label={words.rule}><span class="mark" data-tone={one().isKept ? "ties" : "failed"}><span aria-hidden="true">{one().isKept ? "✓ " : "! "}</span>{one().isKept ? words.kept : words.late}</span></td>
    </tr>
  );
}
