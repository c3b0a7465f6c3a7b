/** People, wherever they work: who they are, not what they may. */
import { newId, type PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { emailAddress, personName } from "./contract";
import { insertPerson, readPerson } from "./store";

export { securityNotice, whenAndWhere, type Occasion, type SecurityEvent } from "./notices";

/** A person as others may see them. */
export type PersonCard = { readonly id: PersonId; readonly name: string; readonly email: string };

/** Writes a new person down. `invalid_input` for an address or name that is none, `conflict` for an address that is known. */
export async function createPerson(
  world: World, env: Bindings, given: { readonly email: string; readonly name: string },
): Promise<Result<PersonCard>> {
  const email = emailAddress.safeParse(given.email);
  const name = personName.safeParse(given.name);
  if (!email.success || !name.success) return failed({ kind: "invalid_input", message: "Enter a name and an email address.", fields: [] });
  const card: PersonCard = { id: newId<PersonId>(world.random), name: name.data, email: email.data };
  const isNew = await insertPerson(directoryDb(env), { ...card, verifiedAt: null, disabledAt: null, createdAt: world.clock() });
  return isNew ? ok(card) : failed({ kind: "conflict", message: "There is somebody with that email address already." });
}

/** The person of that id, or null. */
export async function personById(directory: DirectoryDb, id: PersonId): Promise<PersonCard | null> {
  const row = await readPerson(directory, id);
  return row === undefined ? null : { id: row.id, name: row.name, email: row.email };
}
