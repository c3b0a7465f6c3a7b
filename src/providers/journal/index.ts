/** Daybook's own journal: books for a shop without accounting software. What keeps them is the feature `journal`. */
import type { LocalProvider } from "../contract";

export const journal: LocalProvider & { readonly manifest: { readonly id: "journal"; readonly role: "books" } } = {
  manifest: { id: "journal", name: "Daybook's own journal", role: "books", entryUrl: null, isLocal: true },
};
