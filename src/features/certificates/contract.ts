/** Warranty certificates and their templates as the web app sees them. Dates are the shop's own. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";
import { printable } from "../documents/contract";

const paragraphs = (most: number) => z.string().trim().max(most).regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, "no control characters but line breaks");

/** A template. `statement` is the sentence below the heading; `validMonths` null for what never expires. */
export const templateChange = z.strictObject({
  name: printable(60).min(1),
  title: printable(80).min(1),
  statement: paragraphs(400),
  terms: paragraphs(4_000),
  numberPrefix: z.string().regex(/^(?:[A-Z0-9-]{0,11}[A-Z-])?$/, "capital letters, figures and hyphens, with no figure at the end"),
  /** Where the sequence goes on; a number below the one that is next anyway changes nothing. */
  nextNumber: z.number().int().min(1).max(9_999_999),
  validMonths: z.number().int().min(1).max(1_200).nullable(),
  /** A JPEG or PNG among the shop's documents. */
  logoDocumentId: id.nullable(),
  /** Of the template that was changed; 0 for a new one. */
  version: z.number().int().min(0),
});
export type TemplateChange = z.infer<typeof templateChange>;
export const templateView = templateChange.extend({ id, nextNumber: z.number().int(), isArchived: z.boolean(), changedAt: z.number().int() });
export type TemplateView = z.infer<typeof templateView>;
export const templatePath = z.strictObject({ template: id });
export const templateAnswer = z.strictObject({ template: templateView });
/** The version that was seen. */
export const archiving = z.strictObject({ version: z.number().int().min(1), archived: z.boolean() });

/** What is issued. The number comes from the template's sequence, the expiry from its months. */
export const certificateRequest = z.strictObject({
  template: id,
  issuedTo: printable(120).min(1),
  product: printable(120).min(1),
  serialNumber: printable(60),
  issuedOn: dateText,
  /** The same for every attempt at one certificate: a number is given once. */
  key: id,
});
export type CertificateRequest = z.infer<typeof certificateRequest>;

export const CERTIFICATE_STATES = ["valid", "expired", "revoked"] as const;
export const certificateView = z.strictObject({
  number: z.string(),
  document: id,
  template: id,
  title: z.string(),
  issuedTo: z.string(),
  product: z.string(),
  serialNumber: z.string(),
  issuedOn: dateText,
  expiresOn: dateText.nullable(),
  state: z.enum(CERTIFICATE_STATES),
  revokedBecause: z.string().nullable(),
  revokedAt: z.number().int().nullable(),
  issuedBy: z.string(),
  issuedAt: z.number().int(),
  /** Whether its paper stands among the documents; where that was interrupted, it is made when somebody asks for it. */
  isFiled: z.boolean(),
  verifyUrl: z.string(),
});
export type CertificateView = z.infer<typeof certificateView>;
export const certificatesQuery = z.strictObject({ search: printable(80).optional(), after: z.string().regex(/^\d{1,16}\.[A-Z0-9-]{1,24}$/, "where the page before ended").optional() });
export type CertificatesQuery = z.infer<typeof certificatesQuery>;
export const certificatesView = z.strictObject({ certificates: z.array(certificateView), next: z.string().nullable(), templates: z.array(templateView), may: z.strictObject({ issue: z.boolean(), manage: z.boolean() }) });
export type CertificatesView = z.infer<typeof certificatesView>;
export const certificateAnswer = z.strictObject({ certificate: certificateView });
export const certificatePath = z.strictObject({ number: z.string().regex(/^[A-Z0-9-]{1,24}$/, "a certificate's number") });
export const revocation = z.strictObject({ because: printable(200).min(1) });
/** Asks for the paper of a certificate whose making was interrupted. */
export const paperRequest = z.strictObject({});
