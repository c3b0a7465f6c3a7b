/** Recovery codes, shown this once: to be copied, printed or written down. */
import { createSignal, For, type JSX } from "solid-js";
import { Dialog } from "../../ui/dialog";
import { securityWords as words } from "./words";

/** Stays until the person says that they have kept them. */
export function CodesDialog(props: { codes: readonly string[]; onClose: () => void }): JSX.Element {
  const [said, setSaid] = createSignal("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.codes.join("\n"));
      setSaid(words.copied);
    } catch {
      setSaid(words.notCopied);
    }
  };
  return (
    <Dialog title={words.keepTitle} class="codes" onClose={() => setSaid(words.keep)}>
      <p>{words.keep}</p>
      <ol class="code-list"><For each={props.codes}>{(code) => <li><code>{code}</code></li>}</For></ol>
      <p class="small" role="status">{said()}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => void copy()}>{words.copy}</button>
        <button type="button" class="button" onClick={() => print()}>{words.print}</button>
        <button type="button" class="button primary" onClick={() => props.onClose()}>{words.kept}</button>
      </div>
    </Dialog>
  );
}
