/** Looking documents through, saying what they are, removing them, and how the shop keeps them. */
import { assert } from "../../kernel/assert";
import type { DocumentId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { roleMay } from "../../kernel/roles";
import type { Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { once } from "../../platform/once";
import type { World } from "../../platform/world";
import { namesOfActors } from "../people/service";
import type { DescriptionChange, DocumentItem, DocumentsQuery, DocumentsView } from "./contract";
import { after, conflict, find, lettingGo, save, type Clerk } from "./filing";
import { checkDescription, datesOf, isMade, mayTake, searchedWords, wordsOf } from "./rules";
import { descriptionWritten, documentDemanded, documentRemoved, documentsQuery, ruleQuery, ruleWritten, uploadsQuery, type DocumentRow } from "./store";
import { sweepStrays } from "./sweep";
import { toDocumentItem, type Seeing } from "./view";

const DOCUMENTS_OF_A_PAGE = 50;

/** A page of the shop's documents, newest first, with what else its page shows. One round trip to the shop's rows. */
export async function viewDocuments(world: World, env: Bindings, visit: Visit, { search, after: last, ...query }: DocumentsQuery): Promise<DocumentsView> {
  const { db, role } = visit;
  const [createdAt = "0", id = ""] = last?.split(".") ?? [];
  const wanted = {
    ...query, words: searchedWords(search ?? ""), figures: roleMay(role, "days.read"), after: last === undefined ? null : { createdAt: Number(createdAt), id },
  };
  const [rows, uploads, rules] = await db.orm.batch([documentsQuery(db, wanted, DOCUMENTS_OF_A_PAGE + 1), uploadsQuery(db, world.clock()), ruleQuery(db)]);
  const page = rows.slice(0, DOCUMENTS_OF_A_PAGE);
  const end = rows.length > DOCUMENTS_OF_A_PAGE ? page.at(-1) : undefined;
  const mayWrite = roleMay(role, "documents.write");
  return {
    documents: await itemsOf({ world, env, visit }, page),
    next: end === undefined ? null : `${end.createdAt}.${end.id}`,
    uploads: uploads.filter(({ description }) => mayWrite && mayTake(role, description))
      .map((row) => ({ id: row.id, name: row.description.name, sizeBytes: row.sizeBytes, arrivedBytes: row.arrivedBytes, createdAt: row.createdAt, expiresAt: row.expiresAt })),
    rule: { seals: rules[0]?.seals ?? false },
    may: { write: mayWrite, share: roleMay(role, "documents.share"), manage: roleMay(role, "documents.manage") },
  };
}

/** One document. `not_found`. */
export async function viewDocument(world: World, env: Bindings, visit: Visit, id: DocumentId): Promise<Result<{ readonly document: DocumentItem }>> {
  const row = await find(visit, id);
  if (!row.ok) return row;
  const [item] = await itemsOf({ world, env, visit }, [row.value]);
  assert(item !== undefined, "each row is shown");
  return ok({ document: item });
}

async function itemsOf(seeing: Seeing, rows: readonly DocumentRow[]): Promise<DocumentItem[]> {
  const names = await namesOfActors(directoryDb(seeing.env), rows.map(({ createdBy }) => createdBy));
  return await Promise.all(rows.map(async (row) => await toDocumentItem(seeing, row, row.createdBy === "daybook" ? "Daybook" : (names.get(row.createdBy) ?? "Somebody"))));
}

/**
 * Says something else of a document. `not_found`; `conflict` where it changed since it was seen, or Daybook made it; fails
 * as `checkDescription`. Links stay good: they show the content, not what is said of it.
 */
export async function describe(clerk: Clerk, id: DocumentId, { changedAt: seenAt, ...said }: DescriptionChange): Promise<Result<DocumentId>> {
  const { world, db, actor } = clerk;
  const row = await find(clerk, id);
  if (!row.ok) return row;
  if (isMade(row.value)) return conflict("Daybook made this document and keeps what is said of it.");
  const checked = checkDescription(clerk.role, said);
  if (!checked.ok) return checked;
  const change = { ...said, ...datesOf(said), tags: [...new Set(said.tags)] };
  const at = world.clock();
  const line = { at, actor, action: "document.described", subject: `document:${id}`, after: { changed: changedIn(row.value, change) } };
  return await save(clerk, id, [
    descriptionWritten(db, id, seenAt, { ...change, words: wordsOf({ ...row.value, ...change }), changedAt: after(row.value, at) }),
    documentDemanded(db, id), ...auditLine(db, world.random, line),
  ], (now) => now.changedAt !== seenAt);
}

/** Which of its parts a description changes, never to what: that stands in the document alone, and goes with it. */
function changedIn(row: DocumentRow, change: Partial<DocumentRow>): string {
  const parts = ["kind", "subjectKind", "subject", "title", "tags", "issuedOn", "expiresOn"] as const;
  return parts.filter((part) => JSON.stringify(row[part]) !== JSON.stringify(change[part])).join(", ") || "nothing";
}

/** Removes a document with its content, its links and what came of them. `not_found`; `conflict` for a certificate, which is revoked instead. */
export async function removeDocument(clerk: Clerk, id: DocumentId): Promise<Result<{ readonly removed: boolean }>> {
  const { world, db, actor } = clerk;
  const seen = await find(clerk, id);
  if (!seen.ok) return seen;
  if (seen.value.kind === "certificate") return conflict("A certificate is revoked rather than removed, so that whoever holds it on paper is told.");
  const act = { key: `document:${id}:removed:${seen.value.createdAt}`, input: { id }, actor, action: "document.removed", at: world.clock(), random: world.random };
  const removed = await once(db, act, async () => ok({
    statements: [...lettingGo(db, id), documentRemoved(db, id)], answer: { removed: true },
    audit: { subject: `document:${id}`, before: { kind: seen.value.kind, type: seen.value.mediaType, sizeBytes: seen.value.sizeBytes, version: seen.value.version } },
  }));
  await sweepStrays(clerk);
  return removed;
}

/** Sets whether what is filed from now on is sealed with the shop's own key. */
export async function setRule({ world, db, actor }: Clerk, seals: boolean): Promise<Result<{ readonly seals: boolean }>> {
  const [before] = await ruleQuery(db);
  const line = { at: world.clock(), actor, action: "document_rule.changed", subject: `shop:${db.shopId}`, before: { seals: before?.seals ?? false }, after: { seals } };
  await db.orm.batch([ruleWritten(db, seals), ...auditLine(db, world.random, line)]);
  return ok({ seals });
}
