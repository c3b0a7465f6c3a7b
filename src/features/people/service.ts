/** STAND-IN, never committed. */
import { eq } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { person } from "./table";

export async function personById(directory: DirectoryDb, id: PersonId): Promise<{ id: PersonId; name: string; email: string } | null> {
  return (await directory.select().from(person).where(eq(person.id, id)).get()) ?? null;
}
