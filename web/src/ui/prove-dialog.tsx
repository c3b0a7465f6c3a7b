/** The question for a fresh proof, above the page that needs it. */
import { type JSX } from "solid-js";
import { proveWords as words } from "../sign-in-words";
import { formWords } from "../words";
import { Dialog } from "./dialog";
import { ProveForm } from "./prove-form";

/** Settled once, with whether the person proved who they are. */
export default function ProveDialog(props: { onSettle: (isProved: boolean) => void }): JSX.Element {
  return (
    <Dialog title={words.title} onClose={() => props.onSettle(false)}>
      <p>{words.about}</p>
      <ProveForm
        onDone={() => props.onSettle(true)}
        beside={<button type="button" class="button" onClick={() => props.onSettle(false)}>{formWords.cancel}</button>}
      />
    </Dialog>
  );
}
