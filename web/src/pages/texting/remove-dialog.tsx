/** Removes the number, once it is typed. What stays is said first. */
import type { JSX } from "solid-js";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, type Values } from "../../ui/form";
import { phoneWords } from "../../ui/phone";
import { formWords } from "../../words";
import { textingApi } from "./texting-api";
import { removeWords as words } from "./words";

/** `onRemoved` once texting has ended. */
export default function RemoveDialog(props: { number: string; version: number; onRemoved: () => Promise<void>; onClose: () => void }): JSX.Element {
  const form = createForm();
  // What was read is removed, while the page may learn of another.
  const { number, version } = props;
  const remove = (value: Values) => {
    const isTyped = value("typed").replaceAll(/[^\d+]/g, "") === number;
    void form.send(isTyped ? [] : [{ field: "typed", text: words.wrong(phoneWords(number)) }], () => textingApi.remove(version), props.onRemoved);
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <p class="stays">{words.stays}</p>
      <FormBox form={form} submit={words.submit} onSubmit={remove} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="typed" label={words.label(phoneWords(number))} autocomplete="off" />
      </FormBox>
    </Dialog>
  );
}
