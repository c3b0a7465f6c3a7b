/** What the page of consent says. */
import { count } from "../../ui/format";

export const consentWords = {
  title: "Consent and stops",
  about: "Who waits for somebody to read what they said, and how each stop was kept.",
  held: "May have meant stop",
  heldAbout: "Nothing goes to them until one of you has read it. When in doubt it means stop.",
  nobodyHeld: "Nobody waits: every answer was understood.",
  said: (when: string, way: string) => `On ${when}, ${way}`,
  noWords: "Their words are not kept any more.",
  erased: "Somebody who was erased",
  isStop: "This means stop",
  isNotStop: "This does not mean stop",
  nowStop: "It counts as a stop. Nothing goes to them from now on.",
  nowNoStop: "It was no stop. They can be written to again.",
  deciders: (who: string) => `Only ${who} can decide it.`,
} as const;

export const reportWords = {
  title: "Stops over a time",
  about: "Whoever says stop has to be heard within ten business days (47 CFR 64.1200(a)(10)). Daybook hears it at once; this shows it, stop by stop.",
  from: "From",
  to: "To",
  show: "Show",
  file: "As a file (CSV)",
  filers: (who: string) => `Only ${who} can take it as a file.`,
  all: (many: number) => `${count(many, "stop")} in this time.`,
  allKept: "Each was kept in time.",
  notKept: (many: number) => `${count(many, "stop was", "stops were")} not kept in time. Keep the reason with your papers.`,
  none: "Nobody said stop in this time.",
  isCut: "There are more than 2,000: choose a shorter time, or take the file, which has all.",
  list: "Stops, oldest first",
  who: "Who",
  saidAt: "Said",
  honouredAt: "Kept from",
  lastDay: "Last day allowed",
  rule: "In time",
  kept: "Kept",
  late: "Too late",
  erased: "erased",
  wrongRange: "Enter two dates, the earlier one first, at most 400 days apart.",
} as const;
