/** Where checkpoints are put away: one object each, never written over, under a bucket lock that forbids it to everybody. */
import { readCheckpoint, type Checkpoint } from "../kernel/checkpoint";

/** More than a log has in ten years of hours. */
const MOST_LISTS = 100;

/** `<log>/<size, 12 digits>.txt` */
export function shelfKey(log: string, size: number): string {
  return `${log}/${size.toString().padStart(12, "0")}.txt`;
}

/** Puts a note away; false when another stands in its place. The same note may be put twice. */
export async function putNote(bucket: R2Bucket, log: string, size: number, note: string): Promise<boolean> {
  const key = shelfKey(log, size);
  const put = await bucket.put(key, note, { onlyIf: { etagDoesNotMatch: "*" }, httpMetadata: { contentType: "text/plain; charset=utf-8" } });
  return put !== null || (await (await bucket.get(key))?.text()) === note;
}

/** The latest checkpoint that was put away for a log, or null. */
export async function latestOnShelf(bucket: R2Bucket, log: string): Promise<Checkpoint | null> {
  let last: string | undefined;
  let cursor: string | undefined;
  for (let lists = 0; lists < MOST_LISTS; lists += 1) {
    const listed = await bucket.list({ prefix: `${log}/`, ...(cursor === undefined ? {} : { cursor }) });
    last = listed.objects.at(-1)?.key ?? last;
    if (!listed.truncated) break;
    cursor = listed.cursor;
  }
  if (last === undefined) return null;
  const object = await bucket.get(last);
  return object === null ? null : readCheckpoint(await object.text());
}
