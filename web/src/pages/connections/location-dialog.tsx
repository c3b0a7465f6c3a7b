/** Chooses a location, or changes how its days are cut. */
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import type { LocationView } from "../../../../src/features/connections/contract";
import { shopApi, type Trouble } from "../../api";
import { cutOffWords, dateIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { changesCutOff, choiceOf, CUT_OFFS, draftOf, problemOfDraft, type Draft } from "./location";
import { locationWords as words } from "./words";

type Props = { location: LocationView; tillName: string; onClose: () => void; onSaved: () => void };

/** Stays open while anything is wrong. */
export function LocationDialog(props: Props): JSX.Element {
  const [draft, setDraft] = createSignal<Draft>(draftOf(props.location, dateIn(props.location.zone, Date.now())));
  const [hasTried, setTried] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const problem = (field: keyof Draft) => {
    const found = hasTried() ? problemOfDraft(props.location, draft()) : null;
    return found?.field === field ? found.text : undefined;
  };
  const send = async (choice: ReturnType<typeof choiceOf>, said: string) => {
    if (isBusy()) return;
    setBusy(true);
    const answer = await shopApi.chooseLocation(props.location.id, choice);
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.failure);
      return;
    }
    announce(said);
    props.onSaved();
    props.onClose();
  };
  const save = () => {
    setTried(true);
    if (problemOfDraft(props.location, draft()) === null) void send(choiceOf(props.location, draft()), words.saved(props.location.name));
  };
  const stop = () => void send({ startsOn: null, cutOffMinutes: props.location.cutOffMinutes }, words.stopped(props.location.name));
  const isNew = () => props.location.startsOn === null;
  return (
    <Dialog title={(isNew() ? words.chooseTitle : words.changeTitle)(props.location.name)} onClose={() => props.onClose()}>
      <form method="dialog" noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Fields location={props.location} tillName={props.tillName} draft={draft()} problem={problem} onChange={set} />
        <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <div class="dialog-actions">
          <Show when={!isNew()}><button type="button" class="button apart" title={words.stopHint} onClick={stop}>{words.stop}</button></Show>
          <button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>
          <button type="submit" class="button primary" aria-disabled={isBusy() ? "true" : undefined}>{isNew() ? words.keep : words.save}</button>
        </div>
      </form>
    </Dialog>
  );
}

type FieldsProps = { location: LocationView; tillName: string; draft: Draft; problem: (field: keyof Draft) => string | undefined; onChange: (change: Partial<Draft>) => void };

/** The day from which a new hour holds is asked for only where an hour is changed. */
function Fields(props: FieldsProps): JSX.Element {
  const tillsOwn = () => (props.location.tillCutOffMinutes === null ? "" : `${words.tillCutOff(props.tillName, cutOffWords(props.location.tillCutOffMinutes))} `);
  return (
    <>
      <Field label={words.startsOn} hint={words.startsHint} problem={props.problem("startsOn")}>
        {(field) => <input {...field} type="date" value={props.draft.startsOn} onInput={(event) => props.onChange({ startsOn: event.currentTarget.value })} />}
      </Field>
      <Field label={words.cutOff} hint={`${tillsOwn()}${words.cutOffHint}`}>
        {(field) => <CutOffSelect field={field} value={props.draft.cutOffMinutes} onChange={(cutOffMinutes) => props.onChange({ cutOffMinutes })} />}
      </Field>
      <Show when={changesCutOff(props.location, props.draft)}>
        <Field label={words.cutOffFrom} hint={words.cutOffFromHint} problem={props.problem("cutOffFrom")}>
          {(field) => <input {...field} type="date" value={props.draft.cutOffFrom} onInput={(event) => props.onChange({ cutOffFrom: event.currentTarget.value })} />}
        </Field>
      </Show>
      <Field label={words.codeLabel} hint={words.codeHint} problem={props.problem("code")}>
        {(field) => <input {...field} type="text" class="short" maxlength={3} autocomplete="off" value={props.draft.code} onInput={(event) => props.onChange({ code: event.currentTarget.value.toUpperCase() })} />}
      </Field>
    </>
  );
}

type FieldAttributes = { id: string; "aria-describedby": string; "aria-invalid": "true" | undefined };

function Field(props: { label: string; hint: string; problem?: string | undefined; children: (field: FieldAttributes) => JSX.Element }): JSX.Element {
  const id = createUniqueId();
  const field: FieldAttributes = { id, "aria-describedby": `${id}-hint`, get "aria-invalid"() { return props.problem === undefined ? undefined : "true" as const; } };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <p class="small" id={`${id}-hint`}><Show when={props.problem}><b class="wrong">{props.problem} </b></Show>{props.hint}</p>
      {props.children(field)}
    </div>
  );
}

/** Half hours to noon, and whatever odd minute a location already has. */
export function CutOffSelect(props: { field?: FieldAttributes; label?: string; value: number; onChange: (minutes: number) => void }): JSX.Element {
  const minutes = () => (CUT_OFFS.includes(props.value) ? CUT_OFFS : [...CUT_OFFS, props.value].sort((one, other) => one - other));
  return (
    <select {...props.field} aria-label={props.label} onChange={(event) => props.onChange(Number(event.currentTarget.value))}>
      <For each={minutes()}>{(each) => <option value={each} selected={each === props.value}>{cutOffWords(each)}</option>}</For>
    </select>
  );
}
