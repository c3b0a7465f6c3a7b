/** What a file of contacts says: which column is what, and each row as somebody who could be kept. Pure. */
import { parseBusinessDate } from "../../kernel/day";
import { IMPORT_FIELDS, LONGEST_NAME, LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, type ImportField, type ImportQuery } from "./contract";
import type { Channel } from "../consent/contract";
import { readPhone, type Country } from "./phone";
import { checkDescription, readEmail, type Checked } from "./rules";

/** Somebody in a file. `out`: the channels that the file puts out; `agreed`: how consent was given, and when. */
export type ImportRow = Checked & {
  readonly line: number;
  /** Whether they become a contact; otherwise nothing is taken but their stop, which no other fault of a line takes away. */
  readonly isKept: boolean;
  readonly out: readonly Channel[];
  readonly agreed: { readonly how: string; readonly at: number } | null;
};

/** Where each field stands in a row. */
export type Columns = { readonly [Field in ImportField]?: number };

/** How headings are written where nobody chose. Ours first: a file that was taken away here comes back as it went. */
const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  name: ["name", "full name", "contact", "contact name", "customer", "customer name", "display name"],
  firstName: ["first name", "firstname", "given name", "vorname"],
  lastName: ["last name", "lastname", "surname", "family name", "nachname"],
  phone: ["phone", "phone number", "telephone", "mobile", "mobile phone", "mobile number", "cell", "cell phone", "phone 1 value", "telefono", "telefon"],
  email: ["email", "e mail", "email address", "e mail address", "mail", "e mail 1 value", "correo"],
  zone: ["time zone"],
  note: ["note", "notes", "comment", "comments", "memo"],
  tags: ["tags", "tag", "labels", "groups"],
  optedOut: ["opted out", "opt out", "unsubscribed", "do not contact"],
  optedOutText: ["opted out of texts", "sms opt out", "opted out of sms", "do not text"],
  optedOutEmail: ["opted out of email", "email opt out", "opted out of emails", "do not email", "email unsubscribed"],
  consentHow: ["consent", "how consent was given", "consent source"],
  consentAt: ["consent date", "consent given on", "when consent was given"],
};

