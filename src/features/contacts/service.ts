/** Contacts, as the other features may use them: who somebody is, and where else the same person is known to be. */
import { assert } from "../../kernel/assert";
import { newId, type ContactId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import type { Channel } from "../consent/contract";
import { subjectOf, type Address, type Ledger, type Person } from "../consent/service";
import { addressesOf, foundBy } from "./rules";
import { addContactUnlessKnown, audienceQuery, contactAtQuery, contactQuery, type Audience, type ContactRow } from "./store";

/** Somebody outside whom the shop may write to. */
export type Contact = ContactRow;
export type { Audience } from "./store";

/** One contact, or null. */
export async function contactById(db: ShopDb, id: ContactId): Promise<Contact | null> {
  return (await contactQuery(db, id))[0] ?? null;
}

/** The contact who has an address in its stored form, or null. */
export async function contactOf(db: ShopDb, address: Address): Promise<Contact | null> {
  return (await contactAtQuery(db, address))[0] ?? null;
}

/** The contact who has an address; whoever writes first becomes one without a name. Of many at once, all get the same. */
export async function knownOrNew(desk: Ledger, address: Address): Promise<Contact> {
  const { world, env, db } = desk;
  const known = await contactOf(db, address);
  if (known !== null) return known;
  const at = world.clock();
  const subject = await subjectOf(readConfig(env), db.shopId, address);
  const held = address.channel === "text"
    ? { phone: address.value, phoneSubject: subject, email: null, emailSubject: null }
    : { phone: null, phoneSubject: null, email: address.value, emailSubject: subject };
  const said = { name: "", zone: null, note: "", tags: [] };
  await addContactUnlessKnown(db, {
    id: newId<ContactId>(world.random), ...said, ...held, ...foundBy({ ...said, ...held }), former: [], version: 1, createdBy: "daybook", createdAt: at, changedAt: at,
  });
  const made = await contactOf(db, address);
  assert(made !== null, "whoever was added is there");
  return made;
}

/** A contact as consent knows them when they are written to by a channel: null where they have no such address. */
export function personOf(contact: Pick<Contact, "phone" | "email">, channel: Channel): Person | null {
  const addresses = addressesOf(contact);
  const address = addresses.find((one) => one.channel === channel);
  return address === undefined ? null : { address, others: addresses.filter((one) => one !== address) };
}

/** The contacts of an audience in order of their ids: at most `most` after `after`, the first ones for "". Nobody for an empty audience. */
export async function contactsOf(db: ShopDb, audience: Audience, after: ContactId | "", most: number): Promise<readonly Contact[]> {
  return await audienceQuery(db, audience, after, most);
}
