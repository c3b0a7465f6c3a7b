/** Saving a mapping: every change is a version of its own, with who and when, and nothing is ever overwritten. */
import { failed, ok, type Result } from "../../kernel/result";
import type { LineKey, Mapping } from "../../ledger/mapping";
import { NO_TAGS } from "../../ledger/tag";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import { applyChange, type Chosen } from "./choose";
import type { MappingChange } from "./contract";
import { currentMapping, loadDesk, toMapping } from "./load";
import { readVersion, versionAdded } from "./store";

/**
 * Saves changes on top of the version that the person saw, as a new version: who, when, and an audit line with it, or
 * nothing. `conflict` when another version was saved meanwhile; `invalid_input` names each line that does not occur
 * and each account or tag that cannot be on its line; `not_connected` without books.
 */
export async function saveMapping(world: World, visit: Visit, change: MappingChange): Promise<Result<Mapping>> {
  if ((await currentMapping(visit.db)).version !== change.version) return outdated();
  const desk = await loadDesk(visit);
  if (!desk.ok) return desk;
  const { current } = desk.value;
  if (current.version !== change.version) return outdated();
  const chosen = applyChange(current, { ...desk.value, change });
  if (!chosen.ok) return chosen;
  return isSame(current, chosen.value) ? ok(current) : await addVersion(world, visit, current, chosen.value, "mapping.saved");
}

/**
 * Makes an old version the one that holds again, as a new version. Accounts that were made inactive since come back
 * with it and are shown as such. `not_found` for a version that never was, `conflict` as above.
 */
export async function restoreVersion(world: World, visit: Visit, { version, seen }: { readonly version: number; readonly seen: number }): Promise<Result<Mapping>> {
  const [current, row] = await Promise.all([currentMapping(visit.db), readVersion(visit.db, version)]);
  if (row === undefined) return failed({ kind: "not_found" });
  if (current.version !== seen) return outdated();
  const old = { accounts: row.accounts, tags: row.tags };
  return isSame(current, old) ? ok(current) : await addVersion(world, visit, current, old, "mapping.restored");
}

/** Whether nothing would be booked otherwise; names do not count. */
function isSame(current: Mapping, chosen: Chosen): boolean {
  return JSON.stringify(idsOf(current)) === JSON.stringify(idsOf(chosen));
}

function idsOf({ accounts, tags = NO_TAGS }: Pick<Mapping, "accounts" | "tags">) {
  return { accounts: sorted(accounts, ({ id }) => id), lines: sorted(tags.lines, textOf), locations: sorted(tags.locations, textOf) };
}

function textOf(tags: readonly { readonly dimension: string; readonly option: string }[]): string {
  return tags.map(({ dimension, option }) => JSON.stringify([dimension, option])).toSorted().join();
}

function sorted<T>(record: Readonly<Record<string, T>>, toText: (value: T) => string): [string, string][] {
  return Object.entries(record).map(([key, value]): [string, string] => [key, toText(value)]).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

async function addVersion(
  world: World, visit: Visit, current: Mapping, chosen: Chosen, action: "mapping.saved" | "mapping.restored",
): Promise<Result<Mapping>> {
  const { db, person } = visit;
  const now = world.clock();
  const row = { version: current.version + 1, ...chosen, savedBy: person.id, savedAt: now };
  const audit = auditLine(db, world.random, {
    at: now, actor: actorOf(visit), action, subject: `mapping:${row.version}`, after: changesOf(current, chosen),
  });
  try {
    await db.orm.batch([versionAdded(db, row), ...audit]);
    return ok(toMapping({ shopId: db.shopId, ...row }));
  } catch (error) {
    // Of two people who save at once one loses to the primary key. Whether that was it is read, not guessed.
    if ((await currentMapping(db)).version >= row.version) return outdated();
    throw error;
  }
}

/** What the audit log says of a change: ids by line and by location, empty where something was taken away. */
function changesOf(current: Mapping, chosen: Chosen): { readonly lines: Record<string, string>; readonly tags?: Record<string, string> } {
  const lines = difference(current.accounts, chosen.accounts, ({ id }) => id);
  const before = current.tags ?? NO_TAGS;
  const tags = { ...difference(before.lines, chosen.tags.lines, textOf), ...difference(before.locations, chosen.tags.locations, textOf) };
  return Object.keys(tags).length === 0 ? { lines } : { lines, tags };
}

function difference<T>(before: Readonly<Record<LineKey, T>>, after: Readonly<Record<LineKey, T>>, toText: (value: T) => string): Record<string, string> {
  const [old, now] = [new Map(sorted(before, toText)), new Map(sorted(after, toText))];
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
  return Object.fromEntries(keys.map((key) => [key, now.get(key) ?? ""]));
}

function outdated(): Result<never> {
  return failed({ kind: "conflict", message: "Somebody saved the mapping while you were choosing." });
}
