/** What the page of documents showed last, for the way from one document to the next. Gone with the tab. */
import { createSignal } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";

export const [lastShown, setLastShown] = createSignal<readonly DocumentItem[]>([]);
