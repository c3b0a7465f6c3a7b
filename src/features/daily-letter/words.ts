/** What the morning's letter says: yesterday by state with totals, what waits for somebody, and the log's checkpoint. */
import { parseDate } from "@internationalized/date";
import { readCheckpoint } from "../../kernel/checkpoint";
import { DAY } from "../../kernel/clock";
import type { BusinessDate } from "../../kernel/day";
import { toDecimal } from "../../kernel/money";
import type { Sealed, Sequenced } from "../../platform/sequencer";
import type { Expiring } from "../certificates/service";
import type { DayCell, DaysView, ShownState } from "../days/contract";
import type { Letter } from "../mail/service";

export type Morning = {
  readonly shop: { readonly name: string; readonly url: string };
  /** The day that is told of. */
  readonly date: BusinessDate;
  readonly days: Pick<DaysView, "locations" | "cells" | "needsWork">;
  /** What expires soon, seen from the date on which the letter is written. */
  readonly expiring: Expiring & { readonly today: BusinessDate };
  readonly sealed: Sealed | null;
  readonly alarm: Sequenced["alarm"];
};

/** How states are told, in the order in which they are; several are one to a shopkeeper. */
const TOLD: readonly { readonly word: string; readonly states: readonly ShownState[] }[] = [
  { word: "Posted", states: ["posted", "final", "corrected"] },
  { word: "Held", states: ["held", "changed"] },
  { word: "Failed", states: ["failed"] },
  { word: "Ready to post", states: ["ready"] },
  { word: "Under way", states: ["collecting", "posting", "uncertain", "open"] },
  { word: "Missing", states: ["missing"] },
  { word: "No sales", states: ["no_sales"] },
];

const MOST_WAITING_TOLD = 5;

/** The letter, but for whom it goes to. */
export function wordsOfMorning({ shop, date, days, expiring, sealed, alarm }: Morning): Omit<Letter, "to"> {
  const groups = TOLD.map(({ word, states }) => ({ word, cells: days.cells.filter((cell) => states.includes(cell.state)) })).filter(({ cells }) => cells.length > 0);
  return {
    kind: "daily",
    subject: `${shop.name}, ${dateInWords(date)}: ${[...groups.map(({ word, cells }) => `${cells.length} ${word.toLowerCase()}`), ...expiring.count === 0 ? [] : [`${expiring.count} expiring`]].join(", ") || "nothing kept"}`,
    paragraphs: [
      `${shop.name} on ${dateInWords(date)}:`,
      ...(groups.length === 0 ? ["No location has a day of this date."] : groups.map((group) => sentenceOf(group, days.locations))),
      ...waitingIn(days),
      ...expiringIn(expiring),
      ...checkpointIn(sealed, alarm),
    ],
    button: { text: "Open your days", url: `${shop.url}/days` },
    attachments: sealed === null ? [] : [{ name: `daybook-checkpoint-${sealed.size}.txt`, type: "text/plain", text: sealed.note }],
  };
}

/** "Posted: Pier 2,408.53 USD, Market 1,120.00 USD. Together 3,528.53 USD." */
function sentenceOf({ word, cells }: { readonly word: string; readonly cells: readonly DayCell[] }, locations: DaysView["locations"]): string {
  const parts = cells.map((cell) => {
    const location = locations.find(({ id }) => id === cell.locationId);
    const amount = cell.takingsMinor === null || location === undefined ? "" : ` ${money(cell.takingsMinor, location.currency)}`;
    return `${location?.name ?? "A location"}${amount}${cell.headline === null ? "" : ` (${cell.headline.replace(/\.$/, "")})`}`;
  });
  return `${word}: ${parts.join(", ")}.${together(cells, locations)}`;
}

function together(cells: readonly DayCell[], locations: DaysView["locations"]): string {
  const currencies = new Set(cells.map((cell) => locations.find(({ id }) => id === cell.locationId)?.currency));
  const [currency] = currencies;
  const known = cells.flatMap(({ takingsMinor }) => takingsMinor ?? []);
  if (known.length < 2 || currencies.size > 1 || currency === undefined) return "";
  return ` Together ${money(known.reduce((sum, minor) => sum + minor, 0), currency)}.`;
}

function waitingIn({ needsWork, locations }: Morning["days"]): string[] {
  if (needsWork.length === 0) return ["Nothing waits for you."];
  const named = needsWork.slice(0, MOST_WAITING_TOLD).map((cell) => {
    const name = locations.find(({ id }) => id === cell.locationId)?.name ?? "a location";
    return `${dateInWords(cell.date as BusinessDate)}, ${name}${cell.headline === null ? "" : `: ${cell.headline.replace(/\.$/, "")}`}`;
  });
  const more = needsWork.length > MOST_WAITING_TOLD ? `; and ${needsWork.length - MOST_WAITING_TOLD} more` : "";
  return [`${needsWork.length === 1 ? "One day waits" : `${needsWork.length} days wait`} for you: ${named.join("; ")}${more}.`];
}

/** "2 documents expire soon: Warranty of the grinder, today; Lease, in 30 days, on Thu 13 August." */
function expiringIn({ count, first, today }: Morning["expiring"]): string[] {
  if (count === 0) return [];
  const named = first.map(({ title, expiresOn }) => {
    const days = Math.round((parseDate(expiresOn).toDate("UTC").getTime() - parseDate(today).toDate("UTC").getTime()) / DAY);
    return `${title}, ${days === 0 ? "today" : days === 1 ? "tomorrow" : days > 0 ? `in ${days} days, on ${dateInWords(expiresOn)}` : `since ${dateInWords(expiresOn)}`}`;
  });
  const more = count > first.length ? `; and ${count - first.length} more` : "";
  return [`${count === 1 ? "One document expires" : `${count} documents expire`} soon: ${named.join("; ")}${more}.`];
}

function checkpointIn(sealed: Sealed | null, alarm: Morning["alarm"]): string[] {
  const warning = alarm === null ? [] : [`Your audit log is not as it was: line ${alarm.seq} was changed or is missing. Nothing after it is signed any more. Keep this letter and tell us.`];
  const size = sealed === null ? null : (readCheckpoint(sealed.note)?.size ?? null);
  if (sealed === null || size === null) return warning;
  return [
    ...warning,
    `Attached is the checkpoint of your audit log at ${size.toLocaleString("en-US")} lines. Keep it: whoever has it can show later that nothing before it was changed. It is signed with the key ${sealed.key}`,
  ];
}

function money(minor: number, currency: string): string {
  const decimal = toDecimal(Math.abs(minor), currency);
  const places = decimal.split(".")[1]?.length ?? 0;
  const text = Number(decimal).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  return `${minor < 0 ? "−" : ""}${text} ${currency}`;
}

function dateInWords(date: BusinessDate): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" }).format(parseDate(date).toDate("UTC")).replace(",", "");
}
