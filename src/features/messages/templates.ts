/** Templates: what a shop writes often. Each change is an act with its line; what was sent with one stays as it was. */
import { newId, type ContactId, type TemplateId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine, type Statement } from "../../platform/audit";
import type { World } from "../../platform/world";
import { contactById } from "../contacts/service";
import { lineOf } from "../text-line/service";
import type { PreviewRequest, PreviewView, TemplateArchiving, TemplateChange, TemplateView } from "./contract";
import { fieldsOf } from "./fill";
import { segmentsOf } from "./segments";
import { checkWords, EXAMPLES, fillWords, valuesFor, warningsOf } from "./templates-rules";
import { MOST_TEMPLATES, templateAdded, templateChanged, templateRow, templatesOf, templateTurned, type TemplateRow } from "./templates-store";

/** A template as a page shows it. */
export function toTemplateView({ id, name, kind, channel, subject, body, version, archivedAt, changedAt }: TemplateRow): TemplateView {
  const fields = checkWords({ channel, subject, body });
  return { id, name, kind, channel, subject, body, version, fields: fields.ok ? [...fields.value] : [], isArchived: archivedAt !== null, changedAt };
}

/** One template that is in use. `not_found` for none of the shop's, `conflict` for one that was archived. */
export async function templateInUse(visit: Pick<Visit, "db">, id: TemplateId): Promise<Result<TemplateRow>> {
  const row = await templateRow(visit.db, id);
  if (row === null) return failed({ kind: "not_found" });
  return row.archivedAt === null ? ok(row) : failed({ kind: "conflict", message: "This template is archived." });
}

/**
 * Makes a template (`id` null) or changes the one that was seen. `invalid_input` as `checkWords`; `conflict` where somebody
 * changed it meanwhile, and where the shop has as many templates as fit a page; `not_found` for none of the shop's.
 */
export async function saveTemplate(world: World, visit: Visit, id: TemplateId | null, change: TemplateChange): Promise<Result<TemplateView>> {
  const words = checkWords(change);
  if (!words.ok) return words;
  const { db } = visit;
  const templates = await templatesOf(db);
  const seen = templates.find((row) => row.id === id);
  if (id !== null && seen === undefined) return failed({ kind: "not_found" });
  if ((seen?.version ?? 0) !== change.version) return outdated();
  if (seen === undefined && templates.filter(({ archivedAt }) => archivedAt === null).length >= MOST_TEMPLATES) {
    return failed({ kind: "conflict", message: `A shop has at most ${MOST_TEMPLATES} templates. Archive one that is not used any more.` });
  }
  const { version, ...said } = change;
  const row = { ...said, id: id ?? newId<TemplateId>(world.random), changedAt: world.clock() };
  const statement = seen === undefined ? templateAdded(db, row) : templateChanged(db, version, row);
  const { name, kind, channel } = row;
  return await written(world, visit, { id: row.id, seen: version, statement, action: "message_template.saved", after: { name, kind, channel, version: version + 1 } });
}

/** Takes a template out of use, or back into it. Fails as `saveTemplate`. */
export async function archiveTemplate(world: World, visit: Visit, id: TemplateId, { version, isArchived }: TemplateArchiving): Promise<Result<TemplateView>> {
  const seen = await templateRow(visit.db, id);
  if (seen === null) return failed({ kind: "not_found" });
  if (seen.version !== version) return outdated();
  if ((seen.archivedAt !== null) === isArchived) return ok(toTemplateView(seen));
  const changedAt = world.clock();
  const statement = templateTurned(visit.db, version, { id, archivedAt: isArchived ? changedAt : null, changedAt });
  const action = isArchived ? "message_template.archived" : "message_template.restored";
  return await written(world, visit, { id, seen: version, statement, action, after: { name: seen.name } });
}

/** How words would read to somebody, and what a text costs. `invalid_input` as `checkWords`; `not_found` for a contact who is none of the shop's. */
export async function previewWords(visit: Visit, { contact: id, link, certificate, ...words }: PreviewRequest): Promise<Result<PreviewView>> {
  const fields = checkWords(words);
  if (!fields.ok) return fields;
  const [contact, line] = await Promise.all([id === null ? null : contactById(visit.db, id as ContactId), lineOf(visit.db)]);
  if (id !== null && contact === null) return failed({ kind: "not_found" });
  const shopName = line?.displayName ?? visit.shop.name;
  const known = { ...valuesFor({ name: contact?.name ?? EXAMPLES.name }, shopName, { link, certificate }) };
  const missing = fields.value.filter((field) => (known[field] ?? "").trim() === "");
  const filled = fillWords(words, { ...known, ...Object.fromEntries(missing.map((field) => [field, EXAMPLES[field]])) });
  if (!filled.ok) return filled;
  const { segments, characters, left } = words.channel === "text" ? segmentsOf(filled.value.body) : { segments: 0, characters: filled.value.body.length, left: 0 };
  const costMicros = line === null || words.channel === "email" ? null : segments * line.segmentMicros;
  return ok({ ...filled.value, missing, segments, characters, left, costMicros, warnings: [...warningsOf(words, shopName)] });
}

/** Whether words have fields that only the sender of one message can fill. */
export function fieldsAskedFor(body: string): readonly string[] {
  const fields = fieldsOf(body);
  return fields.ok ? fields.value.filter((field) => !["first_name", "name", "shop"].includes(field)) : [];
}

type Writing = { readonly id: TemplateId; readonly seen: number; readonly statement: Statement; readonly action: string; readonly after: Readonly<Record<string, string | number>> };

async function written(world: World, visit: Visit, { id, seen, statement, action, after }: Writing): Promise<Result<TemplateView>> {
  const { db } = visit;
  try {
    await db.orm.batch([statement, ...auditLine(db, world.random, { at: world.clock(), actor: actorOf(visit), action, subject: `message_template:${id}`, after })]);
  } catch (error) {
    // Of two people who save at once one finds another version. Whether that was it is read, not guessed.
    const now = await templateRow(db, id);
    if (now !== null && now.version !== seen) return outdated();
    throw error;
  }
  const row = await templateRow(db, id);
  return row === null ? failed({ kind: "not_found" }) : ok(toTemplateView(row));
}

function outdated(): Result<never> {
  return failed({ kind: "conflict", message: "Somebody changed this template while you were writing." });
}
