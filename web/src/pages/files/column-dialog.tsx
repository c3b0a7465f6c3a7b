/** Says once what the columns of an unknown export hold, beside its first lines. */
import { createResource, createSignal, For, Show, type JSX } from "solid-js";
import type { CustomField, LayoutChange, UploadAnswer } from "../../../../src/features/files/contract";
import { useShop } from "../../ui/shop";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, Labelled, type Form, type Values } from "../../ui/form";
import { filesApi } from "./files-api";
import { datesOf, decimalsOf, previewOf, type Preview } from "./preview";
import { fieldWords, filesWords, mapperWords as words, partWords } from "./words";

type Unknown = Extract<UploadAnswer, { kind: "unknown_layout" }>;
type Props = { file: File; answer: Unknown; onSaved: () => void; onClose: () => void };

const FIELDS = Object.keys(fieldWords) as readonly CustomField[];
const AMOUNTS: readonly CustomField[] = ["gross", "price", "amount", "tax"];

/** What was guessed is chosen beforehand; what is shown of the file never leaves this browser. */
export function ColumnDialog(props: Props): JSX.Element {
  const form = createForm();
  const [preview] = createResource(() => props.file, previewOf);
  const save = (value: Values) => {
    const change = changeOf(props.answer, value);
    void form.send(change.name === "" ? [{ field: "name", text: words.nameMissing }] : [], async () => await filesApi.saveLayout(change), () => props.onSaved());
  };
  return (
    <Dialog class="broad" title={words.title(props.file.name)} onClose={() => props.onClose()}>
      <p class="small">{words.about}</p>
      <Show when={preview()}>
        {(preview) => (
          <>
            <FirstLines preview={preview()} />
            <FormBox form={form} submit={filesWords.save} onSubmit={save} beside={<button type="button" class="button" onClick={() => props.onClose()}>{filesWords.cancel}</button>}>
              <Field form={form} name="name" label={words.name} hint={words.nameHint} autocomplete="off" />
              <Columns form={form} answer={props.answer} preview={preview()} />
            </FormBox>
          </>
        )}
      </Show>
    </Dialog>
  );
}

/** The form as the server takes it. */
function changeOf({ headings }: Unknown, value: Values): LayoutChange {
  const columns = Object.fromEntries(FIELDS.map((field) => [field, value(field)]).filter(([, heading]) => heading !== ""));
  const tender = value("tenderName").trim();
  return {
    name: value("name").trim(), headings: [...headings], columns, part: value("part") as LayoutChange["part"], dates: value("dates") as LayoutChange["dates"],
    decimals: value("decimals") as LayoutChange["decimals"], tender: tender === "" ? null : tender, tipInAmount: value("tip-in-amount") === "on",
  };
}

function FirstLines(props: { preview: Preview }): JSX.Element {
  return (
    <div class="sideways" tabindex="0" role="group" aria-label={words.firstLines}>
      <table>
        <thead><tr><For each={props.preview.headings}>{(heading) => <th scope="col">{heading}</th>}</For></tr></thead>
        <tbody><For each={props.preview.rows}>{(row) => <tr><For each={row}>{(cell) => <td>{cell}</td>}</For></tr>}</For></tbody>
      </table>
    </div>
  );
}

type ColumnsProps = { form: Form; answer: Unknown; preview: Preview };

function Columns(props: ColumnsProps): JSX.Element {
  const shop = useShop();
  const normal = (heading: string) => heading.replaceAll(/\s+/g, " ").trim().toLowerCase();
  const [chosen, setChosen] = createSignal<Partial<Record<CustomField, string>>>(Object.fromEntries(Object.entries(props.answer.columns).map(([field, guess]) => (
    [field, props.answer.headings.find((heading) => normal(heading) === guess) ?? ""]
  ))));
  const samples = (field: CustomField) => {
    const at = props.preview.headings.indexOf(chosen()[field] ?? "");
    return at === -1 ? [] : props.preview.rows.map((row) => row[at] ?? "");
  };
  const dates = () => datesOf(samples("date")) ?? (shop.view().currency === "USD" ? "mdy" : "dmy");
  const decimals = () => decimalsOf(AMOUNTS.flatMap(samples)) ?? "point";
  return (
    <div class="columns">
      <For each={FIELDS}>
        {(field) => (
          <Labelled form={props.form} name={field} label={fieldWords[field]} hint={samples(field)[0] === undefined || samples(field)[0] === "" ? undefined : words.sample(samples(field)[0] ?? "")}>
            {(ids) => (
              <select id={ids.id} name={field} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onChange={(event) => setChosen((before) => ({ ...before, [field]: event.currentTarget.value }))}>
                <option value="">{words.nothing}</option>
                <For each={props.answer.headings}>{(heading) => <option value={heading} selected={heading === chosen()[field]}>{heading}</option>}</For>
              </select>
            )}
          </Labelled>
        )}
      </For>
      <Choice form={props.form} name="part" label={words.part} options={partWords} chosen="whole" />
      <Choice form={props.form} name="dates" label={words.dates} options={words.datesWords} chosen={dates()} />
      <Choice form={props.form} name="decimals" label={words.decimals} options={words.decimalsWords} chosen={decimals()} />
      <Show when={(chosen().tender ?? "") === ""}><Field form={props.form} name="tenderName" label={words.tender} hint={words.tenderHint} autocomplete="off" value="Card" /></Show>
      <label class="tick"><input type="checkbox" name="tip-in-amount" checked /> {words.tip}</label>
    </div>
  );
}

function Choice(props: { form: Form; name: string; label: string; options: Readonly<Record<string, string>>; chosen: string }): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => (
        <select id={ids.id} name={props.name}>
          <For each={Object.entries(props.options)}>{([value, word]) => <option value={value} selected={value === props.chosen}>{word}</option>}</For>
        </select>
      )}
    </Labelled>
  );
}
