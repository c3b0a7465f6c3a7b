/** What the set-up says. */
import type { Step } from "./steps";

export const setUpWords = {
  title: "Set-up",
  about: (done: number) => (done === 5 ? "All done. From here on Daybook works at night." : `${done} of 5 steps done. Leave at any time; it goes on where you stopped.`),
  done: "Done",
  now: "Now",
  later: "Later",
  kept: (names: string) => `Kept: ${names}`,
  chooseHint: "Sales after midnight but before the closing hour belong to the evening before.",
  from: "First day to keep",
  closesAt: (name: string) => `${name} closes at`,
  start: "Keep these",
  none: "Choose at least one location.",
  readFirst: "Read yesterday",
  addLocations: "Add your locations",
  dropFirstText: "The lines of your till are known once its files of one day were dropped.",
  dropFirst: "Drop files",
  readFirstText: "Daybook reads one day to learn what your till calls things. Nothing is posted.",
  reading: "Reading the first day…",
  toMapping: (lines: number) => (lines === 1 ? "Choose the missing account" : `Choose ${lines} accounts`),
  mappingText: "Most accounts are suggested with a reason. Enter accepts.",
  preview: (date: string) => `Look at ${date}`,
  previewText: "See the exact debits and credits before anything is posted. Then post this one day, and look at it in your books.",
  noDay: "As soon as the first day is ready, it can be looked at here.",
  toDays: "Go to your days",
} as const;

export const stepWords: Record<Step, { readonly name: string; readonly about: string }> = {
  till: { name: "Connect your till", about: "Read only: Daybook never changes anything there." },
  books: { name: "Connect your books", about: "So that each day can become one journal entry." },
  locations: { name: "Choose locations", about: "Which ones, from which day on, and when their day closes." },
  mapping: { name: "Choose the accounts", about: "Where sales, tenders, taxes and tips go." },
  first_day: { name: "Post the first day", about: "Preview it, post it, then switch on automatic." },
};
