/** An audit log read: by page, with its proofs. What it means in words is the page's to say. */
import { addDays, parseBusinessDate, windowOf, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { leafOfRow, personalOfRow, type AuditLog, type AuditRow } from "../../platform/audit-log";
import type { Bindings } from "../../platform/env";
import { sequencerOf } from "../../platform/sequencer-client";
import type { World } from "../../platform/world";
import type { AuditFilter, AuditLineView, AuditQuery, AuditView, CheckpointView, ConsistencyView, ProofsView } from "./contract";
import { linesBefore, type LineFilter } from "./store";

export { sealGrownLogs } from "./checkpoints";

const LINES_OF_A_PAGE = 50;

/** One log as somebody may read it, and the zone in which its dates are meant. */
export type Reading = { readonly log: AuditLog; readonly zone: string };

/** A page of a log, latest first. `invalid_input` for dates that do not exist. */
export async function viewLog({ log, zone }: Reading, { before, ...asked }: AuditQuery): Promise<Result<AuditView>> {
  const filter = filterOf(asked, zone);
  if (!filter.ok) return filter;
  const rows = await linesBefore(log, filter.value, before ?? Number.MAX_SAFE_INTEGER, LINES_OF_A_PAGE + 1);
  const lines = rows.slice(0, LINES_OF_A_PAGE).map((row) => toLine(log, row));
  return ok({ log: log.name, lines, next: rows.length > LINES_OF_A_PAGE ? (lines.at(-1)?.seq ?? null) : null });
}

/** The latest checkpoint. */
export async function latestCheckpoint(env: Bindings, { log }: Reading): Promise<CheckpointView> {
  return { sealed: await sequencerOf(env, log.name).latest(), alarm: null };
}

/** Takes what was written into the tree and signs it now, rather than within the hour; says so where something is not as it was. */
export async function sealNow(world: World, env: Bindings, { log }: Reading): Promise<CheckpointView> {
  const sequencer = sequencerOf(env, log.name);
  const { alarm } = await sequencer.advance(world);
  return { sealed: await sequencer.latest(), alarm };
}

/** Proofs that lines stand in the latest checkpoint's tree. `not_found` before there is one. */
export async function proveLines(env: Bindings, { log }: Reading, seqs: readonly number[]): Promise<Result<ProofsView>> {
  const shown = await sequencerOf(env, log.name).inclusion(seqs);
  return shown === null ? failed({ kind: "not_found" }) : ok({ ...shown, proofs: shown.proofs.map((proof) => ({ ...proof, path: [...proof.path] })) });
}

/** Proof that the latest checkpoint's tree begins with that of an earlier size. `not_found` where there were never so many lines. */
export async function proveGrowth(env: Bindings, { log }: Reading, from: number): Promise<Result<ConsistencyView>> {
  const shown = await sequencerOf(env, log.name).consistency(from);
  return shown === null ? failed({ kind: "not_found" }) : ok({ ...shown, path: [...shown.path] });
}

/** A row as it leaves: all that its hash is made of, and the personal values that were not erased. */
export function toLine(log: AuditLog, row: AuditRow): AuditLineView {
  const { v: _version, log: _log, ...leaf } = leafOfRow(log, row);
  return { ...leaf, seq: row.seq, commitments: { ...leaf.commitments }, personal: { ...personalOfRow(row) } };
}

/** A filter in instants. `invalid_input` for a date that does not exist. */
export function filterOf({ from, to, ...rest }: AuditFilter, zone: string): Result<LineFilter> {
  const [first, last] = [dateOf(from), dateOf(to)];
  if (first === null || last === null) return failed({ kind: "invalid_input", message: "That is no date of the calendar.", fields: [{ path: first === null ? "from" : "to", message: "is no date" }] });
  const schedule = { zone, cutOffs: [{ from: "1970-01-01" as BusinessDate, minutes: 0 }] };
  return ok({
    ...rest,
    ...(first === undefined ? {} : { since: windowOf(schedule, first).start }),
    ...(last === undefined ? {} : { until: windowOf(schedule, addDays(last, 1)).start }),
  });
}

/** Undefined where none was asked for, null for one that does not exist. */
function dateOf(text: string | undefined): BusinessDate | undefined | null {
  return text === undefined ? undefined : parseBusinessDate(text);
}
