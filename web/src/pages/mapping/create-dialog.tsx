/** Creates an account in the books for one line. */
import { createSignal, createUniqueId, Show, type JSX } from "solid-js";
import type { MappingLine } from "../../../../src/features/mapping/contract";
import type { Answer, Trouble } from "../../api";
import { Dialog } from "../../ui/dialog";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { mappingWords as words } from "./words";

type Props = { line: MappingLine; typed: string; books: string; onCreate: (name: string) => Promise<Answer<object>>; onClose: () => void };

/** Starts with what was typed, or with the name that such a line usually has. */
export function CreateDialog(props: Props): JSX.Element {
  const id = createUniqueId();
  const [name, setName] = createSignal(props.typed === "" ? props.line.label : props.typed);
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const create = async () => {
    if (isBusy() || name().trim() === "") return;
    setBusy(true);
    const answer = await props.onCreate(name().trim());
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.failure);
      return;
    }
    announce(words.created(name().trim()));
    props.onClose();
  };
  return (
    <Dialog title={words.createTitle(props.books)} onClose={() => props.onClose()}>
      <form method="dialog" onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <p>{words.createText(props.line.label)}</p>
        <div class="field">
          <label for={id}>{words.createName}</label>
          <input id={id} type="text" maxlength={100} required autofocus value={name()} onInput={(event) => setName(event.currentTarget.value)} />
        </div>
        <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>
          <button type="submit" class="button primary" aria-disabled={isBusy() ? "true" : undefined}>{words.createNow}</button>
        </div>
      </form>
    </Dialog>
  );
}
