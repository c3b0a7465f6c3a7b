/** The form of a template. What is typed is kept as it is typed, so that the paper beside it follows. */
import { createMemo, For, Show, type JSX } from "solid-js";
import type { TemplateChange, TemplateView } from "../../../../src/features/certificates/contract";
import { createForm, FormBox, Labelled, type Form, type FormProblem } from "../../ui/form";
import { createLive } from "../../ui/live";
import { certificatesApi } from "./certificates-api";
import { formWords as words } from "./words";

type FormProps = { id: string | null; draft: TemplateChange; onDraft: (change: Partial<TemplateChange>) => void; onSaved: (template: TemplateView) => void };

/** Saves on top of the version that was seen. */
export function TemplateForm(props: FormProps): JSX.Element {
  const form = createForm();
  const trimmed = (): TemplateChange => ({ ...props.draft, name: props.draft.name.trim(), title: props.draft.title.trim(), statement: props.draft.statement.trim(), terms: props.draft.terms.trim() });
  const save = () => form.send(problemsOf(trimmed()), () => certificatesApi.saveTemplate(props.id, trimmed()), ({ template }) => props.onSaved(template));
  const text = (field: "name" | "title" | "statement" | "terms") => (typed: string) => props.onDraft({ [field]: typed.replaceAll("\r\n", "\n") });
  return (
    <section>
      <FormBox form={form} submit={words.save} onSubmit={() => void save()}>
        <Line form={form} name="name" label={words.name} hint={words.nameHint} value={props.draft.name} most={60} onText={text("name")} />
        <Line form={form} name="title" label={words.heading} value={props.draft.title} most={80} onText={text("title")} />
        <Lines form={form} name="statement" label={words.statement} value={props.draft.statement} most={400} rows={3} onText={text("statement")} />
        <Lines form={form} name="terms" label={words.terms} hint={words.termsHint} value={props.draft.terms} most={4_000} rows={10} onText={text("terms")} />
        <Line form={form} name="numberPrefix" label={words.prefix} hint={words.prefixHint} value={props.draft.numberPrefix} most={12} onText={(typed) => props.onDraft({ numberPrefix: typed.toUpperCase() })} />
        <Line form={form} name="nextNumber" label={words.next} hint={words.nextHint} value={whole(props.draft.nextNumber)} most={7} isNumber onText={(typed) => props.onDraft({ nextNumber: figures(typed) ?? 0 })} />
        <Line form={form} name="validMonths" label={words.months} hint={words.monthsHint} value={whole(props.draft.validMonths)} most={4} isNumber onText={(typed) => props.onDraft({ validMonths: figures(typed) })} />
        <LogoChoice form={form} chosen={props.draft.logoDocumentId} onChoose={(logoDocumentId) => props.onDraft({ logoDocumentId })} />
      </FormBox>
    </section>
  );
}

function problemsOf({ name, title, numberPrefix, nextNumber, validMonths }: TemplateChange): FormProblem[] {
  const wrong = (isWrong: boolean, field: string, text: string) => (isWrong ? [{ field, text }] : []);
  return [
    ...wrong(name === "", "name", words.noName), ...wrong(title === "", "title", words.noHeading), ...wrong(!/^(?:[A-Z0-9-]{0,11}[A-Z-])?$/.test(numberPrefix), "numberPrefix", words.badPrefix),
    ...wrong(nextNumber < 1, "nextNumber", words.badNext), ...wrong(validMonths !== null && (validMonths < 1 || validMonths > 1_200), "validMonths", words.badMonths),
  ];
}

/** The number that was typed, or null for none; letters are not counted. */
function figures(typed: string): number | null {
  const digits = typed.replace(/\D/g, "").slice(0, 7);
  return digits === "" ? null : Number(digits);
}

function whole(number: number | null): string {
  return number === null || number === 0 ? "" : String(number);
}

type LineProps = { form: Form; name: string; label: string; hint?: string; value: string; most: number; isNumber?: boolean; onText: (typed: string) => void };

function Line(props: LineProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label} hint={props.hint}>
      {(ids) => (
        <input id={ids.id} name={props.name} type="text" autocomplete="off" inputmode={props.isNumber ? "numeric" : undefined} maxlength={props.most} value={props.value}
          aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => props.onText(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

function Lines(props: Omit<LineProps, "isNumber"> & { rows: number }): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label} hint={props.hint}>
      {(ids) => (
        <textarea id={ids.id} name={props.name} rows={props.rows} maxlength={props.most} value={props.value}
          aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => props.onText(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

/** Pictures that are called a logo; the one that is chosen stays to be chosen, whatever it is called by now. */
function LogoChoice(props: { form: Form; chosen: string | null; onChoose: (id: string | null) => void }): JSX.Element {
  const live = createLive({ key: () => "logos", ask: certificatesApi.logos });
  const logos = createMemo(() => (live.value()?.documents ?? []).filter(({ mediaType }) => mediaType === "image/jpeg" || mediaType === "image/png"));
  const isUnlisted = () => props.chosen !== null && !logos().some(({ id }) => id === props.chosen);
  return (
    <Labelled form={props.form} name="logoDocumentId" label={words.logo} hint={words.logoHint}>
      {(ids) => (
        <select id={ids.id} name="logoDocumentId" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onChange={(event) => props.onChoose(event.currentTarget.value || null)}>
          <option value="" selected={props.chosen === null}>{words.noLogo}</option>
          <Show when={isUnlisted()}><option value={props.chosen ?? ""} selected>{words.sameLogo}</option></Show>
          <For each={logos()}>{(one) => <option value={one.id} selected={one.id === props.chosen}>{one.title}</option>}</For>
        </select>
      )}
    </Labelled>
  );
}
