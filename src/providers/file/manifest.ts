/** The till that is nowhere else but here: export files of any till, dropped on a page. Nobody is called for it. */
import type { LocalProvider } from "../contract";

export const file: LocalProvider = {
  manifest: { id: "file", name: "Files from any till", role: "till", entryUrl: null, isLocal: true },
};
