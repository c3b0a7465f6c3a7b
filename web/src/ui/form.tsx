/** Forms of one or two fields. What is wrong is said once at the top, takes the focus, and leads to its field. */
import { createSignal, createUniqueId, For, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { Answer, Trouble } from "../ask";
import { formWords as words } from "../words";

export type FormProblem = { readonly field: string; readonly text: string };
/** What stands in a field, read when the form is sent: a password manager may fill one without an event. */
export type Values = (field: string) => string;

export type Form = {
  /** Begins the ids of this form's fields, so that a dialog above a page repeats none. */
  readonly id: string;
  readonly problems: Accessor<readonly FormProblem[]>;
  readonly trouble: Accessor<Trouble | undefined>;
  readonly isBusy: Accessor<boolean>;
  readonly setSummary: (element: HTMLElement) => void;
  /** Sends unless something is missing or the last sending is under way; shows what was refused. True when it worked. */
  readonly send: <T>(problems: readonly FormProblem[], act: () => Promise<Answer<T>>, done: (value: T) => unknown) => Promise<boolean>;
};

/** A form's state. The fields' values stay in the fields. */
export function createForm(): Form {
  const [problems, setProblems] = createSignal<readonly FormProblem[]>([]);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isBusy, setBusy] = createSignal(false);
  let summary: HTMLElement | undefined;
  const show = (found: readonly FormProblem[], failure?: Trouble) => {
    setProblems(found);
    setTrouble(() => failure);
    if (found.length > 0 || failure !== undefined) summary?.focus();
  };
  const send: Form["send"] = async (found, act, done) => {
    if (isBusy()) return false;
    show(found);
    if (found.length > 0) return false;
    setBusy(true);
    const answer = await act();
    if (answer.ok) await done(answer.value);
    setBusy(false);
    if (!answer.ok) show(answer.failure.fields.map(({ path, message }) => ({ field: path.split(".").at(-1) ?? path, text: message })), answer.failure);
    return answer.ok;
  };
  return { id: createUniqueId(), problems, trouble, isBusy, send, setSummary: (element) => (summary = element) };
}

type FormBoxProps = {
  form: Form;
  submit: string;
  /** For a form beside the one that most people use: one primary action a screen. */
  isQuiet?: boolean;
  busy?: string;
  /** Beside the button, such as "Cancel". */
  beside?: JSX.Element;
  /** False for a form among others on a page. */
  takesFocus?: boolean;
  onSubmit: (values: Values) => void;
  children: JSX.Element;
};

/** The summary, the fields, and the one button. The first field takes the focus when the form appears, unless told not to. */
export function FormBox(props: FormBoxProps): JSX.Element {
  let element: HTMLFormElement | undefined;
  onMount(() => {
    if (props.takesFocus !== false) element?.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(element);
    props.onSubmit((field) => {
      const value = data.get(field);
      return typeof value === "string" ? value : "";
    });
  };
  return (
    <>
      <Summary form={props.form} />
      <form ref={(made) => (element = made)} noValidate onSubmit={submit}>
        {props.children}
        <div class="form-acts">
          <button type="submit" class={props.isQuiet ? "button" : "button primary"} aria-disabled={props.form.isBusy() ? "true" : undefined}>{props.form.isBusy() ? (props.busy ?? words.busy) : props.submit}</button>
          {props.beside}
        </div>
      </form>
    </>
  );
}

function Summary(props: { form: Form }): JSX.Element {
  return (
    <div ref={(made) => props.form.setSummary(made)} tabindex="-1" role="alert" class="summary">
      <Show when={props.form.trouble()} fallback={<Show when={props.form.problems().length > 0}><h2>{words.mend}</h2></Show>}>
        {(trouble) => <><h2>{trouble().title}</h2><p>{trouble().next}</p></>}
      </Show>
      <Show when={props.form.problems().length > 0}>
        <ul><For each={props.form.problems()}>{(one) => <li><a href={`#${props.form.id}-${one.field}`} rel="external">{one.text}</a></li>}</For></ul>
      </Show>
    </div>
  );
}

type LabelledProps = { form: Form; name: string; label: string; hint?: JSX.Element; children: (ids: { id: string; wrong: boolean; about: string | undefined }) => JSX.Element };

/** A label, what it is for, what is wrong with it, and the control. The message has the words of the summary. */
export function Labelled(props: LabelledProps): JSX.Element {
  const id = () => `${props.form.id}-${props.name}`;
  const problem = () => props.form.problems().find((one) => one.field === props.name)?.text;
  const about = () => [problem() === undefined ? "" : `${id()}-wrong`, props.hint === undefined ? "" : `${id()}-hint`].join(" ").trim() || undefined;
  return (
    <div class="field">
      <label for={id()}>{props.label}</label>
      <Show when={props.hint}><p class="small" id={`${id()}-hint`}>{props.hint}</p></Show>
      <Show when={problem()}>{(text) => <p class="wrong" id={`${id()}-wrong`}>{text()}</p>}</Show>
      {props.children({ get id() { return id(); }, get wrong() { return problem() !== undefined; }, get about() { return about(); } })}
    </div>
  );
}

type FieldProps = {
  form: Form;
  name: string;
  label: string;
  hint?: JSX.Element;
  type?: "text" | "email" | "password";
  autocomplete: string;
  inputmode?: "numeric" | "email";
  value?: string | undefined;
  isCode?: boolean;
  onInput?: (text: string) => void;
};

/** One line of text. */
export function Field(props: FieldProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label} hint={props.hint}>
      {(ids) => (
        <input
          id={ids.id} name={props.name} type={props.type ?? "text"} autocomplete={props.autocomplete} inputmode={props.inputmode} value={props.value ?? ""}
          class={props.isCode ? "code" : undefined} spellcheck={false} autocapitalize="none" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about}
          onInput={(event) => props.onInput?.(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}
