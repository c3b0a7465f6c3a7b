/** Filling the fields of a template. What cannot be filled is refused in words: nobody receives braces. */
import { failed, ok, type Result } from "../../kernel/result";

/** What may stand between braces, and what it is to people. */
export const FIELDS = {
  first_name: "first name",
  name: "name",
  shop: "the shop's name",
  link: "link",
  certificate: "certificate's number",
  product: "product",
  date: "date",
} as const;
export type Field = keyof typeof FIELDS;

/** What is known of each field; empty and absent are the same. */
export type FieldValues = Readonly<Partial<Record<Field, string>>>;

/** `{{ first_name }}`, with or without the blanks. */
const PLACE = /\{\{[ \t]*([a-z_]{1,40})[ \t]*\}\}/g;

/** Whether a word is one of the fields. */
export function isField(word: string): word is Field {
  return Object.hasOwn(FIELDS, word);
}

/** The fields that a text has, each once, in their order. `invalid_input` for one that there is none of, and for a brace too many. */
export function fieldsOf(body: string): Result<readonly Field[]> {
  const words = [...new Set([...body.matchAll(PLACE)].map(([, word]) => word ?? ""))];
  const unknown = words.find((word) => !isField(word));
  if (unknown !== undefined) return refused(`There is no field called {{${unknown}}}. There are: ${Object.keys(FIELDS).map((field) => `{{${field}}}`).join(", ")}.`);
  if (/\{{3}|\}{3}/.test(body) || /\{\{|\}\}/.test(body.replaceAll(PLACE, ""))) return refused("A field is written in two braces on each side, as in {{first_name}}; one of them is open or has something else in it.");
  return ok(words.filter(isField));
}

/**
 * A text with its fields filled. Values lose control characters, marks that turn the direction of writing, and braces, and
 * line breaks become blanks: what somebody is called can neither add a line nor a field. `invalid_input` for an unknown or empty field.
 */
export function fill(body: string, values: FieldValues): Result<string> {
  const fields = fieldsOf(body);
  if (!fields.ok) return fields;
  const cleaned = new Map(fields.value.map((field) => [field as string, harmless(values[field] ?? "")]));
  const empty = fields.value.find((field) => cleaned.get(field) === "");
  if (empty !== undefined) return refused(`This text has {{${empty}}}, but no ${FIELDS[empty].replace(/^the shop's /, "")} is known here.`);
  return ok(body.replaceAll(PLACE, (_place, word: string) => cleaned.get(word) ?? ""));
}

/** What would begin another line. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Braces, and marks that turn the direction of writing. */
const HARMFUL = /[{}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function harmless(value: string): string {
  return value.toWellFormed().replaceAll(BREAKS, " ").replaceAll(HARMFUL, "").replaceAll(/ {2,}/g, " ").trim();
}

function refused(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "body", message }] });
}
