/** What the versions of the mapping say. */
import { count } from "../../ui/format";

export const versionWords = {
  title: "Versions of the mapping",
  none: "Nothing was saved yet.",
  saved: (version: number, who: string, when: string) => `Version ${version}, by ${who}, ${when}`,
  look: (version: number) => `Look at version ${version}`,
  change: ({ label, what, from, to }: { readonly label: string; readonly what: string; readonly from: string | null; readonly to: string | null }) => (
    `${label}${what === "Account" ? "" : `, ${what}`}: ${from ?? "nothing"} → ${to ?? "nothing"}`
  ),
  andMore: (many: number) => `and ${count(many, "more change", "more changes")}`,
  older: "Show older versions",
  back: "← All versions",
  differs: (many: number) => (many === 0 ? "It is the same as the one that holds now." : `${count(many, "line differs", "lines differ")} from what holds now.`),
  beside: (version: number) => `Version ${version} beside the one that holds`,
  line: "Line",
  inVersion: (version: number) => `In version ${version}`,
  now: "Now",
  same: "the same",
  nothing: "nothing",
  restore: (version: number) => `Make version ${version} hold again`,
  restored: (old: number, version: number) => `Version ${old} holds again, as version ${version}.`,
  close: "Close",
} as const;
