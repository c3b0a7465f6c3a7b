/** The addresses that are pasted into Twilio. */
import { createSignal, type JSX } from "solid-js";
import type { LineView } from "../../../../src/features/text-line/contract";
import { copyText } from "../documents/copy";
import { hookWords as words } from "./words";

/** One after the other, each with where it goes. */
export function Hooks(props: { hooks: NonNullable<LineView["hooks"]> }): JSX.Element {
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="small">{words.first}</p>
      <div class="stack">
        <Hook label={words.arrived} where={words.arrivedWhere} address={props.hooks.arrived} />
        <Hook label={words.status} where={words.statusWhere} address={props.hooks.status} />
      </div>
    </section>
  );
}

function Hook(props: { label: string; where: string; address: string }): JSX.Element {
  let code: HTMLElement | undefined;
  const [said, setSaid] = createSignal("");
  const copy = async () => {
    const isCopied = await copyText(props.address);
    if (!isCopied && code !== undefined) getSelection()?.selectAllChildren(code);
    setSaid(isCopied ? words.copied : words.byHand);
  };
  return (
    <div class="hook">
      <h3>{props.label}</h3>
      <p class="small">{props.where}</p>
      <p class="hook-address"><code ref={(made) => (code = made)}>{props.address}</code><button type="button" class="button" onClick={() => void copy()}>{words.copy}<span class="unseen">: {props.label}</span></button></p>
      <p class="small" role="status">{said()}</p>
    </div>
  );
}
