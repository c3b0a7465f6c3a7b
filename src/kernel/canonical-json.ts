/** JSON with one spelling for one value, so that equal inputs have equal hashes (RFC 8785 for the values that we use). */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The value with every object's names in order of their UTF-16 units and no spaces. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, part: Json) => (isRecord(part) ? Object.fromEntries(entriesOf(part)) : part));
}

function isRecord(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names such as `10` are ordered by the engine itself, the same way every time. */
function entriesOf(record: { readonly [name: string]: Json }): [string, Json][] {
  return Object.keys(record).toSorted().map((name) => [name, record[name] ?? null]);
}
