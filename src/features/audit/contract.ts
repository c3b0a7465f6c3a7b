/** The audit log as it crosses HTTP. Instants are epoch milliseconds, numbers of lines begin at 1. */
import { z } from "zod";
import { EXPORT_FORMAT } from "../../kernel/audit-export";
import type { Json } from "../../kernel/canonical-json";
import { dateText } from "../connections/contract";

/** `person:<id>`, `daybook` or `stranger`. */
const actor = z.string().max(60).regex(/^(?:daybook|stranger|person:[a-z2-7]{26})$/, "is nobody who could act");
/** Written as a number is, without signs, spaces or leading zeros: there is one way to write each. */
const seqText = z.string().regex(/^[1-9]\d{0,9}$/, "is no number of a line").transform(Number);

/** What of the log is asked for; dates are the shop's own (an organisation's: UTC), both included. */
export const auditFilter = {
  from: dateText.optional(),
  to: dateText.optional(),
  actor: actor.optional(),
  /** A thing (`mapping`), what became of it (`mapping.saved`), how that ended (`member.removed.failed`), and all below. */
  action: z.string().max(60).regex(/^[a-z_]+(?:\.[a-z_]+){0,2}$/, "is no act").optional(),
  subject: z.string().min(1).max(200).optional(),
};

/** `before`: lines with smaller numbers only, for the page after this one. */
export const auditQuery = z.strictObject({ ...auditFilter, before: seqText.optional() });
export type AuditQuery = z.output<typeof auditQuery>;
export type AuditFilter = Omit<AuditQuery, "before">;

export const exportQuery = z.strictObject({ ...auditFilter, format: z.enum(["csv", "json"]) });
export type ExportQuery = z.output<typeof exportQuery>;

/** Up to 100 numbers, with dots between: `12.11.10`. */
export const proofQuery = z.strictObject({ seq: z.string().max(1_100).regex(/^[1-9]\d{0,9}(?:\.[1-9]\d{0,9}){0,99}$/, "is no list of lines").transform((text) => text.split(".").map(Number)) });
export const consistencyQuery = z.strictObject({ from: seqText });
export const noInput = z.strictObject({});

const json: z.ZodType<Json> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]));
const hash = z.string().length(43);
const count = z.number().int().min(0);

export const auditLineView = z.strictObject({
  seq: count, at: z.number().int(), actor: z.string(), through: z.string().nullable(), action: z.string(), subject: z.string(),
  before: json, after: json,
  commitments: z.record(z.string(), hash),
  /** What of the committed values was not erased. */
  personal: z.record(z.string(), z.strictObject({ salt: z.string(), value: z.string() })),
});
export type AuditLineView = z.infer<typeof auditLineView>;

export const auditView = z.strictObject({
  /** `shop:<id>` or `organisation:<id>`, as it stands in every leaf. */
  log: z.string(),
  lines: z.array(auditLineView).max(50),
  /** What to ask `before` for the next page; null on the last. */
  next: z.number().int().nullable(),
});
export type AuditView = z.infer<typeof auditView>;

const sealed = { note: z.string(), size: count, key: z.string() };
/** `sealed` is null until the log has its first checkpoint; `alarm` says what is not as it was. */
export const checkpointView = z.strictObject({
  sealed: z.strictObject(sealed).nullable(),
  alarm: z.strictObject({ seq: count, why: z.enum(["missing", "changed", "forked"]) }).nullable(),
});
export type CheckpointView = z.infer<typeof checkpointView>;

export const proofsView = z.strictObject({ ...sealed, proofs: z.array(z.strictObject({ seq: count, leaf: hash, path: z.array(hash).max(64) })).max(100) });
export type ProofsView = z.infer<typeof proofsView>;

export const consistencyView = z.strictObject({ ...sealed, path: z.array(hash).max(64) });
export type ConsistencyView = z.infer<typeof consistencyView>;

/** The JSON file (`kernel/audit-export` reads it again). It is sent as it is written, and so is the CSV, which has no schema. */
export const exportedFile = z.strictObject({
  format: z.literal(EXPORT_FORMAT), log: z.string(), exportedAt: z.number().int(), isFiltered: z.boolean(),
  checkpoint: z.string().nullable(), key: z.string().nullable(), hashes: z.array(hash), lines: z.array(auditLineView),
});
