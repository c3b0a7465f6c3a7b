/** Columns of more than one table: what is recorded of an entry that was posted, and how the row of what waits for one is held. */
import { integer, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../kernel/day";
import type { Failure } from "../kernel/failure";
import type { ConnectionId } from "../kernel/ids";

/** Of an entry that was posted, whatever it is about; its lines are typed by its table. */
export const postedColumns = {
  revision: integer("revision").notNull(),
  bookedOn: text("booked_on").$type<BusinessDate>().notNull(),
  cause: text("cause").notNull(),
  booksConnectionId: text("books_connection_id").$type<ConnectionId>().notNull(),
  externalId: text("external_id").notNull(),
  documentNumber: text("document_number").notNull(),
  requestId: text("request_id").notNull(),
  currency: text("currency").notNull(),
  totalMinor: integer("total_minor").notNull(),
  mappingVersion: integer("mapping_version").notNull(),
  entryFingerprint: text("entry_fingerprint").notNull(),
  postedBy: text("posted_by").notNull(),
  postedAt: integer("posted_at").notNull(),
};

/** Of what is posted under a lease: why it is stopped, who holds it, how many entries it has, and by what it is compared. */
export const heldColumns = {
  reason: text("reason", { mode: "json" }).$type<Failure>(),
  leaseToken: text("lease_token"),
  leaseUntil: integer("lease_until"),
  revision: integer("revision").notNull(),
  changedAt: integer("changed_at").notNull(),
};
