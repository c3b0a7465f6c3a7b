/** Documents as the web app sees them. Instants are epoch milliseconds, sizes bytes, dates the shop's own. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";

export const DOCUMENT_KINDS = ["photo", "warranty", "certificate", "report", "other"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What a document is about: the shop itself, a job by its name, a product by its serial number, a business day. */
export const SUBJECT_KINDS = ["shop", "job", "product", "day"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What may be filed, decided from the bytes. */
export const MEDIA_TYPES = ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf", "text/csv", "text/plain"] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** The most that one request takes; whatever is larger comes in parts. */
export const LARGEST_UPLOAD_BYTES = 100_000_000;
/** A photo is looked through as a whole before it is kept. */
export const LARGEST_PHOTO_BYTES = 25_000_000;
/** R2 takes parts of at least 5 MiB, all but the last of one size; 10,000 of them. */
export const PART_BYTES = 16 * 1_048_576;
export const LARGEST_DOCUMENT_BYTES = 5_000_000_000;
export const LARGEST_THUMBNAIL_BYTES = 65_536;

/** A line of text that people write: trimmed, of at most so many characters. */
export const printable = (most: number) => z.string().trim().max(most).regex(/^[^\p{Cc}\p{Cs}]*$/u, "no control characters");
const tag = printable(40).min(1);
/** SHA-256 as 43 base64url characters. */
export const checksum = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "a SHA-256 in base64url");

/** What somebody says of a document. `subject`: "Job 1042", a serial number, a date; empty for the shop itself. */
export const description = z.strictObject({
  kind: z.enum(["photo", "warranty", "other"]),
  subjectKind: z.enum(SUBJECT_KINDS),
  subject: printable(100),
  title: printable(120).min(1),
  tags: z.array(tag).max(12),
  issuedOn: dateText.nullable(),
  expiresOn: dateText.nullable(),
});
export type Description = z.infer<typeof description>;

/** What a document is filed as when its bytes are sent alone; everything can be changed afterwards. */
export const fileQuery = z.strictObject({
  name: z.string().min(1).max(255),
  kind: z.enum(["photo", "warranty", "other"]).optional(),
  subjectKind: z.enum(SUBJECT_KINDS).optional(),
  subject: printable(100).optional(),
  title: printable(120).min(1).optional(),
  checksum: checksum.optional(),
  /** The same for every attempt at one file: what arrived already is not filed twice. */
  key: id,
});
export type FileQuery = z.infer<typeof fileQuery>;

/** New content for a document that is there. */
export const replaceQuery = z.strictObject({ name: z.string().min(1).max(255), checksum: checksum.optional(), version: z.coerce.number().int().min(1) });
export type ReplaceQuery = z.infer<typeof replaceQuery>;

/** Of which version of the content a small picture is. */
export const thumbnailQuery = z.strictObject({ version: z.coerce.number().int().min(1) });

export const documentPath = z.strictObject({ document: id });

/** A document in a list. `thumbnailUrl` works for some minutes. */
export const documentItem = z.strictObject({
  id,
  version: z.number().int(),
  kind: z.enum(DOCUMENT_KINDS),
  subjectKind: z.enum(SUBJECT_KINDS),
  subject: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  fileName: z.string(),
  mediaType: z.enum(MEDIA_TYPES),
  sizeBytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  issuedOn: dateText.nullable(),
  expiresOn: dateText.nullable(),
  isSealed: z.boolean(),
  createdAt: z.number().int(),
  changedAt: z.number().int(),
  /** Of somebody in the team; "Daybook" for what was made here by itself. */
  createdBy: z.string(),
  thumbnailUrl: z.string().nullable(),
});
export type DocumentItem = z.infer<typeof documentItem>;

export const documentsQuery = z.strictObject({
  /** Words that all must occur in title, subject, tags or file name, whatever their case and accents. */
  search: printable(80).optional(),
  /** When left out: all but reports, of which every day brings one. What is about a day comes with its reports. */
  kind: z.enum(DOCUMENT_KINDS).optional(),
  subjectKind: z.enum(SUBJECT_KINDS).optional(),
  subject: printable(100).optional(),
  /** Only what expires on that date or before it. */
  expiresBy: dateText.optional(),
  /** `next` of the page before. */
  after: z.string().regex(/^\d{1,16}\.[a-z2-7]{26}$/, "where the page before ended").optional(),
});
export type DocumentsQuery = z.infer<typeof documentsQuery>;
export const documentsView = z.strictObject({
  documents: z.array(documentItem),
  next: z.string().nullable(),
  /** Uploads in parts that were not finished, newest first. */
  uploads: z.array(z.strictObject({ id, name: z.string(), sizeBytes: z.number().int(), arrivedBytes: z.number().int(), createdAt: z.number().int(), expiresAt: z.number().int() })),
  rule: z.strictObject({ seals: z.boolean() }),
  may: z.strictObject({ write: z.boolean(), share: z.boolean(), manage: z.boolean() }),
});
export type DocumentsView = z.infer<typeof documentsView>;

export const documentAnswer = z.strictObject({ document: documentItem });
export type DocumentAnswer = z.infer<typeof documentAnswer>;

/** What changes of a document's description, and the state that it was seen in. */
export const descriptionChange = description.extend({ changedAt: z.number().int() });
export type DescriptionChange = z.infer<typeof descriptionChange>;

export const documentRemoved = z.strictObject({ removed: z.boolean() });
export const noMore = z.strictObject({});

export const ruleChange = z.strictObject({ seals: z.boolean() });
export const ruleView = ruleChange;

/** Begins a file in parts. */
export const uploadStart = description.extend({ name: z.string().min(1).max(255), sizeBytes: z.number().int().min(1).max(LARGEST_DOCUMENT_BYTES) });
export type UploadStart = z.infer<typeof uploadStart>;
export const uploadPath = z.strictObject({ upload: id });
export const partPath = z.strictObject({ upload: id, part: z.string().regex(/^[1-9]\d{0,4}$/, "the number of a part") });
export const partQuery = z.strictObject({ checksum });
export const uploadView = z.strictObject({
  id,
  name: z.string(),
  sizeBytes: z.number().int(),
  partBytes: z.number().int(),
  /** Parts that arrived, by their numbers from 1. */
  parts: z.array(z.number().int()),
  expiresAt: z.number().int(),
});
export type UploadView = z.infer<typeof uploadView>;
