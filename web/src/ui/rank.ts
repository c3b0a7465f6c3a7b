/** How well a text answers what was typed: for the palette and for choosing an account. */

/** 0 = no match; higher is better: the whole, its beginning, a word's beginning, inside, letters in order. */
export function score(text: string, typed: string): number {
  const candidate = text.toLowerCase();
  const query = typed.trim().toLowerCase();
  if (query === "") return 1;
  if (candidate === query) return 6;
  if (candidate.startsWith(query)) return 5;
  if (candidate.split(/[\s,:/()-]+/).some((word) => word.startsWith(query))) return 4;
  if (candidate.includes(query)) return 3;
  if (query.includes(" ") && query.split(/\s+/).every((part) => candidate.includes(part))) return 2;
  return query.length > 2 && isInOrder(candidate, query) ? 1 : 0;
}

/** The matching ones, best first; equal ones keep their order. */
export function ranked<T>(items: readonly T[], typed: string, textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, points: score(textOf(item), typed) }))
    .filter((entry) => entry.points > 0)
    .sort((one, other) => other.points - one.points)
    .map((entry) => entry.item);
}

function isInOrder(candidate: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = candidate.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
