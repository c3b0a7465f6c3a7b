/** The number that the shop texts from: how it stands, what is left to do, setting it up, removing it. */
import { useNavigate, useSearchParams } from "@solidjs/router";
import { createSignal, lazy, Match, Show, Suspense, Switch, type Accessor, type JSX } from "solid-js";
import type { LineView, TextingView } from "../../../../src/features/text-line/contract";
import { createActing } from "../../ui/acting";
import { createLive, type Live } from "../../ui/live";
import { focusHeading, Page } from "../../ui/page";
import { phoneWords } from "../../ui/phone";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import type { StateWord } from "../../words";
import { costOf } from "../inbox/before-sending";
import { lineApi } from "../inbox/line-api";
import { helpAnswer } from "./filled";
import { Hooks } from "./hooks";
import { LineForm } from "./line-form";
import { Notices } from "./notices";
import { textingApi } from "./texting-api";
import { formWords, lineStates, registrationStates, removeWords, textingWords as words } from "./words";
import "../../styles/lists.css";
import "../../styles/texting.css";

const RemoveDialog = lazy(() => import("./remove-dialog"));

/** /texting?change= */
export default function TextingPage(): JSX.Element {
  return <Permitted permission="messages.read"><Texting /></Permitted>;
}

function Texting(): JSX.Element {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const live = createLive({ key: () => "texting", ask: lineApi.line });
  const close = () => {
    navigate("/texting", { replace: true, scroll: false });
    focusHeading();
  };
  const saved = async () => {
    await live.reload();
    announce(words.saved);
    close();
  };
  return (
    <Page title={words.title} about={words.about}>
      <Loaded live={live} skeleton={<><Bars count={2} /><Bars count={4} tall /></>}>
        {(view) => (
          <Switch fallback={<Show when={view().line}>{(line) => <Line line={line} version={view().version} live={live} />}</Show>}>
            <Match when={query["change"] !== undefined && view().mayManage}><LineForm line={view().line} version={view().version} onSaved={saved} onClose={close} /></Match>
            <Match when={view().line === null}><None mayManage={view().mayManage} /></Match>
          </Switch>
        )}
      </Loaded>
    </Page>
  );
}

function None(props: { mayManage: boolean }): JSX.Element {
  const shop = useShop();
  return (
    <div class="notice" data-tone="quiet">
      <h2>{words.none}</h2>
      <p>{words.noneNext}</p>
      <Show when={props.mayManage} fallback={<p>{words.noneAsk(shop.whoMay("messages.manage"))}</p>}><p><a class="button primary" href="/texting?change=1">{formWords.newTitle}</a></p></Show>
    </div>
  );
}

type LineProps = { line: Accessor<LineView>; version: number; live: Live<TextingView> };

function Line(props: LineProps): JSX.Element {
  const shop = useShop();
  const [isBusy, setBusy] = createSignal(false);
  const [isRemoving, setRemoving] = createSignal(false);
  const { act, trouble } = createActing(props.live);
  const line = () => props.line();
  const check = async () => {
    setBusy(true);
    await act(textingApi.check(props.version), words.checked);
    setBusy(false);
  };
  const removed = async () => {
    setRemoving(false);
    await props.live.reload();
    announce(removeWords.done);
    focusHeading();
  };
  return (
    <div class="stack wide">
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <section>
        <h2>{words.number}</h2>
        <div class="line-states">
          <State title={phoneWords(line().number)} look={lineStates[line().state.kind]} standing={line().state} />
          <State title={words.registration} look={registrationStates[line().registration.kind]} standing={line().registration} />
        </div>
        <p class="buttons">
          <Show when={shop.may("messages.manage")}><a class="button" href="/texting?change=1">{words.change}</a></Show>
          <Act permission="messages.manage" isBusy={isBusy()} onPress={() => void check()}>{words.check}</Act>
          <Show when={shop.may("messages.manage")}><button type="button" class="button" onClick={() => setRemoving(true)}>{words.remove}</button></Show>
        </p>
      </section>
      <Show when={line().hooks}>{(hooks) => <Hooks hooks={hooks()} />}</Show>
      <section><h2>{words.who}</h2><Facts line={line()} /></section>
      <Notices />
      <Suspense><Show when={isRemoving()}><RemoveDialog number={line().number} version={props.version} onRemoved={removed} onClose={() => setRemoving(false)} /></Show></Suspense>
    </div>
  );
}

/** The state in a word, what it means in a sentence, and what to do. */
function State(props: { title: string; look: StateWord; standing: { readonly means: string; readonly next: string } }): JSX.Element {
  return (
    <div class="line-state" data-tone={props.look.tone}>
      <h3>{props.title}</h3>
      <p><span class="mark"><span aria-hidden="true">{props.look.glyph} </span>{props.look.word}</span></p>
      <p>{props.standing.means}</p>
      <p class="small">{props.standing.next}</p>
    </div>
  );
}

function Facts(props: { line: LineView }): JSX.Element {
  const line = () => props.line;
  return (
    <dl class="line-facts">
      <div><dt>{words.name}</dt><dd>{line().displayName}</dd></div>
      <div><dt>{words.help}</dt><dd>{line().helpContact}<p class="small help-title">{formWords.preview}</p><div class="text-sample">{helpAnswer(line(), location.origin)}</div></dd></div>
      <div><dt>{words.pace}</dt><dd>{words.paceIs(line().perMinute)}</dd></div>
      <div><dt>{words.price}</dt><dd>{line().segmentMicros === 0 ? words.noPrice : words.priceIs(costOf(1, line().segmentMicros))}</dd></div>
      <div><dt>{words.quiet}</dt><dd>{words.quietIs}</dd></div>
      <Show when={line().formerNumbers.length > 0}><div><dt>{words.former}</dt><dd>{line().formerNumbers.map(phoneWords).join(", ")}</dd></div></Show>
      <Show when={line().serviceSid}>{(service) => <div><dt>{words.service}</dt><dd class="address">{service()}</dd></div>}</Show>
      <Show when={line().account}>{(account) => <div><dt>{words.account}</dt><dd class="address">{account().sid}</dd></div>}</Show>
    </dl>
  );
}
