/** How days are posted: six choices, each with what it means. */
import { createSignal, createUniqueId, For, Show, type Accessor, type JSX } from "solid-js";
import type { PostingChange, PostingRule, PostingView } from "../../../../src/features/sync/contract";
import { fromDecimal, toDecimal } from "../../../../src/kernel/money";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { dateIn } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { createLookalikeCheck, LOOK_BACK_DAYS } from "../days/lookalikes";
import { correctionChoices, methodChoices, modeChoices, openCheckChoices, postingWords as words, unknownLineChoices, type Choice } from "./posting-words";
import { settingsWords } from "./words";

const LARGEST_LEAST_MINOR = 100_000;

/** What only those may see who may change it; everybody else sees the mode, and whose it is to change. */
export function PostingForm(props: { mode: PostingRule["mode"]; onSaved: () => void }): JSX.Element {
  const shop = useShop();
  return (
    <Show when={shop.may("posting.manage")} fallback={<Locked mode={props.mode} />}>
      <Changeable onSaved={props.onSaved} />
    </Show>
  );
}

function Locked(props: { mode: PostingRule["mode"] }): JSX.Element {
  const shop = useShop();
  return (
    <>
      <Choices name="mode" legend={modeChoices.legend} choices={modeChoices.choices} value={props.mode} isDisabled onPick={() => undefined} />
      <p class="small">{settingsWords.needs(shop.whoMay("posting.manage"))} {words.approvers(shop.whoMay("days.post"))}</p>
    </>
  );
}

function Changeable(props: { onSaved: () => void }): JSX.Element {
  const live = createLive({ key: () => "posting", ask: shopApi.posting });
  return <Loaded live={live} skeleton={<Bars count={6} tall />}>{(view) => <Form view={view} onSaved={async () => { await live.reload(); props.onSaved(); }} />}</Loaded>;
}

function Form(props: { view: Accessor<PostingView>; onSaved: () => Promise<void> }): JSX.Element {
  const shop = useShop();
  const form = createPostingForm(props);
  const group = <S extends "mode" | "unknownLines" | "openChecks" | "corrections" | "method">(setting: S, about: { readonly legend: string; readonly choices: readonly Choice<PostingRule[S]>[] }) => (
    <Choices name={setting} {...about} value={form.now()[setting]} onPick={(value) => form.pick({ [setting]: value })} />
  );
  return (
    <form onSubmit={(event) => { event.preventDefault(); void form.save(); }}>
      {group("mode", modeChoices)}
      <p class="small">{words.approvers(shop.whoMay("days.post"))}</p>
      {group("unknownLines", unknownLineChoices)}
      <Show when={form.now().unknownLines === "uncategorized"}><p><a href="/mapping?show=other">{words.toMapping}</a></p></Show>
      {group("openChecks", openCheckChoices)}
      {group("corrections", correctionChoices)}
      <Least form={form} />
      <Show when={props.view().methods.length > 1}>{group("method", methodChoices)}</Show>
      <Show when={form.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <button type="submit" class={form.isChanged() ? "button primary" : "button"} aria-disabled={form.isBusy() || !form.isChanged() ? "true" : undefined}>{words.saveAll}</button>
      {form.check.dialog()}
    </form>
  );
}

type PostingForm = ReturnType<typeof createPostingForm>;

/** Radios and a button: moving through them by keys changes nothing until it is saved. */
function createPostingForm(props: { view: Accessor<PostingView>; onSaved: () => Promise<void> }) {
  const shop = useShop();
  const check = createLookalikeCheck();
  const [picked, setPicked] = createSignal<PostingChange>({});
  const [least, setLeast] = createSignal<string | null>(null);
  const [wrong, setWrong] = createSignal("");
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const currency = () => shop.view().currency;
  const now = (): PostingRule => ({ ...props.view(), ...picked() });
  const change = (): PostingChange => Object.fromEntries(Object.entries(picked()).filter(([setting, value]) => props.view()[setting as keyof PostingRule] !== value));
  const typeLeast = (text: string) => {
    setLeast(text);
    const minor = fromDecimal(text.trim(), currency());
    const isRight = minor !== null && minor >= 0 && minor <= LARGEST_LEAST_MINOR;
    setWrong(isRight ? "" : words.leastWrong);
    if (isRight) setPicked((before) => ({ ...before, leastCorrectionMinor: minor }));
  };
  const isChanged = () => Object.keys(change()).length > 0;
  const send = async () => {
    setBusy(true);
    const answer = await shopApi.setPosting(change());
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    announce(settingsWords.saved);
    await props.onSaved();
    setPicked({});
    setLeast(null);
  };
  const save = async () => {
    if (isBusy() || wrong() !== "" || !isChanged()) return;
    if (change().mode !== "automatic") return await send();
    const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
    await check.before({ from: addDays(today, -LOOK_BACK_DAYS), to: today }, send);
  };
  return {
    check, now, isChanged, save, trouble, wrong, typeLeast, currency,
    isBusy: () => isBusy() || check.isBusy(),
    least: () => least() ?? toDecimal(now().leastCorrectionMinor, currency()),
    pick: (one: PostingChange) => setPicked((before) => ({ ...before, ...one })),
  };
}

function Least(props: { form: PostingForm }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="field">
      <label for={id}>{words.least(props.form.currency())}</label>
      <Show when={props.form.wrong() !== ""}><p class="wrong" id={`${id}-wrong`} role="alert">{props.form.wrong()}</p></Show>
      <input id={id} type="text" inputmode="decimal" class="n" value={props.form.least()} aria-invalid={props.form.wrong() === "" ? undefined : "true"} aria-describedby={`${id}-about`} onInput={(event) => props.form.typeLeast(event.currentTarget.value)} />
      <p class="small" id={`${id}-about`}>{words.leastAbout}</p>
    </div>
  );
}

type ChoicesProps<Value extends string> = {
  name: string; legend: string; choices: readonly Choice<Value>[]; value: Value; isDisabled?: boolean; onPick: (value: Value) => void;
};

function Choices<Value extends string>(props: ChoicesProps<Value>): JSX.Element {
  return (
    <fieldset class="modes" disabled={props.isDisabled}>
      <legend>{props.legend}</legend>
      <For each={props.choices}>
        {(each) => (
          <label class="mode">
            <input type="radio" name={props.name} checked={props.value === each.value} onChange={() => props.onPick(each.value)} />
            <span><b>{each.name}</b><small>{each.meaning}</small></span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
