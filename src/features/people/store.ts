/** The SQL of people. DIRECTORY. */
import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { knownDevice, person } from "./table";

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

/** The names of people by id, in one statement however many they are. */
export async function readNames(directory: DirectoryDb, ids: readonly PersonId[]): Promise<{ id: PersonId; name: string }[]> {
  return await directory.select({ id: person.id, name: person.name }).from(person)
    .where(sql`${person.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}

/** The person whose address it is, disabled or not, or undefined. */
export async function readPersonByEmail(directory: DirectoryDb, email: string): Promise<PersonRow | undefined> {
  return await directory.select().from(person).where(eq(person.email, email)).get();
}

/** Gives a person another name. */
export async function writeName(directory: DirectoryDb, id: PersonId, name: string): Promise<void> {
  await directory.update(person).set({ name }).where(and(eq(person.id, id), ne(person.name, name)));
}

/** Notes that the address is theirs; nothing where that was noted before. */
export function personVerified(directory: DirectoryDb, id: PersonId, now: number): Statement {
  return directory.update(person).set({ verifiedAt: now }).where(and(eq(person.id, id), isNull(person.verifiedAt)));
}

/**
 * Gives a person another address, which was proved to be theirs; nothing where theirs is not `from` any more. Where
 * somebody else has it, the batch breaks and writes nothing of what stands beside.
 */
export function emailChanged(directory: DirectoryDb, change: { readonly id: PersonId; readonly from: string; readonly to: string; readonly at: number }): Statement {
  return directory.update(person).set({ email: change.to, verifiedAt: change.at }).where(and(eq(person.id, change.id), eq(person.email, change.from)));
}

/** Forgets the devices that a person has signed in with. */
export function devicesForgotten(directory: DirectoryDb, id: PersonId): Statement {
  return directory.delete(knownDevice).where(eq(knownDevice.personId, id));
}

/** Notes a device; answers whether it is new, and whether it is the person's first. */
export async function writeDevice(
  directory: DirectoryDb, id: PersonId, device: string, now: number,
): Promise<{ readonly isNew: boolean; readonly isFirst: boolean }> {
  const [written, [known]] = await directory.batch([
    directory.insert(knownDevice).values({ personId: id, device, firstUsedAt: now }).onConflictDoNothing().returning({ device: knownDevice.device }),
    directory.select({ devices: count() }).from(knownDevice).where(eq(knownDevice.personId, id)),
  ]);
  return { isNew: written.length === 1, isFirst: known?.devices === 1 };
}
