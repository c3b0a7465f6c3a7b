/** Makes a member an owner, and perhaps steps down oneself. */
import { createSignal, type JSX } from "solid-js";
import type { MemberView } from "../../../../src/features/team/contract";
import { teamApi } from "../../team-api";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox } from "../../ui/form";
import { formWords } from "../../words";
import { teamWords as words } from "./words";

/** Leads to a proof first where the last one is too old. */
export function OwnerDialog(props: { member: MemberView; onDone: () => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const [stepsDown, setStepsDown] = createSignal(false);
  const give = () => form.send([], () => teamApi.transfer(props.member.person, stepsDown()), () => props.onDone());
  return (
    <Dialog title={words.ownerTitle(props.member.name)} onClose={() => props.onClose()}>
      <p>{words.ownerText(props.member.name)}</p>
      <FormBox form={form} submit={words.ownerNow} onSubmit={() => void give()} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <div class="field"><label class="tick"><input type="checkbox" checked={stepsDown()} onChange={(event) => setStepsDown(event.currentTarget.checked)} /> {words.stepDown}</label></div>
      </FormBox>
    </Dialog>
  );
}
