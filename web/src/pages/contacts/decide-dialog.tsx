/** Decides what somebody meant who may have said stop, with the reason that is kept. */
import { Show, type JSX } from "solid-js";
import type { HeldDecision } from "../../../../src/features/consent/contract";
import type { LedgerLine } from "../../../../src/features/contacts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type Values } from "../../ui/form";
import { formWords } from "../../words";
import { consentApi } from "./consent-api";
import { Said } from "./consent-fields";
import { decideWords as words } from "./words";

type Props = { name: string; held: Pick<LedgerLine, "id" | "words">; decision: HeldDecision["decision"]; onDecided: () => void; onClose: () => void };

/** One decision at a time, so that nobody lifts a hold by a slip. */
export default function DecideDialog(props: Props): JSX.Element {
  const form = createForm();
  // What was read is decided about, while the page may learn of something newer.
  const { id, words: said } = props.held;
  const isStop = () => props.decision === "opted_out";
  const decide = (value: Values) => {
    const note = value("note").trim();
    void form.send(note === "" ? [{ field: "note", text: words.noNote }] : [], () => consentApi.decide(id, { decision: props.decision, note }), () => props.onDecided());
  };
  return (
    <Dialog title={isStop() ? words.stopTitle(props.name) : words.noStopTitle(props.name)} onClose={() => props.onClose()}>
      <Show when={(said ?? "") !== ""}><blockquote class="quoted">{said}</blockquote></Show>
      <p>{isStop() ? words.stopAbout : words.noStopAbout}</p>
      <FormBox form={form} submit={isStop() ? words.stopNow : words.noStopNow} onSubmit={decide} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Said form={form} label={words.note} hint={words.noteHint} />
      </FormBox>
    </Dialog>
  );
}
