/** The fields by which something is noted that somebody said. */
import { For, type JSX } from "solid-js";
import { Labelled, type Form } from "../../ui/form";

type ChoiceProps = { form: Form; name: string; label: string; options: readonly (readonly [string, string])[]; chosen: string };

export function Choice(props: ChoiceProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => <select id={ids.id} name={props.name} aria-describedby={ids.about}><For each={props.options}>{([value, word]) => <option value={value} selected={value === props.chosen}>{word}</option>}</For></select>}
    </Labelled>
  );
}

/** Their words, as what shows it. */
export function Said(props: { form: Form; label: string; hint: string }): JSX.Element {
  return (
    <Labelled form={props.form} name="note" label={props.label} hint={props.hint}>
      {(ids) => <textarea id={ids.id} name="note" rows="3" maxlength="1000" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} />}
    </Labelled>
  );
}

export function Day(props: { form: Form; label: string; value: string }): JSX.Element {
  return (
    <Labelled form={props.form} name="date" label={props.label}>
      {(ids) => <input id={ids.id} name="date" type="date" value={props.value} max={props.value} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} />}
    </Labelled>
  );
}

export function Time(props: { form: Form; label: string; value: string }): JSX.Element {
  return (
    <Labelled form={props.form} name="time" label={props.label}>
      {(ids) => <input id={ids.id} name="time" type="time" value={props.value} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} />}
    </Labelled>
  );
}
