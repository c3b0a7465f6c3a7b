/** The SQL of people. DIRECTORY. */
import { eq } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { person } from "./table";

export type PersonRow = typeof person.$inferSelect;

/** Writes a new person; false when the address is another's already. */
export async function insertPerson(directory: DirectoryDb, row: PersonRow): Promise<boolean> {
  const written = await directory.insert(person).values(row).onConflictDoNothing({ target: person.email }).returning({ id: person.id });
  return written.length === 1;
}

/** One person, disabled or not, or undefined. */
export async function readPerson(directory: DirectoryDb, id: PersonId): Promise<PersonRow | undefined> {
  return await directory.select().from(person).where(eq(person.id, id)).get();
}
