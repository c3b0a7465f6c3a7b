/** The SQL of templates. A change that was made to another version than the one that was seen breaks its batch. */
import { sql, type SQL } from "drizzle-orm";
import type { TemplateId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { TemplateChange } from "./contract";

export type TemplateRow = Pick<TemplateChange, "name" | "kind" | "channel" | "subject" | "body" | "version"> & {
  readonly id: TemplateId; readonly archivedAt: number | null; readonly changedAt: number;
};

/** As many as a page shows to choose from. */
export const MOST_TEMPLATES = 100;

const COLUMNS = sql`message_template.id AS "id", message_template.name AS "name", message_template.kind AS "kind", message_template.channel AS "channel",
  message_template.subject AS "subject", message_template.body AS "body", message_template.version AS "version", message_template.archived_at AS "archivedAt",
  message_template.changed_at AS "changedAt"`;

/** Templates by name, those in use first. */
export async function templatesOf(db: ShopDb): Promise<readonly TemplateRow[]> {
  return await db.orm.all<TemplateRow>(sql`
    SELECT ${COLUMNS} FROM message_template WHERE message_template.shop_id = ${db.shopId}
    ORDER BY message_template.archived_at IS NOT NULL, message_template.name, message_template.id LIMIT ${2 * MOST_TEMPLATES}`);
}

/** One template, or null. */
export async function templateRow(db: ShopDb, id: TemplateId): Promise<TemplateRow | null> {
  const [row] = await db.orm.all<TemplateRow>(sql`SELECT ${COLUMNS} FROM message_template WHERE message_template.shop_id = ${db.shopId} AND message_template.id = ${id}`);
  return row ?? null;
}

/** Adds a template. */
export function templateAdded(db: ShopDb, { id, name, kind, channel, subject, body, changedAt }: Omit<TemplateRow, "version" | "archivedAt">): Statement {
  return db.orm.run(sql`
    INSERT INTO message_template (shop_id, id, name, kind, channel, subject, body, version, archived_at, changed_at)
    VALUES (${db.shopId}, ${id}, ${name}, ${kind}, ${channel}, ${subject}, ${body}, 1, NULL, ${changedAt})`);
}

/** Changes what a template says. */
export function templateChanged(db: ShopDb, seen: number, { id, name, kind, channel, subject, body, changedAt }: Omit<TemplateRow, "version" | "archivedAt">): Statement {
  return db.orm.run(sql`
    UPDATE message_template SET name = ${name}, kind = ${kind}, channel = ${channel}, subject = ${subject}, body = ${body}, changed_at = ${changedAt}, version = ${next(seen)}
    WHERE message_template.shop_id = ${db.shopId} AND message_template.id = ${id}`);
}

/** Takes a template out of use (`archivedAt`), or back into it (null). */
export function templateTurned(db: ShopDb, seen: number, { id, archivedAt, changedAt }: Pick<TemplateRow, "id" | "archivedAt" | "changedAt">): Statement {
  return db.orm.run(sql`
    UPDATE message_template SET archived_at = ${archivedAt}, changed_at = ${changedAt}, version = ${next(seen)}
    WHERE message_template.shop_id = ${db.shopId} AND message_template.id = ${id}`);
}

/** NULL, which the column refuses, for another version than the one that was seen. */
function next(seen: number): SQL {
  return sql`CASE message_template.version WHEN ${seen} THEN ${seen + 1} ELSE NULL END`;
}
