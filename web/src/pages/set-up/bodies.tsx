/** What each step asks for while it is the current one, and what it says once it is done. */
import { createSignal, For, lazy, Match, Show, Suspense, Switch, type JSX } from "solid-js";
import { addDays } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { longDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { ConnectButton } from "../connections/connect-button";
import { connectWord, hereWords } from "../connections/words";
import { isMoving } from "../days/summary";
import { needsAccount } from "../mapping/lines";
import { ChooseLocations } from "./choose-locations";
import type { Facts } from "./page";
import { firstDay, hasPosted, type Step } from "./steps";
import { setUpWords as words } from "./words";

const MethodNote = lazy(() => import("./method-note"));
const ModeStep = lazy(() => import("./mode-step"));

const LOOK_EVERY_MS = 750;
const MOST_LOOKS = 60;

type BodyProps = { step: Step; isDone: boolean; isCurrent: boolean; facts: Facts };

/** Nothing for steps that are still to come. */
export function StepBody(props: BodyProps): JSX.Element {
  const isNow = (step: Step) => props.step === step && props.isCurrent;
  return (
    <Switch>
      <Match when={props.isDone}><DoneNote step={props.step} facts={props.facts} /></Match>
      <Match when={isNow("till") || isNow("books")}><Offers role={props.step === "till" ? "till" : "books"} facts={props.facts} /></Match>
      <Match when={isNow("locations") && props.facts.all()?.connections.locations.length === 0}><p><a class="button primary" href="/connections#locations">{words.addLocations}</a></p></Match>
      <Match when={isNow("locations")}><ChooseLocations locations={props.facts.all()?.connections.locations ?? []} today={props.facts.today} onChosen={() => void props.facts.reload()} /></Match>
      <Match when={isNow("mapping")}><MappingStep facts={props.facts} /></Match>
      <Match when={isNow("first_day")}><FirstDay facts={props.facts} /></Match>
    </Switch>
  );
}

function DoneNote(props: { step: Step; facts: Facts }): JSX.Element {
  const view = () => props.facts.all()?.connections;
  const named = () => {
    if (props.step === "till" || props.step === "books") {
      const one = view()?.connections.find((connection) => connection.role === props.step && connection.state === "connected");
      return one === undefined ? "" : `${one.providerName}, ${one.name}`;
    }
    const kept = view()?.locations.filter((location) => location.startsOn !== null).map((location) => location.name).join(", ");
    return props.step === "locations" && kept !== undefined ? words.kept(kept) : "";
  };
  return <Show when={named() !== ""}><p>{named()}</p></Show>;
}

function Offers(props: { role: "till" | "books"; facts: Facts }): JSX.Element {
  const offers = () => props.facts.all()?.connections.offers.filter((offer) => offer.role === props.role) ?? [];
  return <p class="buttons"><For each={offers()}>{(offer) => <ConnectButton provider={offer.provider} name={offer.name} regions={offer.regions} isPrimary={hereWords[offer.provider] === undefined}>{connectWord(offer.provider, offer.name)}</ConnectButton>}</For></p>;
}

/** Before anything was read there is nothing to map: one day is read first. */
function MappingStep(props: { facts: Facts }): JSX.Element {
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isReading, setReading] = createSignal(false);
  const lines = () => props.facts.all()?.mapping.lines ?? [];
  const unmapped = () => lines().filter(needsAccount).length;
  const read = async () => {
    const kept = props.facts.all()?.connections.locations.filter((location) => location.startsOn !== null) ?? [];
    setReading(true);
    setTrouble(undefined);
    const answers = await Promise.all(kept.map((location) => shopApi.readDay(location.id, addDays(props.facts.today, -1))));
    const refused = answers.find((answer) => !answer.ok);
    if (refused !== undefined && !refused.ok) setTrouble(refused.failure);
    if (refused === undefined) await arrived();
    await props.facts.reload();
    setReading(false);
  };
  /** The reading goes on behind the answer: wait until it brought lines, or a day that says why it did not. */
  const arrived = async () => {
    for (let look = 0; look < MOST_LOOKS && !hasArrived(); look += 1) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      await props.facts.reload();
    }
  };
  const hasArrived = () => lines().length > 0 || (props.facts.all()?.days.cells ?? []).some((cell) => ["failed", "no_sales"].includes(cell.state));
  const takesFiles = () => props.facts.all()?.days.takesFiles === true;
  const isBusy = () => isReading() || isMoving(props.facts.all()?.days.cells ?? []);
  return (
    <Show when={lines().length === 0} fallback={<><p class="small">{words.mappingText}</p><p><a class="button primary" href="/mapping?show=unmapped">{words.toMapping(unmapped())}</a></p></>}>
      <p class="small">{takesFiles() ? words.dropFirstText : words.readFirstText}</p>
      <Show when={takesFiles()}><p><a class="button primary" href="/files">{words.dropFirst}</a></p></Show>
      <Show when={!takesFiles()}><p><Act permission="days.work" isPrimary isBusy={isBusy()} onPress={() => void read()}>{isBusy() ? words.reading : words.readFirst}</Act></p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void read()} />}</Show>
    </Show>
  );
}

function FirstDay(props: { facts: Facts }): JSX.Element {
  const days = () => props.facts.all()?.days;
  const day = () => {
    const view = days();
    return view === undefined ? null : firstDay(view);
  };
  const isPosted = () => {
    const view = days();
    return view !== undefined && hasPosted(view);
  };
  const shop = useShop();
  return (
    <Switch fallback={<p class="small">{words.noDay}</p>}>
      <Match when={isPosted()}><Suspense><ModeStep facts={props.facts} /></Suspense></Match>
      <Match when={day()}>
        {(day) => <><p class="small">{words.previewText}</p><Show when={shop.may("posting.manage")}><Suspense><MethodNote /></Suspense></Show><p><a class="button primary" href={`/days/${day().locationId}/${day().date}`}>{words.preview(longDate(day().date))}</a></p></>}
      </Match>
    </Switch>
  );
}
