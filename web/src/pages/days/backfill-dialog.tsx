/** Asks which days to read again, and what to do with them. */
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import type { DaysView } from "../../../../src/features/days/contract";
import type { BackfillRequest } from "../../../../src/features/sync/contract";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { Dialog } from "../../ui/dialog";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { dayCount, problemOf } from "./backfill";
import { createLookalikeCheck } from "./lookalikes";
import { backfillWords as words } from "./words";

type Props = { view: DaysView; today: BusinessDate; onClose: () => void; onStarted: () => void };

/** Opens with the last 31 days of every location, for a preview. */
export default function BackfillDialog(props: Props): JSX.Element {
  const [request, setRequest] = createSignal<BackfillRequest>({
    locations: props.view.locations.map((location) => location.id), from: addDays(props.today, -31), to: addDays(props.today, -1), post: false,
  });
  const [hasTried, setTried] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const check = createLookalikeCheck();
  const [trouble, setTrouble] = createSignal<Trouble>();
  const set = (change: Partial<BackfillRequest>) => setRequest((before) => ({ ...before, ...change }));
  const problem = () => (hasTried() ? problemOf(request(), props.today) : null);

  const start = async () => {
    setTried(true);
    if (isBusy() || check.isBusy() || problemOf(request(), props.today) !== null) return;
    await (request().post ? check.before(request(), send) : send());
  };
  const send = async () => {
    setBusy(true);
    const answer = await shopApi.startBackfill(request());
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.failure);
      return;
    }
    announce(words.started(dayCount(request())));
    props.onStarted();
    props.onClose();
  };

  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <form method="dialog" noValidate onSubmit={(event) => { event.preventDefault(); void start(); }}>
        <p>{words.about}</p>
        <div class="fields two">
          <DateField label={words.from} value={request().from} max={props.today} problem={problem()?.field === "from" ? problem()?.text : undefined} onChange={(from) => set({ from })} />
          <DateField label={words.to} value={request().to} max={addDays(props.today, -1)} problem={problem()?.field === "to" ? problem()?.text : undefined} onChange={(to) => set({ to })} />
        </div>
        <Locations view={props.view} chosen={request().locations} problem={problem()?.field === "locations" ? problem()?.text : undefined} onChange={(locations) => set({ locations })} />
        <HowField post={request().post} onChange={(post) => set({ post })} />
        <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>
          <button type="submit" class="button primary" aria-disabled={isBusy() || check.isBusy() ? "true" : undefined}>{words.start(dayCount(request()))}</button>
        </div>
      </form>
      {check.dialog()}
    </Dialog>
  );
}

function DateField(props: { label: string; value: string; max: string; problem?: string | undefined; onChange: (date: string) => void }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Show when={props.problem}><p class="wrong" id={`${id}-wrong`}>{props.problem}</p></Show>
      <input id={id} type="date" value={props.value} max={props.max} aria-invalid={props.problem ? "true" : undefined} aria-describedby={props.problem ? `${id}-wrong` : undefined} onInput={(event) => props.onChange(event.currentTarget.value)} />
    </div>
  );
}

function Locations(props: { view: DaysView; chosen: readonly string[]; problem?: string | undefined; onChange: (locations: string[]) => void }): JSX.Element {
  const toggle = (id: string, isOn: boolean) => props.onChange(isOn ? [...props.chosen, id] : props.chosen.filter((one) => one !== id));
  return (
    <fieldset>
      <legend>{words.locations}</legend>
      <Show when={props.problem}><p class="wrong" role="alert">{props.problem}</p></Show>
      <For each={props.view.locations}>
        {(location) => <label class="tick"><input type="checkbox" checked={props.chosen.includes(location.id)} onChange={(event) => toggle(location.id, event.currentTarget.checked)} /> {location.name}</label>}
      </For>
    </fieldset>
  );
}

/** Posting past days is a separate permission: without it the choice stays, disabled, and says who has it. */
function HowField(props: { post: boolean; onChange: (post: boolean) => void }): JSX.Element {
  const shop = useShop();
  const mayPost = () => shop.may("days.post");
  return (
    <fieldset>
      <legend>{words.how}</legend>
      <label class="tick"><input type="radio" name="post" checked={!props.post} onChange={() => props.onChange(false)} /> {words.preview}</label>
      <label class="tick"><input type="radio" name="post" checked={props.post} disabled={!mayPost()} onChange={() => props.onChange(true)} /> {words.post}</label>
      <Show when={!mayPost()}><p class="small">{`Only ${shop.whoMay("days.post")} can post days.`}</p></Show>
    </fieldset>
  );
}
