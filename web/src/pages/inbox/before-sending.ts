/** What is said of a message before it is sent: when it goes out, and what it costs. */
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { dateIn, shortDate, timeIn } from "../../ui/dates";
import type { ThreadView } from "../../../../src/features/messages/contract";
import { composerWords as words } from "./words";

/** As the server counts them: what Twilio takes as one text. */
export const LONGEST_TEXT = 1_600;
/** Of an email. */
export const LONGEST_LETTER = 10_000;

/** "It is not between 8:00 and 21:00 where they are: it goes out at 08:00 their time." */
export function laterWords({ until, zone }: NonNullable<ThreadView["quiet"]>, now: number): string {
  const [date, time] = [dateIn(zone, until), timeIn(zone, until)];
  return words.later(date === dateIn(zone, now) ? words.atTheirs(time) : words.onTheirs(shortDate(date), time));
}

/** "$0.0166": so many pieces, each at `micros` millionths of a dollar; empty where nothing is known or sent. */
export function costOf(segments: number, micros: number): string {
  if (segments === 0 || micros === 0) return "";
  return new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 }).format((segments * micros) / 1_000_000);
}

/** As many documents as one message may lead to. */
export const MOST_DOCUMENTS = 3;

/** Whether a document can travel in a text itself. */
export function mayBePicture({ mediaType }: Pick<DocumentItem, "mediaType">): boolean {
  return mediaType === "image/jpeg" || mediaType === "image/png";
}
