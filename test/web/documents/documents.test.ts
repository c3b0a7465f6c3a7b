/** What the pages of documents decide by themselves: what is shown, in which order, and how it is said. */
import { describe, expect, it, test } from "vitest";
import * as contract from "../../../src/features/documents/contract";
import type { DocumentItem } from "../../../src/features/documents/contract";
import { LONGEST_SHARE_DAYS as LONGEST_OF_CONTRACT } from "../../../src/features/shares/contract";
import type { BusinessDate } from "../../../src/kernel/day";
import { descriptionFrom, problemsOf } from "../../../web/src/pages/documents/description";
import { expiryOf } from "../../../web/src/pages/documents/expiry";
import { documentAddress, documentsAddress, isFiltered, questionOf, readDocumentFilters } from "../../../web/src/pages/documents/filters";
import { neighboursOf, withFirstPage, withNextPage } from "../../../web/src/pages/documents/shelf";
import * as sizes from "../../../web/src/pages/documents/sizes";
import { titleFrom } from "../../../web/src/pages/documents/title";
import { subjectInWords } from "../../../web/src/pages/documents/words";

const TODAY = "2026-07-14" as BusinessDate;
const at = (address: string) => Object.fromEntries(new URLSearchParams(address.split("?")[1] ?? ""));
const item = (id: string, createdAt: number): DocumentItem => ({
  id, version: 1, kind: "photo", subjectKind: "shop", subject: "", title: id, tags: [], fileName: "a.jpg", mediaType: "image/jpeg", sizeBytes: 1, width: null, height: null,
  issuedOn: null, expiresOn: null, isSealed: false, createdAt, changedAt: createdAt, createdBy: "Ada", thumbnailUrl: null,
});
const ids = (shelf: { readonly documents: readonly DocumentItem[] }) => shelf.documents.map(({ id }) => id).join("");

test("the bounds that are said are the contract's own", () => {
  const { LARGEST_UPLOAD_BYTES, LARGEST_PHOTO_BYTES, LARGEST_DOCUMENT_BYTES, LARGEST_THUMBNAIL_BYTES } = contract;
  expect(sizes).toMatchObject({ LARGEST_UPLOAD_BYTES, LARGEST_PHOTO_BYTES, LARGEST_DOCUMENT_BYTES, LARGEST_THUMBNAIL_BYTES, LONGEST_SHARE_DAYS: LONGEST_OF_CONTRACT });
});

describe("the filters of documents", () => {
  const filters = { search: "oak & brass", kind: "photo", about: "job", subject: "1042", isExpiring: true } as const;

  it("survive their own address, and that of a document", () => {
    expect(readDocumentFilters(at(documentsAddress(filters)))).toEqual(filters);
    expect(readDocumentFilters(at(documentAddress("x".repeat(26), filters)))).toEqual(filters);
    expect([documentsAddress(readDocumentFilters({})), documentAddress("../a")]).toEqual(["/documents", "/documents/..%2Fa"]);
  });

  it.each(["?kind=gif", "?about=moon", "?expiring=yes", `?search=${"x".repeat(81)}`, "?search=%00", "?subject=1042"])("take nothing of an address that makes no sense: %s", (address) => {
    expect(isFiltered(readDocumentFilters(at(address)))).toBe(false);
  });

  it("ask the server for what expired or does within thirty days", () => {
    expect(questionOf(filters, TODAY)).toEqual({ search: "oak & brass", kind: "photo", subjectKind: "job", subject: "1042", expiresBy: "2026-08-13" });
    expect(contract.documentsQuery.safeParse(questionOf(filters, TODAY)).success).toBe(true);
    expect(questionOf(readDocumentFilters({}), TODAY)).toEqual({});
  });
});

describe("an expiry", () => {
  it.each([
    [null, null, null], ["2026-07-13", "Expired on 13 July 2026", "held"], ["2026-07-14", "Expires today", "held"], ["2026-07-15", "Expires tomorrow", "held"],
    ["2026-08-13", "Expires in 30 days", "held"], ["2026-08-14", "Expires on 14 August 2026", "quiet"], ["2027-03-28", "Expires on 28 March 2027", "quiet"],
  ])("on %s is said as %s", (date, text, tone) => {
    const word = expiryOf(date, TODAY);
    expect([word?.text ?? null, word?.tone ?? null]).toEqual([text, tone]);
    if (tone === "held") expect(word?.glyph).not.toBe("");
  });
});

