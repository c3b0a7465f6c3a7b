/** The shop's contacts as a file for a spreadsheet, consent shown. Read again, it brings everybody back and lifts no stop. */
import { csvRow } from "../../kernel/csv";
import { streamOf, type ExportedFile } from "../../http/download";
import { auditLine } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { AddressConsent } from "./contract";
import type { Keeper } from "./keep";
import { contactsQuery, type ListedContact } from "./store";
import { toContactItem } from "./view";

const ROWS_AT_ONCE = 500;

/** The headings. Those that a file is recognised by are the same that `import-rows` knows. */
export const EXPORT_COLUMNS = [
  "name", "phone", "email", "time zone", "note", "tags", "opted out of texts", "opted out of email", "texts: consent", "texts: since", "texts: source",
  "email: consent", "email: since", "email: source", "added",
] as const;

/** Takes all contacts away. A line in the log says so, before the first byte is sent. */
export async function exportContacts({ world, db, actor }: Pick<Keeper, "world" | "db" | "actor">): Promise<ExportedFile> {
  await db.orm.batch(auditLine(db, world.random, { at: world.clock(), actor, action: "contacts.exported", subject: `shop:${db.shopId}` }));
  const date = new Date(world.clock()).toISOString().slice(0, 10);
  return { name: `daybook-contacts-${date}.csv`, type: "text/csv; charset=utf-8", body: streamOf(partsOf(db)) };
}

async function* partsOf(db: ShopDb): AsyncGenerator<string> {
  yield csvRow(EXPORT_COLUMNS);
  for (let after: { readonly sort: string; readonly id: string } | null = null; ; ) {
    const rows: readonly ListedContact[] = await contactsQuery(db, { words: [], after }, ROWS_AT_ONCE);
    yield rows.map(exportRow).join("");
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last;
  }
}

function exportRow(row: ListedContact): string {
  const { name, phone, email, tags, consent } = toContactItem(row);
  const cells = [name, phone ?? "", email ?? "", row.zone ?? "", row.note, tags.join("; ")];
  const out = [row.textOutAt, row.emailOutAt].map((at) => (at === null ? "" : "yes"));
  return csvRow([...cells, ...out, ...consentCells(consent.text), ...consentCells(consent.email), new Date(row.createdAt).toISOString()]);
}

function consentCells(consent: AddressConsent | null): readonly string[] {
  if (consent === null) return ["", "", ""];
  return [consent.state.replace("_", " "), consent.since === null ? "" : new Date(consent.since).toISOString(), consent.source ?? ""];
}
