/** An audit log as a file: written page by page while it is sent, so that its length needs no memory. */
import { EXPORT_FORMAT } from "../../kernel/audit-export";
import { leafHash } from "../../kernel/audit-leaf";
import type { Json } from "../../kernel/canonical-json";
import { ok, type Result } from "../../kernel/result";
import { streamOf, type ExportedFile } from "../../http/download";
import { lineOf } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import { lastSeqOf, leafOfRow, type AuditLog, type AuditRow } from "../../platform/audit-log";
import type { Bindings } from "../../platform/env";
import { sequencerOf } from "../../platform/sequencer-client";
import type { World } from "../../platform/world";
import type { ExportQuery } from "./contract";
import { csvHead, csvRow } from "./csv";
import { filterOf, toLine, type Reading } from "./service";
import { linesAfter, type LineFilter } from "./store";

const ROWS_AT_ONCE = 500;

/**
 * Takes a log away as CSV or, with all that a proof needs, as JSON. That it was taken is itself a line of it, and the last
 * one in the file. `invalid_input` for dates that do not exist.
 */
export async function exportLog(world: World, env: Bindings, reading: Reading & { readonly actor: Actor }, { format, ...asked }: ExportQuery): Promise<Result<ExportedFile>> {
  const { log, zone, actor } = reading;
  const filter = filterOf(asked, zone);
  if (!filter.ok) return filter;
  const [first, ...rest] = lineOf(log, world.random, { at: world.clock(), actor, action: "audit.exported", subject: log.name, after: { format, filter: written(asked) } });
  await log.orm.batch([first, ...rest]);
  const last = await lastSeqOf(log);
  const pages = pagesOf(log, filter.value, last);
  const date = new Date(world.clock()).toISOString().slice(0, 10);
  const name = `daybook-audit-${date}.${format}`;
  if (format === "csv") return ok({ name, type: "text/csv; charset=utf-8", body: streamOf(csvParts(log, zone, pages)) });
  return ok({ name, type: "application/json", body: streamOf(jsonParts(world, env, log, { pages, last, isFiltered: Object.keys(asked).length > 0 })) });
}

/** What was asked for, but for the one text that somebody typed: it could hold anything. */
function written({ subject, ...asked }: Omit<ExportQuery, "format">): Json {
  return { ...asked, ...(subject === undefined ? {} : { subject: "…" }) };
}

async function* csvParts(log: AuditLog, zone: string, pages: AsyncIterable<readonly AuditRow[]>): AsyncGenerator<string> {
  yield csvHead();
  for await (const rows of pages) yield rows.map((row) => csvRow(toLine(log, row), leafHash(leafOfRow(log, row)), zone)).join("");
}

type Written = { readonly pages: AsyncIterable<readonly AuditRow[]>; readonly last: number; readonly isFiltered: boolean };

async function* jsonParts(world: World, env: Bindings, log: AuditLog, { pages, last, isFiltered }: Written): AsyncGenerator<string> {
  const sequencer = sequencerOf(env, log.name);
  await sequencer.advance(world, last);
  const sealed = await sequencer.latest();
  const head = { format: EXPORT_FORMAT, log: log.name, exportedAt: world.clock(), isFiltered, checkpoint: sealed?.note ?? null, key: sealed?.key ?? null };
  yield `${JSON.stringify(head).slice(0, -1)},"hashes":[`;
  const size = sealed?.size ?? 0;
  for (let seq = 1; seq <= size; ) {
    const hashes = (await sequencer.hashes(seq)).slice(0, size - seq + 1);
    if (hashes.length === 0) break;
    yield `${seq === 1 ? "" : ","}\n${hashes.map((hash) => JSON.stringify(hash)).join(",")}`;
    seq += hashes.length;
  }
  yield `],"lines":[`;
  let separator = "";
  for await (const rows of pages) {
    for (const row of rows) {
      yield `${separator}\n${JSON.stringify(toLine(log, row))}`;
      separator = ",";
    }
  }
  yield "\n]}\n";
}

/** The rows of a log up to a number, in order, a page at a time; each page is asked for when the one before is on its way. */
async function* pagesOf(log: AuditLog, filter: LineFilter, last: number): AsyncGenerator<readonly AuditRow[]> {
  for (let after = 0; after < last; ) {
    const rows = await linesAfter(log, filter, { after, last, limit: ROWS_AT_ONCE });
    yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)?.seq ?? last;
  }
}
