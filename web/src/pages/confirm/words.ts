/** What confirming for another page says. */
export const confirmWords = {
  title: "Please confirm that it is you",
  about: (site: string) => `What you are about to do at ${site} changes who can get in or what they may do. Confirm once more, then do it again there; it holds for ten minutes.`,
  alone: "It holds for ten minutes.",
  done: "Thank you. It holds for ten minutes.",
  cancel: "Not now",
  shops: "Your shops",
} as const;
