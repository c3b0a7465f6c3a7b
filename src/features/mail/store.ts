/** The SQL of the outbox. DIRECTORY. */
import { sql } from "drizzle-orm";
import type { Brand } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import type { SealedText } from "../../platform/sealer";
import { letter } from "./table";

export type LetterId = Brand<string, "LetterId">;

/** A letter that waits. Instants are epoch milliseconds. */
export type WaitingLetter = { readonly id: LetterId; readonly kind: string; readonly sealedWords: string; readonly expiresAt: number };

export type NewLetter = {
  readonly id: LetterId;
  readonly kind: string;
  readonly recipient: string;
  readonly sealedWords: SealedText;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly dueAt: number;
};

/** The statement that puts a letter into the outbox. */
export function letterRow(directory: DirectoryDb, row: NewLetter): Statement {
  return directory.insert(letter).values({ ...row, state: "waiting" });
}

/** The letter, or undefined when it was never written, is finished, or was purged. */
export async function readWaiting(directory: DirectoryDb, id: LetterId): Promise<WaitingLetter | undefined> {
  return await directory.get<WaitingLetter | undefined>(sql`
    SELECT id, kind, sealed_words AS sealedWords, expires_at AS expiresAt FROM letter WHERE id = ${id} AND state = 'waiting'`);
}

/** Ends a letter that waits, and erases its words; nothing happens to one that is finished. */
export async function finish(directory: DirectoryDb, id: LetterId, state: "sent" | "given_up", now: number): Promise<void> {
  await directory.run(sql`
    UPDATE letter SET state = ${state}, sealed_words = NULL, finished_at = ${now} WHERE id = ${id} AND state = 'waiting'`);
}

/** Puts off the instant at which cron looks after a letter. */
export async function putOff(directory: DirectoryDb, id: LetterId, dueAt: number): Promise<void> {
  await directory.run(sql`UPDATE letter SET due_at = ${dueAt} WHERE id = ${id} AND state = 'waiting'`);
}

/** At most `most` letters that wait and are due, the longest overdue first; each is put off to `dueAt` in the same statement. */
export async function takeDue(directory: DirectoryDb, now: number, dueAt: number, most: number): Promise<LetterId[]> {
  const rows = await directory.all<{ id: LetterId }>(sql`
    UPDATE letter SET due_at = ${dueAt}
    WHERE id IN (SELECT id FROM letter WHERE state = 'waiting' AND due_at <= ${now} ORDER BY due_at LIMIT ${most}) RETURNING id`);
  return rows.map(({ id }) => id);
}

/** Deletes at most `most` letters that were finished before an instant. */
export async function purgeFinished(directory: DirectoryDb, before: number, most: number): Promise<void> {
  await directory.run(sql`
    DELETE FROM letter WHERE id IN (SELECT id FROM letter WHERE finished_at IS NOT NULL AND finished_at < ${before} LIMIT ${most})`);
}
