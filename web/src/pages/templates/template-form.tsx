/** The form of a template. What is typed is kept as it is typed, so that the preview beside it follows. */
import { For, Show, type JSX } from "solid-js";
import { CHANNELS, KINDS } from "./choices";
import type { TemplateChange, TemplatesView, TemplateView } from "../../../../src/features/messages/contract";
import { createForm, FormBox, Labelled, type Form } from "../../ui/form";
import { LONGEST_TEXT } from "../inbox/before-sending";
import { templatesApi } from "../inbox/templates-api";
import { problemsOf, trimmed, withField } from "./drafts";
import { channelWords, editWords as words, kindWords } from "./words";

type Props = { id: string | null; draft: TemplateChange; fields: TemplatesView["fields"]; onDraft: (change: Partial<TemplateChange>) => void; onSaved: (template: TemplateView) => void };

/** Saves on top of the version that was seen. */
export function TemplateForm(props: Props): JSX.Element {
  const form = createForm();
  const save = () => form.send(problemsOf(trimmed(props.draft)), () => templatesApi.save(props.id, trimmed(props.draft)), ({ template }) => props.onSaved(template));
  return (
    <section>
      <FormBox form={form} submit={words.save} onSubmit={() => void save()}>
        <Line form={form} name="name" label={words.name} hint={words.nameHint} value={props.draft.name} most={60} onText={(name) => props.onDraft({ name })} />
        <div class="fields two">
          <Select form={form} name="channel" label={words.channel} options={CHANNELS.map((one) => [one, channelWords[one]])} chosen={props.draft.channel} onPick={(value) => props.onDraft({ channel: CHANNELS.find((one) => one === value) ?? "text" })} />
          <Select form={form} name="kind" label={words.kind} options={KINDS.map((one) => [one, kindWords[one]])} chosen={props.draft.kind} onPick={(value) => props.onDraft({ kind: KINDS.find((one) => one === value) ?? "other" })} />
        </div>
        <Show when={props.draft.channel === "email"}><Line form={form} name="subject" label={words.subject} value={props.draft.subject} most={160} onText={(subject) => props.onDraft({ subject })} /></Show>
        <Body form={form} draft={props.draft} fields={props.fields} onText={(body) => props.onDraft({ body })} />
      </FormBox>
    </section>
  );
}

function Body(props: { form: Form; draft: TemplateChange; fields: TemplatesView["fields"]; onText: (body: string) => void }): JSX.Element {
  let area: HTMLTextAreaElement | undefined;
  const put = (field: string) => {
    if (area === undefined) return;
    const { text, caret } = withField(area.value, field, area.selectionStart, area.selectionEnd);
    props.onText(text);
    area.focus();
    area.setSelectionRange(caret, caret);
  };
  return (
    <>
      <Labelled form={props.form} name="body" label={words.body}>
        {(ids) => (
          <textarea
            id={ids.id} name="body" ref={(made) => (area = made)} rows="7" maxlength={props.draft.channel === "text" ? LONGEST_TEXT : 10_000} value={props.draft.body}
            aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => props.onText(event.currentTarget.value.replaceAll("\r\n", "\n"))}
          />
        )}
      </Labelled>
      <fieldset class="field-buttons">
        <legend class="small">{words.fields}</legend>
        <For each={props.fields}>{({ field, means }) => <button type="button" class="chip" aria-label={words.field(means)} onClick={() => put(field)}>{means}</button>}</For>
      </fieldset>
      <p class="small">{words.fieldsHint}</p>
    </>
  );
}

type LineProps = { form: Form; name: string; label: string; hint?: string; value: string; most: number; onText: (typed: string) => void };

function Line(props: LineProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label} hint={props.hint}>
      {(ids) => (
        <input id={ids.id} name={props.name} type="text" autocomplete="off" maxlength={props.most} value={props.value}
          aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => props.onText(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

type SelectProps = { form: Form; name: string; label: string; options: readonly (readonly [string, string])[]; chosen: string; onPick: (value: string) => void };

function Select(props: SelectProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => (
        <select id={ids.id} name={props.name} aria-describedby={ids.about} onChange={(event) => props.onPick(event.currentTarget.value)}>
          <For each={props.options}>{([value, word]) => <option value={value} selected={value === props.chosen}>{word}</option>}</For>
        </select>
      )}
    </Labelled>
  );
}
