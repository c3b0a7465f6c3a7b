/** What is said of how documents are kept. */

export const keepWords = {
  title: "How documents are kept",
  seals: "Seal new documents with the shop’s own key",
  sealsHint: "They cannot be read without it, not even by whoever holds the storage. Those that are filed already stay as they are.",
  saved: (seals: boolean) => (seals ? "New documents are sealed from now on." : "New documents are no longer sealed."),
  voidAll: "Void every link…",
  voidAllTitle: "Void every link of this shop?",
  voidAllText: "Every link that was ever given to somebody outside stops working at once, for all documents. New links can be made afterwards. This cannot be undone.",
  voidAllNow: "Void every link",
  voidedAll: "No link that was given so far works any longer.",
} as const;
