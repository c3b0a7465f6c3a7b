/** A new shop: its name and its address, checked as it is typed; zone and currency as this browser suggests them. */
import { createEffect, createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import { entryApi } from "../auth-api";
import { shopFieldWords as words } from "../sign-in-words";
import { Field, Labelled, type Form, type FormProblem, type Values } from "./form";
import { currencies, guessedCurrency, guessedZone, slugFrom, zones } from "./new-shop";

/** What the fields hold, as the server takes it. */
export function shopOf(value: Values): { name: string; slug: string; zone: string; currency: string } {
  return { name: value("name").trim(), slug: value("slug").trim().toLowerCase(), zone: value("zone"), currency: value("currency") };
}

/** What is missing, in the order of the fields. */
export function problemsOfShop({ name, slug }: { name: string; slug: string }): FormProblem[] {
  const problems: FormProblem[] = [];
  if (name === "") problems.push({ field: "name", text: words.nameMissing });
  if (slug.length < 2) problems.push({ field: "slug", text: words.slugMissing });
  return problems;
}

/** The fields `name`, `slug`, `zone` and `currency`. */
export function ShopFields(props: { form: Form }): JSX.Element {
  const [slug, setSlug] = createSignal("");
  const [isOwn, setOwn] = createSignal(false);
  const fromName = (name: string) => {
    if (!isOwn()) setSlug(slugFrom(name));
  };
  const choose = (chosen: string) => {
    setOwn(true);
    setSlug(chosen);
  };
  return (
    <>
      <Field form={props.form} name="name" label={words.name} autocomplete="organization" onInput={fromName} />
      <Field form={props.form} name="slug" label={words.slug} hint={words.slugHint(slug() === "" ? words.example : slug(), domain())} autocomplete="off" value={slug()} onInput={choose} />
      <SlugCheck slug={slug()} onChoose={choose} />
      <details class="small guessed">
        <summary>{words.guessed(guessedZone(), guessedCurrency())}</summary>
        <Choice form={props.form} name="zone" label={words.zone} options={zones()} chosen={guessedZone()} nameOf={(zone) => zone.replaceAll("_", " ")} />
        <Choice form={props.form} name="currency" label={words.currency} options={currencies()} chosen={guessedCurrency()} nameOf={(code) => words.currencyName(code)} />
      </details>
    </>
  );
}

const domain = () => location.host.replace(/^auth\./, "");

type Check = { readonly text: string; readonly isFree: boolean; readonly suggestion: string | null };
const CHECK_AFTER_MS = 350;

/** Whether the address is free, said as it is typed. The last word is the server's, when the shop is made. */
function SlugCheck(props: { slug: string; onChoose: (slug: string) => void }): JSX.Element {
  const check = useSlugCheck(() => props.slug);
  return (
    <p class="small slug-check" role="status">
      <Show when={check()}>
        {(found) => (
          <>
            <span data-tone={found().isFree ? "ties" : "held"} class="mark">{found().isFree ? "✓ " : "! "}{found().text}</span>
            <Show when={found().suggestion}>
              {(suggestion) => <> <button type="button" class="plain" onClick={() => props.onChoose(suggestion())}>{words.use(suggestion())}</button></>}
            </Show>
          </>
        )}
      </Show>
    </p>
  );
}

function useSlugCheck(slug: () => string): () => Check | undefined {
  const [check, setCheck] = createSignal<Check>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const ask = async (asked: string, mine: number) => {
    const answer = await entryApi.slug(asked);
    // A check that failed says nothing: the shop can be asked for all the same.
    if (mine !== turn || !answer.ok) return;
    setCheck({ text: answer.value.problem ?? words.free, isFree: answer.value.isFree, suggestion: answer.value.isFree ? null : answer.value.suggestion });
  };
  createEffect(() => {
    const asked = slug();
    const mine = ++turn;
    clearTimeout(timer);
    setCheck(undefined);
    if (asked.length >= 2) timer = setTimeout(() => void ask(asked, mine), CHECK_AFTER_MS);
  });
  onCleanup(() => clearTimeout(timer));
  return check;
}

type ChoiceProps = { form: Form; name: string; label: string; options: readonly string[]; chosen: string; nameOf: (option: string) => string };

function Choice(props: ChoiceProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => (
        <select id={ids.id} name={props.name} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about}>
          <For each={props.options}>{(option) => <option value={option} selected={option === props.chosen}>{props.nameOf(option)}</option>}</For>
        </select>
      )}
    </Labelled>
  );
}
