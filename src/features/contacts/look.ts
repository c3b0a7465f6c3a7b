/** Looking contacts through. */
import { encodeBase64urlNoPadding, decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import type { ContactId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay } from "../../kernel/roles";
import type { Visit } from "../../http/guard";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { barredAmong, linesOf } from "../consent/service";
import type { ContactsQuery, ContactsView, ContactView } from "./contract";
import { subjectsEver, wordsSought } from "./rules";
import { personOf } from "./service";
import { contactsQuery, listedContactQuery, type ContactRow } from "./store";
import { toContactItem, toContactItemAsRegistered } from "./view";

const CONTACTS_OF_A_PAGE = 50;

/** A page of the shop's contacts by name; who has none stands last. One round trip. */
export async function viewContacts({ db, role }: Visit, { search, tag, consent, after }: ContactsQuery): Promise<ContactsView> {
  const wanted = { words: wordsSought(search ?? ""), tag, consent, after: after === undefined ? null : placeOf(after) };
  const rows = await contactsQuery(db, wanted, CONTACTS_OF_A_PAGE + 1);
  const page = rows.slice(0, CONTACTS_OF_A_PAGE);
  const end = rows.length > CONTACTS_OF_A_PAGE ? page.at(-1) : undefined;
  return {
    contacts: page.map(toContactItem), next: end === undefined ? null : cursorOf(end),
    may: { send: roleMay(role, "messages.send"), manage: roleMay(role, "messages.manage") },
  };
}

/** One contact, with where the register says that its addresses stand, and what is on record of all that it ever had. `not_found`. */
export async function viewContact(world: World, env: Bindings, { db }: Pick<Visit, "db">, id: ContactId): Promise<Result<{ readonly contact: ContactView }>> {
  const [row] = await listedContactQuery(db, id);
  if (row === undefined) return failed({ kind: "not_found" });
  const people = { text: personOf(row, "text"), email: personOf(row, "email") };
  const [lines, barred] = await Promise.all([linesOf(db, subjectsEver(row)), barredAmong({ world, env, db }, Object.values(people).filter((person) => person !== null))]);
  const [text = null, email = null] = people.text === null ? [null, ...barred] : barred;
  const { zone, note, createdAt } = row;
  const ledger = lines.map(({ id: line, channel, act, source, words, address, saidAt, at, follows }) => ({ id: line, channel, act, source, words, address, saidAt, at, follows: follows !== null }));
  return ok({ contact: { ...toContactItemAsRegistered(row, { text, email }), zone, note, createdAt, ledger } });
}

/** Where a page ends, as its `next` says it. */
function cursorOf({ sort, id }: Pick<ContactRow, "sort" | "id">): string {
  return `${encodeBase64urlNoPadding(new TextEncoder().encode(sort))}.${id}`;
}

function placeOf(cursor: string): { readonly sort: string; readonly id: string } {
  const [sort = "", id = ""] = cursor.split(".");
  return { sort: decoded(sort), id };
}

/** What is no base64url stands for the list's beginning: nobody but us writes cursors. */
function decoded(text: string): string {
  try {
    return new TextDecoder().decode(decodeBase64urlIgnorePadding(text));
  } catch {
    return "";
  }
}
