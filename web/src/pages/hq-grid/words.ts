/** What the grid of shops and days says. */
import { count } from "../../ui/format";

export const gridWords = {
  title: "Days of all shops",
  aboutNone: "The last 31 days of every shop, those that need most first.",
  about: (shops: number) => `The last 31 days of ${count(shops, "shop")}, those that need most first. Opening this page is written into each shop's audit log.`,
  all: (shops: number) => `All ${shops}`,
  filters: "Shops that have days that are",
  find: "Find a shop",
  shop: "Shop",
  grid: "Shops and their last 31 days; arrow keys move, Enter opens",
  noneTitle: "No shop belongs here yet",
  noneText: "Ask a shop to join, or wait for one that asks. It joins once both sides have agreed.",
  noneLink: "Go to shops",
  noneInFilter: "No shop is like that.",
  showAll: "Show all shops",
  well: "Nothing waits",
  problems: {
    second_factor_needed: "Asks for a second factor that you have not shown.",
    not_permitted: "Your role does not show this shop.",
    failed: "Could not be read just now.",
  },
  showFactor: "Show it now",
  cell: (shop: string, date: string, state: string) => `${shop}, ${date}: ${state}`,
  share: (many: number, of: number, word: string) => (of === 1 ? word : `${many} of ${of} ${word.toLowerCase()}`),
  refresh: "Refresh",
} as const;

export const bulkWords = {
  retry: (shops: number, days: number) => `Retry ${count(days, "stopped day")} in ${count(shops, "shop")}…`,
  post: (shops: number, days: number) => `Post ${count(days, "ready day")} in ${count(shops, "shop")}…`,
  titles: { retry: "Try stopped days again", post: "Post ready days" },
  about: {
    retry: "Every held or failed day of these shops is read and tried once more. Each try is written into its shop's log in your name.",
    post: "Every ready day of these shops goes to its books as it stands now. Each is written into its shop's log in your name.",
  },
  start: { retry: "Try again", post: "Post" },
  shops: "Shops", outcomes: "What came of it",
  cancel: "Cancel",
  close: "Done",
  stop: "Stop after this shop",
  progress: (done: number, all: number) => `${done} of ${count(all, "shop")}`,
  wellOf: { retry: (done: number, of: number) => `${done} of ${count(of, "day")} under way`, post: (done: number, of: number) => `${done} of ${count(of, "day")} on the way to the books` },
  nothing: "Nothing was waiting any more",
  left: (days: number) => `${count(days, "day")} left for another press`,
  finished: "The grid shows what becomes of them; refresh it in a minute.",
} as const;
