/** When a document ends, with a glyph and words. */
import { Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { expiryOf } from "./expiry";

/** Nothing for what never expires. */
export function Expiry(props: { document: Pick<DocumentItem, "expiresOn">; today: string }): JSX.Element {
  return (
    <Show when={expiryOf(props.document.expiresOn, props.today)}>
      {(expiry) => <span class="mark expiry" data-tone={expiry().tone}><Show when={expiry().glyph !== ""}><span aria-hidden="true">{expiry().glyph} </span></Show>{expiry().text}</span>}
    </Show>
  );
}
