/** What is said about records that somebody else posted. */
import { count } from "../../ui/format";

export const lookalikeWords = {
  title: (books: string) => `${books} may hold these sales already`,
  unknownTitle: "The books could not be looked through",
  about: (many: number) => `${count(many, "record was", "records were")} not posted by Daybook and look like sales. If they are the same ones, posting the days again counts them twice.`,
  date: "Date",
  record: "Record",
  total: (currency: string) => `Total, ${currency}`,
  why: "Why it is listed",
  because: (reason: string) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
  advice: "Stop the other connector first, or begin with the day after its last record. Daybook changes nothing that it did not post.",
  stop: "Do not post",
  go: "They are something else: go on",
  goUnseen: "Go on without looking",
} as const;
