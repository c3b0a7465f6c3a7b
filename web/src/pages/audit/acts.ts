/** What a line of the log means in words. */
import type { AuditLineView } from "../../../../src/features/audit/contract";
import type { Json } from "../../../../src/kernel/canonical-json";
import { parseBusinessDate } from "../../../../src/kernel/day";
import { plainDate } from "../../ui/dates";
import { actWords, auditWords as words, subjectWords } from "./words";

/** A field that an act changed; null where it was not there. */
export type Changed = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** The fields of both sides by name; a value that is no record is one field without a name. A bare identifier says nothing to a person and is left to the files. */
export function changesOf({ before, after }: Pick<AuditLineView, "before" | "after">): Changed[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((name) => ({ name: inWords(name), before: was[name] ?? null, after: is[name] ?? null }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: Json): Readonly<Record<string, string>> {
  if (value === null) return {};
  const record = isRecord(value) ? value : { "": value };
  return Object.fromEntries(Object.entries(record).flatMap(([name, field]) => (field === null || isIdentifier(field) ? [] : [[name, textOf(field, name)]])));
}

/** Of several identifiers their number is told. */
function textOf(value: Json, name = ""): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "string") return wordOf(value, name);
  if (Array.isArray(value)) return value.length > 0 && value.every(isIdentifier) ? String(value.length) : value.map((each) => textOf(each)).join(", ");
  if (isRecord(value)) return Object.entries(value).map(([part, each]) => `${inWords(part)} ${textOf(each)}`).join(", ");
  return JSON.stringify(value);
}

/** Roles and acts are said as they are elsewhere. */
function wordOf(text: string, name: string): string {
  if (["role", "as", "giverIs"].includes(name)) return text.replace(/^hq_/, "HQ ").replaceAll("_", " ");
  return name === "for" ? (actWords[text] ?? text) : text;
}

const isRecord = (value: Json): value is { readonly [name: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
const isIdentifier = (value: Json): boolean => typeof value === "string" && /^[a-z2-7]{26}$/.test(value);
/** "startsOn" and "starts_on" are "starts on". */
const inWords = (name: string): string => name.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

type AboutLine = Pick<AuditLineView, "subject" | "action" | "before" | "after" | "personal" | "commitments">;

/**
 * What an act was done to: the person by what is known of them, a thing by its name, date or version, anything else by
 * its kind. The identifier itself is in the files and in the filter; nobody can read it. `named`: what other lines call their subjects.
 */
export function subjectOf({ subject, action, before, after, personal, commitments }: AboutLine, named: ReadonlyMap<string, string> = new Map()): string {
  const told = Object.keys(commitments).filter((name) => name.startsWith("subject_")).map((name) => personal[name]?.value ?? words.erasedValue);
  if (told.length > 0) return told.join(", ");
  const [kind = "", id = "", last = ""] = subject.split(":");
  if (kind === "mapping") return words.version(id);
  if (kind === "day") return parseBusinessDate(last) === null ? last : plainDate(last);
  if (kind === "address") return id;
  return nameIn(after) ?? nameIn(before) ?? named.get(subject) ?? thingOf(subject.includes(":") || kind === "shop" ? kind : (action.split(".")[0] ?? ""));
}

/** What lines call the things that they are about. */
export function namesOfSubjects(lines: readonly AboutLine[]): ReadonlyMap<string, string> {
  return new Map(lines.flatMap(({ subject, before, after }) => [nameIn(after) ?? nameIn(before)].flatMap((name) => (name === null ? [] : [[subject, name] as const]))));
}

function nameIn(value: Json): string | null {
  const name = isRecord(value) ? value["name"] : undefined;
  return typeof name === "string" ? name : null;
}

const thingOf = (kind: string): string => subjectWords[kind] ?? words.something;

/** "saved the mapping"; an act that failed or whose end is not known says so. */
export function actOf(action: string): string {
  const [thing = "", became = "", ended] = action.split(".");
  const act = actWords[`${thing}.${became}`] ?? `${thing}: ${became}`.replaceAll("_", " ");
  return ended === undefined ? act : `${act} (${ended === "failed" ? words.failed : words.uncertain})`;
}