/** Small letters and digits alone: "E-mail_Address " and "e mail address" are one heading. */
function plain(heading: string): string {
  return heading.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * Which column is what: as somebody chose it, or as the headings say. A choice that names no heading of the file is left
 * out, and so is everything that was not chosen once anything was.
 */
export function columnsOf(headings: readonly string[], chosen: ImportQuery): Columns {
  const known = headings.map(plain);
  const isChosen = IMPORT_FIELDS.some((field) => chosen[field] !== undefined);
  const placeOf = (field: ImportField): number => (
    isChosen ? (chosen[field] === undefined ? -1 : known.indexOf(plain(chosen[field]))) : HEADINGS[field].map((one) => known.indexOf(one)).find((at) => at !== -1) ?? -1
  );
  return Object.fromEntries(IMPORT_FIELDS.map((field) => [field, placeOf(field)] as const).filter(([, at]) => at !== -1));
}

/** What became of a row: somebody, perhaps without what `warning` is about; or why nobody, with whose stop it tells of nevertheless. */
export type ReadRow = { readonly row: ImportRow; readonly warning: string | null } | { readonly refused: string; readonly stop: ImportRow | null };

/** How a file's rows are read. `now`: no consent was given later. */
export type Reading = { readonly columns: Columns; readonly country: Country; readonly dates: "mdy" | "dmy" | undefined; readonly now: number };

/** Reads one row. */
export function readRow(cells: readonly string[], line: number, { columns, country, dates, now }: Reading): ReadRow {
  const cell = (field: ImportField): string => (columns[field] === undefined ? "" : cleaned(cells[columns[field]] ?? ""));
  const out = readOut({ both: cell("optedOut"), text: cell("optedOutText"), email: cell("optedOutEmail") });
  if (out === null) return { refused: "What stands under “opted out” is neither yes nor no.", stop: null };
  const refuse = (refused: string): ReadRow => ({ refused, stop: out.length === 0 ? null : stopOf(cell("phone"), cell("email"), { line, out, country }) });
  const name = (cell("name") || `${cell("firstName")} ${cell("lastName")}`).replace(/\s+/g, " ").trim();
  const tags = cell("tags").split(/[;,|]/).map((tag) => tag.trim()).filter((tag) => tag !== "");
  const problem = tooLong(name, cell("note"), tags);
  if (problem !== null) return refuse(problem);
  const checked = checkDescription({ name, phone: cell("phone") || null, email: cell("email") || null, zone: cell("zone") || null, note: cell("note"), tags }, country);
  if (!checked.ok) return refuse(checked.failure.kind === "invalid_input" ? checked.failure.message : "The line cannot be taken.");
  const [how, when] = [cell("consentHow"), cell("consentAt")];
  const at = dateOf(when, dates);
  const agreed = how !== "" && at !== null && at <= now && how.length <= LONGEST_NOTE ? { how, at } : null;
  return { row: { ...checked.value, line, isKept: true, out, agreed }, warning: agreed === null && how + when !== "" ? warningOf(how, when, at, now) : null };
}

/** Whoever says stop on a line that is refused, by what of their addresses can be read. */
function stopOf(phone: string, email: string, { line, out, country }: Pick<ImportRow, "line" | "out"> & { readonly country: Country }): ImportRow | null {
  const [number, address] = [readPhone(phone, country), readEmail(email)];
  if (!number.ok && !address.ok) return null;
  return {
    name: "", phone: number.ok ? number.value : null, email: address.ok ? address.value : null, zone: null, note: "", tags: [], line, isKept: false, out, agreed: null,
  };
}

/** Without the mark that keeps a spreadsheet from running a cell, and without controls; lines stay. */
function cleaned(cell: string): string {
  return cell.toWellFormed().replace(/\r\n?/g, "\n").replace(/(^|\n)'(?=[=+\-@\t＝＋－＠])/gu, "$1").replace(/(?!\n)\p{Cc}+/gu, " ").trim();
}

function tooLong(name: string, note: string, tags: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return `The name is longer than ${LONGEST_NAME} characters.`;
  if (note.length > LONGEST_NOTE) return "The note is longer than 1,000 characters.";
  if (new Set(tags).size > MOST_TAGS) return `A contact has at most ${MOST_TAGS} tags.`;
  return tags.some((tag) => tag.length > LONGEST_TAG) ? `A tag is longer than ${LONGEST_TAG} characters.` : null;
}

const YES: ReadonlySet<string> = new Set(["yes", "y", "true", "1", "x", "opted out", "out", "unsubscribed", "stop", "stopped", "si", "ja"]);
const NO: ReadonlySet<string> = new Set(["", "no", "n", "false", "0", "subscribed", "opted in", "in", "none", "nein"]);

/** The channels that a row puts out; null where a word is neither yes nor no: nobody is written to on a guess. */
function readOut({ both, text, email }: Readonly<Record<"both" | "text" | "email", string>>): readonly Channel[] | null {
  const words = [both, text, email].map(plain);
  if (!words.every((word) => YES.has(word) || NO.has(word))) return null;
  const [isBoth, isText, isEmail] = words.map((word) => YES.has(word));
  return [...(isBoth === true || isText === true ? ["text" as const] : []), ...(isBoth === true || isEmail === true ? ["email" as const] : [])];
}

/** An instant of a date such as 2026-07-14, or 7/14/2026 where it is said which comes first; null for what is none. */
function dateOf(text: string, order: "mdy" | "dmy" | undefined): number | null {
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? [];
  const [, first = "", second = "", year = ""] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  const [month, day] = order === "dmy" ? [second, first] : [first, second];
  const date = parseBusinessDate(iso ?? (order === undefined || year === "" ? "" : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`));
  return date === null ? null : Date.parse(`${date}T00:00:00Z`);
}

function warningOf(how: string, when: string, at: number | null, now: number): string {
  if (how === "" || when === "") return "Consent counts only with how and when it was given: taken without it.";
  if (at === null) return "The date of the consent cannot be read: taken without it. Write it as 2026-07-14.";
  return at > now ? "The consent would be given in the future: taken without it." : "What is said of the consent is longer than 1,000 characters: taken without it.";
}
