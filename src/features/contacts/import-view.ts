/** A file of contacts as the web app sees it. */
import type { ImportView } from "./contract";
import type { ImportTableRow } from "./store";

/** How far a file is. */
export function viewOf({ id, preview, rowCount, doneCount, partCount, nextPart, expiresAt }: Omit<ImportTableRow, "shopId">): ImportView {
  const state = nextPart >= partCount ? "done" : nextPart === 0 ? "ready" : "running";
  return { id, state, preview, rows: rowCount, done: doneCount, expiresAt };
}
