/**
 * Acts on the directory that a shop's log tells of. No batch spans the two databases, so the line is written first, as
 * an intent: nothing in the directory changes that the log does not tell of. What a crash leaves:
 * - before the line: nothing happened, nothing is told;
 * - between the line and the directory, or while the directory is asked: a line of something that perhaps did not
 *   happen; whoever did it sees how things stand, and doing it again is a line of its own;
 * - after the directory: everything. A refusal that could not be told of leaves the intent alone, as above.
 */
import type { BatchItem } from "drizzle-orm/batch";
import type { Failure } from "../kernel/failure";
import { newId, type Brand } from "../kernel/ids";
import { failed, ok, type Result } from "../kernel/result";
import { auditLine } from "./audit";
import type { AuditLine } from "./audit-leaf";
import type { DirectoryDb, ShopDb } from "./database";
import type { World } from "./world";

/** An act about to be done: its line tells what it changes, and `after` gets the act's id as `act`. */
export type Intent = Omit<AuditLine, "at" | "after"> & { readonly after?: { readonly [name: string]: string | number | boolean | null } };

/**
 * Writes the line, then acts. A refusal is told of by a second line (`<action>.failed`, with the same `act`); a throw by
 * `<action>.uncertain`, for the directory may have done it and only its answer was lost. Throws what `act` throws.
 */
export async function actOnDirectory<T>(world: World, db: ShopDb, intent: Intent, act: () => Promise<Result<T>>): Promise<Result<T>> {
  const id = newId<Brand<string, "ActId">>(world.random);
  const tell = async (line: Intent): Promise<void> => {
    await db.orm.batch(auditLine(db, world.random, { ...line, at: world.clock(), after: { ...line.after, act: id } }));
  };
  const { actor, action, subject } = intent;
  await tell(intent);
  try {
    const result = await act();
    if (!result.ok) await tell({ actor, action: `${action}.failed`, subject, after: { reason: result.failure.kind } });
    return result;
  } catch (error) {
    await tell({ actor, action: `${action}.uncertain`, subject });
    throw error;
  }
}

/** What is read after a batch failed: a constraint tells by failing, and its prose decides nothing. */
export type Inquiry = {
  /** Whether what the batch was to do is done: its answer alone was lost. */
  readonly isDone: () => Promise<boolean>;
  /** What stood in its way; null where nothing did. */
  readonly why: () => Promise<Failure | null>;
};

/** Runs one batch on the directory; where it failed, things are as the inquiry finds them. Throws what it cannot explain. */
export async function batchOrWhy(
  directory: DirectoryDb, statements: readonly [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]], { isDone, why }: Inquiry,
): Promise<Result<void>> {
  try {
    await directory.batch(statements);
    return ok(undefined);
  } catch (error) {
    if (await isDone()) return ok(undefined);
    const failure = await why();
    if (failure === null) throw error;
    return failed(failure);
  }
}
