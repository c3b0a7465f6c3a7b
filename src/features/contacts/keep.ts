/** Adding contacts and changing them: what stands of one address is carried to the others before anybody could write to them. */
import { newId, type ContactId, type PersonId } from "../../kernel/ids";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import { auditLine, type Statements } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import { readConfig } from "../../platform/env";
import { once } from "../../platform/once";
import type { Subject } from "../../platform/register";
import type { Channel } from "../consent/contract";
import { subjectOf, type Address, type Ledger } from "../consent/service";
import { carryAmong } from "./carry";
import type { ContactChange, NewContact } from "./contract";
import type { Country } from "./phone";
import { addressesMet, addressesOf, changedIn, checkDescription, formerOf, foundBy, type Checked } from "./rules";
import { contactAdded, contactAtQuery, contactQuery, contactsDemanded, contactWritten, type Seen, type ContactRow } from "./store";

/** Who keeps contacts, and of which country numbers without a code are. */
export type Keeper = Ledger & { readonly actor: Actor; readonly country: Country };

/**
 * Adds a contact; the same key adds one. Fails as `checkDescription` does; `conflict` where another contact has one of its
 * addresses: the two may be one person.
 */
export async function addContact(keeper: Keeper, { key, ...asked }: NewContact): Promise<Result<ContactId>> {
  const { world, db, actor } = keeper;
  const checked = checkDescription(asked, keeper.country);
  if (!checked.ok) return checked;
  const addresses = addressesOf(checked.value);
  const subjects = await subjectsOf(keeper, checked.value);
  const at = world.clock();
  const id = newId<ContactId>(world.random);
  // What the key was used for is kept by the addresses' keyed hashes: the contact can be erased, and the key stays.
  const act = { key: `contact:${key}`, input: subjects, actor, action: "contact.created", at, random: world.random };
  const added = await once<{ readonly contact: ContactId }>(db, act, async () => {
    const taken = await takenBy(keeper, addresses, null);
    if (taken !== null) return taken;
    await carryAmong(keeper, addresses);
    const row = { id, ...checked.value, ...subjects, ...foundBy(checked.value), former: [], version: 1, createdBy: authorOf(actor), createdAt: at, changedAt: at };
    return ok({ statements: [contactAdded(db, row)], answer: { contact: id }, audit: { subject: `contact:${id}` } });
  });
  if (!added.ok) return added;
  await carryAmong(keeper, addresses);
  return ok(added.value.contact);
}

/**
 * Changes a contact as it was seen at its version. `not_found`; `conflict` where it changed since, or another contact has an
 * address of its; fails as `checkDescription` does.
 */
export async function changeContact(keeper: Keeper, id: ContactId, { version, ...asked }: ContactChange): Promise<Result<ContactId>> {
  const { world, db, actor } = keeper;
  const checked = checkDescription(asked, keeper.country);
  if (!checked.ok) return checked;
  const seen = await findContact(keeper, { id, version });
  if (!seen.ok) return seen;
  const taken = await takenBy(keeper, addressesOf(checked.value), id);
  if (taken !== null) return taken;
  const together = addressesMet(seen.value, checked.value);
  await carryAmong(keeper, together);
  const changed = changedIn(seen.value, checked.value);
  if (changed !== "") {
    const line = { at: world.clock(), actor, action: "contact.changed", subject: `contact:${id}`, after: { changed } };
    const saved = await saveContact(keeper, { id, version, addresses: addressesOf(checked.value) }, [
      contactsDemanded(db, [{ id, version }]), contactWritten(db, { id, version }, await rewritten(keeper, seen.value, checked.value)), ...auditLine(db, world.random, line),
    ]);
    if (!saved.ok) return saved;
  }
  await carryAmong(keeper, together);
  return ok(id);
}

/** A contact as it was seen. `not_found`; `conflict` where it is at another version. */
export async function findContact({ db }: Pick<Ledger, "db">, { id, version }: Seen): Promise<Result<ContactRow>> {
  const [row] = await contactQuery(db, id);
  if (row === undefined) return failed({ kind: "not_found" });
  return row.version === version ? ok(row) : CHANGED_MEANWHILE;
}

/**
 * Saves what breaks where a contact is not as it was seen. Where that is why: as `findContact`, or `conflict` for an address
 * that somebody else took meanwhile. Throws what it cannot explain.
 */
async function saveContact(keeper: Keeper, { id, version, addresses }: Seen & { readonly addresses: readonly Address[] }, statements: Statements): Promise<Result<void>> {
  try {
    await keeper.db.orm.batch(statements);
    return ok(undefined);
  } catch (error) {
    const now = await findContact(keeper, { id, version });
    if (!now.ok) return now;
    const taken = await takenBy(keeper, addresses, id);
    if (taken !== null) return taken;
    throw error;
  }
}

/** What a row holds from now on, of what was said of it and of others that it takes the place of. */
export async function rewritten(keeper: Keeper, row: ContactRow, said: Checked, gone: readonly ContactRow[] = []): Promise<Partial<Omit<ContactRow, "version">>> {
  const subjects = await subjectsOf(keeper, said);
  return { ...said, ...subjects, ...foundBy(said), former: formerOf([row, ...gone], subjects), changedAt: Math.max(keeper.world.clock(), row.changedAt + 1) };
}

/** The keyed hashes of a contact's addresses. */
export async function subjectsOf({ env, db }: Ledger, { phone, email }: Pick<Checked, "phone" | "email">): Promise<{ readonly phoneSubject: Subject | null; readonly emailSubject: Subject | null }> {
  const config = readConfig(env);
  return {
    phoneSubject: phone === null ? null : await subjectOf(config, db.shopId, { channel: "text", value: phone }),
    emailSubject: email === null ? null : await subjectOf(config, db.shopId, { channel: "email", value: email }),
  };
}

/** A refusal where one of some addresses is another contact's than `own`. It says neither whose nor anything of them. */
async function takenBy({ db }: Keeper, addresses: readonly Address[], own: ContactId | null): Promise<Failed | null> {
  for (const address of addresses) {
    const [other] = await contactAtQuery(db, address);
    if (other !== undefined && other.id !== own) return ADDRESS_TAKEN[address.channel];
  }
  return null;
}

const ADDRESS_TAKEN = {
  text: conflict("Another contact has this number. If the two are one person, find the other by the number and merge them."),
  email: conflict("Another contact has this email address. If the two are one person, find the other by the address and merge them."),
} as const satisfies Record<Channel, Failed>;

const CHANGED_MEANWHILE = conflict("This contact was changed meanwhile. Look at it as it is now, then change it again.");

export function conflict(message: string): Failed {
  return failed({ kind: "conflict", message });
}

/** Who added a contact, as its row says it. */
export function authorOf({ id }: Actor): ContactRow["createdBy"] {
  return id.startsWith("person:") ? (id.slice("person:".length) as PersonId) : "daybook";
}
