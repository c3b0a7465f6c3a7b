/** Fills an audit log and asks of it what the page asks, by the product's own store, with the rows that D1 says were read. */
import { newId, type PersonId, type ShopId } from "../../src/kernel/ids";
import { systemRandom } from "../../src/kernel/clock";
import { auditLine } from "../../src/platform/audit";
import { leafOf } from "../../src/platform/audit-leaf";
import { shopLog } from "../../src/platform/audit-log";
import { openShopDb } from "../../src/platform/database";
import type { Bindings } from "../../src/platform/env";
import { linesBefore, type LineFilter } from "../../src/features/audit/store";

const SHOP = newId<ShopId>(() => new Uint8Array(16).fill(7));
const PERSON = newId<PersonId>(() => new Uint8Array(16).fill(8));
const ROWS_AT_ONCE = 2_000;

/** One act in a hundred is rare, one in a hundred thousand happened once, near the beginning. */
function lineOf(index: number) {
  const action = index === 17 ? "ownership.given" : index % 100 === 0 ? "mapping.saved" : "day.retried";
  const personal = { name: "Ada Okafor", email: "ada@harbour.example", address: "203.0.113.7", place: "Lisbon, PT", device: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
  const actor = { id: index % 1_000 === 0 ? `person:${PERSON}` : `person:${newId<PersonId>(systemRandom)}`, through: null, personal };
  return { at: index * 60_000, actor, action, subject: `day:${newId(systemRandom)}:2026-07-14`, after: { version: index, mode: "automatic" } };
}

async function fill(env: Bindings, from: number, until: number): Promise<void> {
  for (let first = from; first <= until; first += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, until - first + 1) }, (_, offset) => {
      const { leaf, hash, fields } = leafOf(`shop:${SHOP}`, lineOf(first + offset), systemRandom);
      return { seq: first + offset, ...leaf, after: JSON.stringify(leaf.after), commitments: JSON.stringify(leaf.commitments), hash, fields: JSON.stringify(fields) };
    });
    await env.SHARD_0.batch([
      env.SHARD_0.prepare(`INSERT INTO audit SELECT ?1, v ->> 'seq', v ->> 'at', v ->> 'actor', NULL, v ->> 'action', v ->> 'subject', NULL, v ->> 'after', v ->> 'commitments', v ->> 'hash' FROM (SELECT value AS v FROM json_each(?2))`).bind(SHOP, JSON.stringify(rows)),
      env.SHARD_0.prepare(`INSERT INTO audit_personal SELECT ?1, v ->> 'seq', v ->> 'fields' FROM (SELECT value AS v FROM json_each(?2))`).bind(SHOP, JSON.stringify(rows)),
    ]);
  }
}

export default {
  fetch: async (request: Request, env: Bindings): Promise<Response> => {
    const url = new URL(request.url);
    let rowsRead = 0;
    let rowsWritten = 0;
    const db = openShopDb(env, SHOP, 0, (trip) => {
      rowsRead += trip.rowsRead;
      rowsWritten += trip.rowsWritten;
    });
    if (url.pathname === "/fill") await fill(env, Number(url.searchParams.get("from")), Number(url.searchParams.get("until")));
    if (url.pathname === "/write") await db.orm.batch(auditLine(db, systemRandom, lineOf(1)));
    if (url.pathname !== "/lines") return Response.json({ rowsWritten });
    const { before, ...filter } = await request.json<LineFilter & { before: number }>();
    const [lines] = await db.orm.batch([linesBefore(shopLog(db), filter, before, 51)]) as unknown as [unknown[]];
    return Response.json({ lines: lines.length, rowsRead });
  },
};

