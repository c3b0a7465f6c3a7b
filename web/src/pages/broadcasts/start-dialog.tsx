/** The last question before a list goes out. */
import type { JSX } from "solid-js";
import type { BroadcastPlan, DryRunView } from "../../../../src/features/broadcasts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, type Values } from "../../ui/form";
import { newKey } from "../../ui/new-key";
import { formWords } from "../../words";
import { broadcastsApi } from "./broadcasts-api";
import { costWords } from "./costs";
import { dryWords, startWords as words } from "./words";

type Props = { plan: BroadcastPlan; view: DryRunView; onStarted: (id: string, name: string) => void; onClose: () => void };

/** However often it is pressed, one list goes out: its key is the same for every attempt. */
export default function StartDialog(props: Props): JSX.Element {
  const form = createForm();
  const key = newKey();
  const { plan, view } = props;
  const start = (value: Values) => {
    const name = value("name").trim();
    void form.send(name === "" ? [{ field: "name", text: dryWords.noName }] : [], () => broadcastsApi.start({ ...plan, name, fingerprint: view.fingerprint, key }), ({ broadcast }) => props.onStarted(broadcast.id, broadcast.name));
  };
  return (
    <Dialog title={words.title(view.recipientCount)} onClose={() => props.onClose()}>
      <p>{words.about(costWords(view.costMicros))}</p>
      <p class="stays">{words.checked}</p>
      <FormBox form={form} submit={words.submit} busy={words.sending} onSubmit={start} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="name" label={dryWords.name} hint={dryWords.nameHint} autocomplete="off" />
      </FormBox>
    </Dialog>
  );
}
