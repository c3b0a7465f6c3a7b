/** Statements with one of their shop filters taken out, as a hurried hand might write them. */

export type Mutant = { readonly sql: string; readonly values: readonly unknown[]; readonly what: string };

/** `"day"."shop_id" = ?`, `audit.shop_id = ?`, `entry.shop_id = day.shop_id`. */
const FILTER = /(?:"?\w+"?\.)?"?shop_id"?\s*=\s*(\?|"?\w+"?\."?shop_id"?)/g;

/** One mutant for each filter of a statement: there it says `1 = 1`, and the value that was bound to it is gone. */
export function withoutEachFilter(sql: string, values: readonly unknown[]): Mutant[] {
  return [...sql.matchAll(FILTER)].map((match) => {
    const mutated = `${sql.slice(0, match.index)}1 = 1${sql.slice(match.index + match[0].length)}`;
    const at = match[1] === "?" ? parametersBefore(sql, match.index) : -1;
    return { sql: mutated, values: values.filter((_, index) => index !== at), what: match[0] };
  });
}

/** One mutant for each time that the shop's id is bound: there another shop's is. */
export function withEachIdSwapped(sql: string, values: readonly unknown[], own: string, other: string): Mutant[] {
  return values.flatMap((value, at) => (
    value === own ? [{ sql, values: values.map((one, index) => (index === at ? other : one)), what: `value ${at + 1}` }] : []
  ));
}

function parametersBefore(sql: string, end: number): number {
  return sql.slice(0, end).replace(/'[^']*'|"[^"]*"/g, "").split("?").length - 1;
}
