/** What becomes of people in a file beside those whom the shop knows: pure but for one look at who has which address. */
import type { ShopDb } from "../../platform/database";
import { MOST_TAGS } from "./contract";
import type { ImportRow } from "./import-rows";
import { changedIn, type Checked } from "./rules";
import { contactsAtQueries, type ContactRow } from "./store";

/** What becomes of somebody: `said` is what the contact holds from now on, `holders` are those who have an address of theirs now. */
export type Decided = { readonly holders: readonly ContactRow[] } & (
  | { readonly kind: "new"; readonly row: ImportRow; readonly said: Checked }
  | { readonly kind: "changed" | "same"; readonly row: ImportRow; readonly said: Checked; readonly known: ContactRow }
  /** `because` is null for a row that was refused before. */
  | { readonly kind: "refused"; readonly row: ImportRow; readonly because: string | null }
);

/** Decides about each of some rows by who has their addresses now. One round trip. */
export async function decideAll(db: ShopDb, rows: readonly ImportRow[]): Promise<readonly Decided[]> {
  const phones = rows.flatMap(({ phone }) => phone ?? []);
  const emails = rows.flatMap(({ email }) => email ?? []);
  const [phoneQuery, emailQuery] = contactsAtQueries(db, { phones, emails });
  const [ofPhones, ofEmails] = await db.orm.batch([phoneQuery, emailQuery]);
  const byPhone = new Map(ofPhones.map((row) => [row.phone, row]));
  const byEmail = new Map(ofEmails.map((row) => [row.email, row]));
  return rows.map((row) => decide(row, row.phone === null ? undefined : byPhone.get(row.phone), row.email === null ? undefined : byEmail.get(row.email)));
}

/** A file adds to what is known: what it leaves empty stays, and tags come on top. */
function decide(row: ImportRow, byPhone: ContactRow | undefined, byEmail: ContactRow | undefined): Decided {
  const holders = [byPhone, byEmail].filter((one) => one !== undefined);
  if (!row.isKept) return { kind: "refused", row, holders, because: null };
  if (byPhone !== undefined && byEmail !== undefined && byPhone.id !== byEmail.id) {
    return { kind: "refused", row, holders, because: "Its number and its email address belong to two contacts. If they are one person, merge them first." };
  }
  const known = byPhone ?? byEmail;
  const { name, phone, email, zone, note, tags } = row;
  if (known === undefined) return { kind: "new", row, holders, said: { name, phone, email, zone, note, tags } };
  const said = {
    name: name || known.name, phone: phone ?? known.phone, email: email ?? known.email, zone: zone ?? known.zone, note: note || known.note,
    tags: [...new Set([...known.tags, ...tags])],
  };
  if (said.tags.length > MOST_TAGS) return { kind: "refused", row, holders, because: `With those that the contact has, there would be more than ${MOST_TAGS} tags.` };
  return { kind: changedIn(known, said) === "" ? "same" : "changed", row, holders, said, known };
}
