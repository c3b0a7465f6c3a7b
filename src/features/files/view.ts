/** Dropped files as the web app sees them. */
import type { DropView } from "./contract";
import type { DropRow } from "./store";

/** One dropped file; `droppedBy` is the name of whoever dropped it. */
export function toDropView(row: DropRow, droppedBy: string): DropView {
  const { id, name, layoutName, part, state, sizeBytes, rowCount, dayCount, summary, droppedAt } = row;
  return { id, name, layoutName, part, state, sizeBytes, rowCount, dayCount, summary, droppedBy, droppedAt };
}
