/** What a file holds and would change, before anything does. */
import { For, Show, type JSX } from "solid-js";
import type { ImportField, Preview } from "../../../../src/features/contacts/contract";
import { useShop } from "../../ui/shop";
import type { Importing } from "./importing";
import { importFieldWords, importWords as words } from "./import-words";

const FIELDS = Object.entries(importFieldWords) as readonly (readonly [ImportField, string])[];

/** As the headings were recognised; said otherwise, the file is looked through again. */
export function Columns(props: { importing: Importing; preview: Preview }): JSX.Element {
  let form: HTMLFormElement | undefined;
  const shop = useShop();
  const order = () => (shop.view().currency === "USD" ? "mdy" : "dmy");
  const again = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(form);
    const chosen = FIELDS.flatMap(([field]) => {
      const heading = data.get(field);
      return typeof heading === "string" && heading !== "" ? [[field, heading] as const] : [];
    });
    void props.importing.setColumns(Object.fromEntries(chosen), data.get("dates") === "dmy" ? "dmy" : "mdy");
  };
  return (
    <section>
      <h2>{words.columns}</h2>
      <form ref={(made) => (form = made)} onSubmit={again}>
        <div class="import-columns">
          <For each={FIELDS}>
            {([field, word]) => (
              <label class="field">
                <span>{word}</span>
                <select name={field}>
                  <option value="">{words.nothing}</option>
                  <For each={props.preview.headings}>{(heading) => <option value={heading} selected={props.preview.columns[field] === heading}>{heading}</option>}</For>
                </select>
              </label>
            )}
          </For>
          <label class="field">
            <span>{words.dates}</span>
            <select name="dates"><For each={["mdy", "dmy"] as const}>{(way) => <option value={way} selected={way === order()}>{words.dateWays[way]}</option>}</For></select>
          </label>
        </div>
        <p class="buttons"><button type="submit" class="button" aria-disabled={props.importing.isBusy() ? "true" : undefined}>{words.again}</button></p>
      </form>
    </section>
  );
}

export function Would(props: { counts: Preview["counts"] }): JSX.Element {
  return (
    <section>
      <h2>{words.would}</h2>
      <dl class="facts wide"><For each={words.counts(props.counts)}>{([name, many]) => <div><dt>{name}</dt><dd>{many}</dd></div>}</For></dl>
    </section>
  );
}

/** By their line in the file. */
export function Problems(props: { problems: Preview["problems"]; refused: number }): JSX.Element {
  const isRefused = (one: Preview["problems"][number]) => (one.isRefused ? { tone: "failed", glyph: "!", word: words.leftOut } : { tone: "held", glyph: "◐", word: words.takenWithout });
  return (
    <Show when={props.problems.length > 0}>
      <section>
        <h2>{words.problems(Math.max(props.refused, props.problems.length))}</h2>
        <p class="small">{words.problemsNext}</p>
        <div class="bad-rows" tabindex="0" role="group" aria-label={words.problems(props.problems.length)}>
          <table class="ledger">
            <thead><tr><th scope="col">{words.line}</th><th scope="col">{words.why}</th></tr></thead>
            <tbody><For each={props.problems}>{(one) => <tr><th scope="row">{one.line}</th><td>{one.message} <span class="mark" data-tone={isRefused(one).tone}><span aria-hidden="true">{isRefused(one).glyph} </span>{isRefused(one).word}</span></td></tr>}</For></tbody>
          </table>
        </div>
      </section>
    </Show>
  );
}
