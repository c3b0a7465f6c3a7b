/** Decisions about documents: who sees which, what may be said of one, how it is called, and what a search looks for. */
import { encodeBase32LowerCaseNoPadding } from "@oslojs/encoding";
import { parseBusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay, rolesThatMay, type Role } from "../../kernel/roles";
import { utf8 } from "../../platform/aes-gcm";
import type { DocumentId, ShopId } from "../../kernel/ids";
import type { Description, MediaType } from "./contract";
import type { DocumentRow } from "./store";

/** What a shop may keep. */
export const MOST_DOCUMENTS = 50_000;
export const MOST_BYTES = 100_000_000_000;

const LONGEST_FILE_NAME = 160;
const LONGEST_TITLE = 120;
const MOST_SEARCH_WORDS = 12;

/** What each type is called at the end of a file's name; the first where it is called nothing of the kind. */
const ENDINGS: Readonly<Record<MediaType, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"], "image/png": ["png"], "image/webp": ["webp"], "image/heic": ["heic", "heif"],
  "application/pdf": ["pdf"], "text/csv": ["csv"], "text/plain": ["txt", "text", "md", "log", "tsv"],
};

/** Reports and what is about a day hold figures: for roles that may not read days they do not exist. */
export function mayTake(role: Role, { kind, subjectKind }: { readonly kind: DocumentRow["kind"]; readonly subjectKind: DocumentRow["subjectKind"] }): boolean {
  return roleMay(role, "days.read") || (kind !== "report" && subjectKind !== "day");
}

/** What Daybook made of itself is described and replaced by Daybook alone. */
export function isMade({ kind }: Pick<DocumentRow, "kind">): boolean {
  return kind === "certificate" || kind === "report";
}

/**
 * Whether that can be said of a document by that role. `invalid_input` for a subject that names nothing, a date that does
 * not exist, or an expiry before the issue; `not_permitted` for a day's document by a role that could not see it afterwards.
 */
export function checkDescription(role: Role, { subjectKind, subject, issuedOn, expiresOn }: Omit<Description, "kind" | "title" | "tags">): Result<void> {
  if (subjectKind === "shop" && subject !== "") return wrong("subject", "What is about the shop itself names nothing else.");
  if (subjectKind !== "shop" && subject === "") return wrong("subject", "Say which job, product or day it is about.");
  if (subjectKind === "day" && parseBusinessDate(subject) === null) return wrong("subject", "That is no date of the calendar.");
  if (issuedOn !== null && parseBusinessDate(issuedOn) === null) return wrong("issuedOn", "That is no date of the calendar.");
  if (expiresOn !== null && parseBusinessDate(expiresOn) === null) return wrong("expiresOn", "That is no date of the calendar.");
  if (issuedOn !== null && expiresOn !== null && expiresOn < issuedOn) return wrong("expiresOn", "It cannot expire before it was issued.");
  if (subjectKind === "day" && !roleMay(role, "days.read")) return failed({ kind: "not_permitted", permission: "days.read", rolesThatMay: rolesThatMay("days.read") });
  return ok(undefined);
}

/** The dates of a description that was checked. */
export function datesOf({ issuedOn, expiresOn }: Pick<Description, "issuedOn" | "expiresOn">): Pick<DocumentRow, "issuedOn" | "expiresOn"> {
  return { issuedOn: parseBusinessDate(issuedOn ?? ""), expiresOn: parseBusinessDate(expiresOn ?? "") };
}

function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}

/**
 * A file's name as it is saved to a disk: without folders, controls, marks that turn the direction of writing, and what some
 * disk does not take; with an ending that says what it is, so that no `invoice.pdf.exe` comes out of here.
 */
export function fileNameOf(name: string, mediaType: MediaType): string {
  const bare = (name.split(/[/\\]/).at(-1) ?? "").toWellFormed().normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, "").replace(/[<>:"|?*]+/g, "-").replace(/^[.\s]+|[.\s]+$/g, "");
  const [ending = ""] = ENDINGS[mediaType];
  const own = ENDINGS[mediaType].find((one) => bare.toLowerCase().endsWith(`.${one}`));
  const stem = own === undefined ? bare : bare.slice(0, -own.length - 1);
  const kept = cut(stem, LONGEST_FILE_NAME - (own ?? ending).length - 1).trim();
  return `${kept === "" ? "document" : kept}.${own ?? ending}`;
}

/** What a document is called where nobody says: its file's name without the ending. */
export function titleOf(fileName: string): string {
  return cut(fileName.replace(/\.[^.]*$/, "").replaceAll("_", " "), LONGEST_TITLE).trim() || "Document";
}

/** At most so many UTF-16 units, never half a character. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

/** Folded as words are compared: lower case, without accents, compatible forms alike. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
}

/** What a search looks through. */
export function wordsOf({ title, subject, tags, fileName }: Pick<DocumentRow, "title" | "subject" | "tags" | "fileName">): string {
  return foldedWords([title, subject, ...tags, fileName]);
}

/** Texts as `searchedWords` finds them. */
export function foldedWords(texts: readonly string[]): string {
  return folded(texts.join("\n"));
}

/** The words that a search asks for, each of which must occur. */
export function searchedWords(search: string): readonly string[] {
  return [...new Set(folded(search).split(/\s+/).filter((word) => word !== ""))].slice(0, MOST_SEARCH_WORDS);
}

/** The id of what Daybook files by itself under a key: always the same for one shop and key, and guessed by nobody outside. */
export async function madeDocumentId(shopId: ShopId, key: string): Promise<DocumentId> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`document made ${shopId} ${key}`));
  return encodeBase32LowerCaseNoPadding(new Uint8Array(digest).slice(0, 16)) as DocumentId;
}

/** Whether there is room for so many bytes more. `conflict` with what can be done. */
export function checkRoom({ documentCount, totalBytes }: { readonly documentCount: number; readonly totalBytes: number }, moreBytes: number): Result<void> {
  if (documentCount >= MOST_DOCUMENTS) return failed({ kind: "conflict", message: "The shop keeps 50,000 documents, which is as many as fit. Remove some that are not needed, then file this one." });
  if (totalBytes + moreBytes > MOST_BYTES) return failed({ kind: "conflict", message: "The shop's documents come to 100 GB, which is as much as fits. Remove some that are not needed, then file this one." });
  return ok(undefined);
}
