/** Every place where something can stay behind, as texts to search, and the search itself. */
import { shardsOf } from "../../../src/platform/env";
import { laneStorage } from "./lanes";
import type { Secrets } from "./secrets";
import type { Town } from "./town";

/** The texts of one place: every string in it, keys included, however deep in JSON within JSON. */
export type Place = { readonly name: string; readonly texts: readonly string[] };

/** Something that should not be where it is. */
export type Find = { readonly place: string; readonly kind: string; readonly found: string };

/** All places but the lanes: every column of every table of every database, buckets, queue bodies, logs, answers. */
export async function openPlaces(town: Town): Promise<Place[]> {
  const databases = [["DIRECTORY", town.env.DIRECTORY] as const, ...shardsOf(town.env).map((shard, index) => [`SHARD_${index}`, shard] as const)];
  const tables = await Promise.all(databases.map(([name, database]) => tablesOf(name, database)));
  return [
    ...tables.flat(), ...await bucketsOf(town),
    { name: "queue", texts: town.queueBodies.flatMap(textsIn) },
    { name: "logs", texts: town.logs.flatMap(textsIn) },
    { name: "answers", texts: town.shown.flatMap(textsIn) },
  ];
}

/** The storage of every lane. */
export async function lanePlaces(): Promise<Place[]> {
  return (await laneStorage()).map((text, index) => ({ name: `lane ${index}`, texts: textsIn(text) }));
}

/** One place for each column, so that a find names it. */
async function tablesOf(database: string, d1: D1Database): Promise<Place[]> {
  const { results } = await d1.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").all<{ name: string }>();
  const tables = await Promise.all(results.map(async ({ name }) => [name, (await d1.prepare(`SELECT * FROM "${name}"`).all()).results] as const));
  return tables.flatMap(([table, rows]) => Object.keys(rows[0] ?? {}).map((column) => ({
    name: `${database}.${table}.${column}`, texts: rows.flatMap((row) => textsIn(row[column])),
  })));
}

/** Whatever bucket is bound: the day that one is, its objects are searched too. Asking a binding for a method would call it. */
async function bucketsOf({ env }: Town): Promise<Place[]> {
  const buckets = Object.entries(env as Record<string, unknown>).filter(([, binding]) => (
    typeof binding === "object" && binding !== null && (Object.getPrototypeOf(binding) as object).constructor.name === "R2Bucket"
  )) as [string, R2Bucket][];
  return await Promise.all(buckets.map(async ([name, bucket]) => {
    const { objects } = await bucket.list();
    const bodies = await Promise.all(objects.map(async ({ key }) => await (await bucket.get(key))?.text() ?? ""));
    return { name, texts: [...objects.map(({ key }) => key), ...bodies].flatMap(textsIn) };
  }));
}

/** The strings in a value, keys included; a string that is itself JSON is opened, for its numbers are amounts and no texts. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return insideOf(value);
  if (typeof value !== "object" || value === null) return [];
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return [new TextDecoder().decode(value)];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

function insideOf(text: string): string[] {
  if (!/^[[{]/.test(text)) return [text];
  try {
    return textsIn(JSON.parse(text));
  } catch {
    return [text]; // it only looked like JSON
  }
}

/** Every secret that stands in one of the places. Card digits count where they stand alone, not inside ids and dates. */
export function search(places: readonly Place[], secrets: Secrets): Find[] {
  return places.flatMap(({ name, texts }) => {
    const whole = texts.join("\n");
    const words = Object.entries(secrets.words).flatMap(([kind, values]) => (
      [...values].filter((value) => whole.includes(value)).map((found) => ({ place: name, kind, found }))
    ));
    const digits = texts.flatMap(lonelyDigits).filter((four) => secrets.cardDigits.has(four));
    return [...words, ...digits.map((found) => ({ place: name, kind: "card digits", found }))];
  });
}

/** Groups of four digits in a text that are no part of a longer word, an amount, a date or a hash. Bytes that are no text have all of them by chance. */
function lonelyDigits(text: string): string[] {
  if (/^[\w-]{43}$/.test(text) || text.includes("\ufffd")) return [];
  return text.replace(/\d{4}-\d{2}-\d{2}/g, " ").match(/(?<!\w|\d[.,])\d{4}(?!\w|[.,]\d)/g) ?? [];
}
