/** The SQL of marks: which events were looked at, and which days are about to be. */
import { and, gt, lte, sql } from "drizzle-orm";
import type { DirectoryDb } from "../../platform/database";
import { hookMark } from "./table";

export type Mark = typeof hookMark.$inferSelect;

/** Those of the keys that are marked. */
export async function markedAmong(directory: DirectoryDb, keys: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const rows = await directory.select({ key: hookMark.key }).from(hookMark)
    .where(and(sql`${hookMark.key} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`, gt(hookMark.until, now)));
  return new Set(rows.map(({ key }) => key));
}

/** Marks them, and forgets what has run out: the table never holds more than three days of events. */
export async function mark(directory: DirectoryDb, marks: readonly Mark[], now: number): Promise<void> {
  await directory.batch([
    directory.delete(hookMark).where(lte(hookMark.until, now)),
    directory.run(sql`INSERT INTO hook_mark (key, until) SELECT value ->> 'key', value ->> 'until' FROM json_each(${JSON.stringify(marks)}) WHERE true
      ON CONFLICT (key) DO UPDATE SET until = excluded.until`),
  ]);
}
