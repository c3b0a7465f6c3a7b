/** People, wherever they work: who they are, not what they may. */
import { newId, type PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { deviceInWords } from "../../kernel/device";
import { originOfRequest } from "../../http/origin";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { postLetter } from "../mail/service";
import { emailAddress, personName } from "./contract";
import { securityNotice } from "./notices";
import { insertPerson, readNames, readPerson, readPersonByEmail, writeDevice, writeName, type PersonRow } from "./store";

export { securityNotice, whenAndWhere, type Occasion, type SecurityEvent } from "./notices";
export { devicesForgotten, emailChanged, personVerified } from "./store";

/** A person as others may see them. */
export type PersonCard = { readonly id: PersonId; readonly name: string; readonly email: string };

/** A person with what decides whether they may come in. Instants are epoch milliseconds. */
export type Person = PersonRow;

/**
 * Writes a new person down. `isVerified`: the address was proved to be theirs. `invalid_input` for an address or name
 * that is none, `conflict` for an address that is known.
 */
export async function createPerson(
  world: World, env: Bindings, given: { readonly email: string; readonly name: string; readonly isVerified?: boolean },
): Promise<Result<PersonCard>> {
  const email = emailAddress.safeParse(given.email);
  const name = personName.safeParse(given.name);
  if (!email.success || !name.success) return failed({ kind: "invalid_input", message: "Enter a name and an email address.", fields: [] });
  const card: PersonCard = { id: newId<PersonId>(world.random), name: name.data, email: email.data };
  const createdAt = world.clock();
  const verifiedAt = given.isVerified === true ? createdAt : null;
  const isNew = await insertPerson(directoryDb(env), { ...card, verifiedAt, disabledAt: null, createdAt });
  return isNew ? ok(card) : failed({ kind: "conflict", message: "There is somebody with that email address already." });
}

/** The person of that id as others may see them, or null. */
export async function personById(directory: DirectoryDb, id: PersonId): Promise<PersonCard | null> {
  const row = await readPerson(directory, id);
  return row === undefined ? null : { id: row.id, name: row.name, email: row.email };
}

/**
 * The names of those who acted: `person:<id>` as an audit line or a row says it, or the bare id. Whoever is gone is not in it,
 * nor what is nobody's id.
 */
export async function namesOfActors(directory: DirectoryDb, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map([...new Set(actors)].map((actor) => [actor, actor.replace(/^person:/, "") as PersonId]));
  if (ids.size === 0) return new Map();
  const names = new Map((await readNames(directory, [...ids.values()])).map(({ id, name }) => [id, name]));
  return new Map([...ids].flatMap(([actor, id]) => {
    const name = names.get(id);
    return name === undefined ? [] : [[actor, name]];
  }));
}

/** The person of that id with everything, or null. */
export async function findPerson(directory: DirectoryDb, id: PersonId): Promise<Person | null> {
  return (await readPerson(directory, id)) ?? null;
}

/** The person whose address it is with everything, or null. One statement, whether there is one or not. */
export async function findPersonByEmail(directory: DirectoryDb, email: string): Promise<Person | null> {
  return (await readPersonByEmail(directory, email)) ?? null;
}

/** Gives a person another name. */
export async function renamePerson(directory: DirectoryDb, id: PersonId, name: string): Promise<void> {
  await writeName(directory, id, name);
}

/**
 * Notes the device that a person signs in with, and tells them by letter of one that they have not used before. Their
 * very first is not told of: it is the one they signed up with.
 */
export async function noteDevice(world: World, env: Bindings, id: PersonId, request: Request): Promise<void> {
  const directory = directoryDb(env);
  const from = originOfRequest(request);
  const now = world.clock();
  const { isNew, isFirst } = await writeDevice(directory, id, deviceInWords(from.device), now);
  const person = isNew && !isFirst ? await personById(directory, id) : null;
  if (person === null) return;
  const letter = await postLetter(world, env, directory, securityNotice(readConfig(env), person.email, { kind: "new_device" }, { at: now, from }));
  await directory.batch([letter.statement]);
  await letter.send();
}
