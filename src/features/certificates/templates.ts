/** Templates: what a shop prints, and the sequence that its numbers come from. Each change is an act with its line. */
import { newId, type DocumentId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { TemplateChange, TemplateView } from "./contract";
import { lettersKnown, readLogo } from "./filing";
import { numberOf, wrong } from "./rules";
import { latestNumberQuery, MOST_TEMPLATES, templateAdded, templateChanged, templateQuery, templatesQuery, templateTurned, type TemplateId, type TemplateRow } from "./store";

/** A template as a page shows it. */
export function toTemplateView(row: TemplateRow): TemplateView {
  const { id, name, title, statement, terms, numberPrefix, nextNumber, validMonths, logoDocumentId, version, archivedAt, changedAt } = row;
  return { id, name, title, statement, terms, numberPrefix, nextNumber, validMonths, logoDocumentId, version, isArchived: archivedAt !== null, changedAt };
}

/**
 * Makes a template (version 0) or changes the one that was seen. `invalid_input` for letters that no font has, a picture
 * that cannot be printed, and a sequence that would give a number again; `conflict` where somebody changed it meanwhile,
 * and where the shop has as many templates as fit a page; `not_found` for none of the shop's.
 */
export async function saveTemplate(world: World, env: Bindings, visit: Visit, id: TemplateId | null, change: TemplateChange): Promise<Result<TemplateView>> {
  const { db } = visit;
  const templates = await templatesQuery(db);
  const seen = templates.find((row) => row.id === id);
  if (id !== null && seen === undefined) return failed({ kind: "not_found" });
  if (seen !== undefined && seen.version !== change.version) return outdated();
  if (seen === undefined && templates.filter(({ archivedAt }) => archivedAt === null).length >= MOST_TEMPLATES) {
    return failed({ kind: "conflict", message: `A shop has at most ${MOST_TEMPLATES} templates. Archive one that is not used any more.` });
  }
  const checked = await check(world, env, visit, { change, seen, others: templates.filter((row) => row.id !== id) });
  if (!checked.ok) return checked;
  return await write(world, visit, seen, { ...change, id: id ?? newId<TemplateId>(world.random) });
}

type Checked = { readonly change: TemplateChange; readonly seen: TemplateRow | undefined; readonly others: readonly TemplateRow[] };

async function check(world: World, env: Bindings, visit: Visit, { change, seen, others }: Checked): Promise<Result<void>> {
  const letters = await lettersKnown(env, { title: change.title, statement: change.statement, terms: change.terms });
  if (!letters.ok) return letters;
  const { numberPrefix, nextNumber, logoDocumentId } = change;
  if (others.some((row) => row.archivedAt === null && row.numberPrefix === numberPrefix)) return wrong("numberPrefix", "Another template's numbers begin like that. Choose another beginning.");
  if (seen?.numberPrefix !== numberPrefix) {
    const [latest] = await latestNumberQuery(visit.db, numberPrefix);
    const given = latest === undefined ? 0 : Number(latest.number.slice(numberPrefix.length));
    if (nextNumber <= given) return wrong("nextNumber", `${numberOf(numberPrefix, given)} was given already: go on with ${given + 1} or later.`);
  }
  if (logoDocumentId === null || logoDocumentId === seen?.logoDocumentId) return ok(undefined);
  const logo = await readLogo(world, env, visit.db, logoDocumentId as DocumentId);
  return logo.ok ? ok(undefined) : logo;
}

async function write(world: World, visit: Visit, seen: TemplateRow | undefined, change: TemplateChange & { readonly id: TemplateId }): Promise<Result<TemplateView>> {
  const { db } = visit;
  const at = world.clock();
  const { version, logoDocumentId, ...rest } = change;
  const row = { ...rest, logoDocumentId: logoDocumentId as DocumentId | null, archivedAt: seen?.archivedAt ?? null, changedAt: at };
  const statement = seen === undefined ? templateAdded(db, { ...row, version: 1 }) : templateChanged(db, version, row);
  const { name, numberPrefix, nextNumber, validMonths } = change;
  const audit = auditLine(db, world.random, {
    at, actor: actorOf(visit), action: "certificate_template.saved", subject: `certificate_template:${change.id}`, after: { name, numberPrefix, nextNumber, validMonths, version: version + 1 },
  });
  return await writeOrWhy(visit, change.id, version, [statement, ...audit]);
}

/** Takes a template out of use, or back into it. Its certificates stay as they are, and its sequence goes on where it was. Fails as `saveTemplate`. */
export async function archiveTemplate(world: World, visit: Visit, id: TemplateId, { version, archived }: { readonly version: number; readonly archived: boolean }): Promise<Result<TemplateView>> {
  const { db } = visit;
  const templates = await templatesQuery(db);
  const seen = templates.find((row) => row.id === id);
  if (seen === undefined) return failed({ kind: "not_found" });
  if (seen.version !== version) return outdated();
  if ((seen.archivedAt !== null) === archived) return ok(toTemplateView(seen));
  const isTaken = templates.some((row) => row.id !== id && row.archivedAt === null && row.numberPrefix === seen.numberPrefix);
  if (!archived && isTaken) return failed({ kind: "conflict", message: "Another template's numbers begin like this one's by now. Change that one's first." });
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: archived ? "certificate_template.archived" : "certificate_template.restored", subject: `certificate_template:${id}`, after: { name: seen.name } });
  return await writeOrWhy(visit, id, version, [templateTurned(db, { id, seen: version, archivedAt: archived ? at : null, at }), ...audit]);
}

async function writeOrWhy({ db }: Visit, id: TemplateId, seen: number, statements: Parameters<Visit["db"]["orm"]["batch"]>[0]): Promise<Result<TemplateView>> {
  try {
    await db.orm.batch(statements);
  } catch (error) {
    // Of two people who save at once one finds another version. Whether that was it is read, not guessed.
    const [now] = await templateQuery(db, id);
    if (now !== undefined && now.version !== seen) return outdated();
    throw error;
  }
  const [written] = await templateQuery(db, id);
  return written === undefined ? failed({ kind: "not_found" }) : ok(toTemplateView(written));
}

function outdated(): Result<never> {
  return failed({ kind: "conflict", message: "Somebody changed this template while you were writing." });
}