describe("pages of documents", () => {
  const first = { documents: [item("f", 6), item("e", 5), item("d", 4)], next: "4.d" };
  const both = withNextPage(withFirstPage(null, first), { documents: [item("d", 4), item("c", 3), item("b", 2)], next: "2.b" });

  it("lie against each other without doubles", () => {
    expect([ids(both), both.next]).toEqual(["fedcb", "2.b"]);
  });

  it("keep what came after the first when that is asked anew, whatever was filed or removed meanwhile", () => {
    const filed = withFirstPage(both, { documents: [item("g", 7), item("f", 6), item("e", 5)], next: "5.e" });
    expect([ids(filed), filed.next]).toEqual(["gfedcb", "2.b"]);
    const removed = withFirstPage(both, { documents: [item("f", 6), item("d", 4), item("c", 3)], next: "3.c" });
    expect([ids(removed), removed.next]).toEqual(["fdcb", "2.b"]);
    expect(ids(withFirstPage(both, { documents: [item("f", 6)], next: null }))).toBe("f");
  });

  it("tell which document comes before and after another", () => {
    expect([neighboursOf(both.documents, "f"), neighboursOf(both.documents, "c"), neighboursOf(both.documents, "z")]).toEqual([{ before: null, after: "e" }, { before: "d", after: "b" }, { before: null, after: null }]);
  });
});

test("a file is called after its name until somebody names it", () => {
  expect(["IMG_2034.jpeg", "warranty-card--final.PDF", ".jpg", "  ", "Angebot Nr. 7 (neu).pdf", "a\u0000b\n.txt"].map(titleFrom)).toEqual(["IMG 2034", "warranty-card--final", "Document", "Document", "Angebot Nr. 7 (neu)", "a b"]);
  expect(titleFrom(`${"x".repeat(119)}😀.jpg`)).toBe("x".repeat(119));
  for (const name of ["x".repeat(400), "\ud800", "_._"]) expect(contract.description.shape.title.safeParse(titleFrom(name)).success).toBe(true);
});

test("sizes are said in the units of telephones, and fit without being stretched", () => {
  expect([7, 999, 184_203, 3_114_002, 150_400_000, 1_204_000_000].map(sizes.sizeInWords)).toEqual(["7 bytes", "999 bytes", "184 KB", "3.1 MB", "150 MB", "1.2 GB"]);
  expect([sizes.fitted(4_032, 3_024, 320), sizes.fitted(200, 100, 320), sizes.fitted(30_000, 1, 320)]).toEqual([{ width: 320, height: 240 }, { width: 200, height: 100 }, { width: 320, height: 1 }]);
});

test("what a document is about is said once", () => {
  expect([["job", "1042"], ["job", "Job 1042"], ["product", "X-1"], ["day", "2026-07-14"], ["shop", ""]].map(([subjectKind, subject]) => subjectInWords({ subjectKind, subject } as Pick<DocumentItem, "subjectKind" | "subject">)))
    .toEqual(["Job: 1042", "Job 1042", "Serial number X-1", "14 July 2026", "The shop itself"]);
});

describe("the details of a document", () => {
  const fields = (values: Readonly<Record<string, string>>) => (field: string) => values[field] ?? "";

  it("are what the form holds: tags once each, nothing named by the shop itself", () => {
    const said = descriptionFrom(fields({ kind: "warranty", subjectKind: "shop", subject: "left over", title: " Oven ", tags: "oven, kitchen,,oven ", issuedOn: "2026-01-31" }));
    expect(said).toEqual({ kind: "warranty", subjectKind: "shop", subject: "", title: "Oven", tags: ["oven", "kitchen"], issuedOn: "2026-01-31", expiresOn: null });
    expect([problemsOf(said), contract.description.safeParse(said).success]).toEqual([[], true]);
  });

  it("say what is missing before anything is sent", () => {
    const wrong = descriptionFrom(fields({ kind: "other", subjectKind: "day", subject: "2026-02-30", tags: "x".repeat(41), issuedOn: "2026-02-01", expiresOn: "2026-01-01" }));
    expect(problemsOf(wrong).map(({ field }) => field)).toEqual(["title", "subject", "tags", "expiresOn"]);
    expect(problemsOf(descriptionFrom(fields({ title: "a", subjectKind: "job" }))).map(({ field }) => field)).toEqual(["subject"]);
  });
});
