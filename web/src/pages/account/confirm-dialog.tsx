/** Asks before something is taken away, and does it. */
import type { JSX } from "solid-js";
import type { Answer } from "../../ask";
import { formWords } from "../../words";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox } from "../../ui/form";

type ConfirmProps<T> = { title: string; about: string; submit: string; act: () => Promise<Answer<T>>; onDone: (value: T) => void; onClose: () => void };

/** `onDone` with what the act gave, once it worked. */
export function ConfirmDialog<T>(props: ConfirmProps<T>): JSX.Element {
  const form = createForm();
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.about}</p>
      <FormBox
        form={form} submit={props.submit} onSubmit={() => void form.send([], () => props.act(), (value) => props.onDone(value))}
        beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
      >
        {null}
      </FormBox>
    </Dialog>
  );
}
