/**
 * The one write path. An act has a key and an input: the same key with the same input answers as it did the first time,
 * with another input it is a conflict. Key, input hash, answer, audit line and effects go in one D1 batch: all or none.
 */
import { sql } from "drizzle-orm";
import type { RandomBytes } from "../kernel/clock";
import { auditLine, type Statement } from "./audit";
import type { Actor, AuditLine } from "./audit-leaf";
import { canonicalJson, type Json } from "../kernel/canonical-json";
import { failed, ok, type Result } from "../kernel/result";
import { hashOf } from "../kernel/ids";
import type { ShopDb } from "./database";

export type Act = {
  /** Chosen by the caller, at most 200 characters: a request's idempotency key, or what makes a job's act unique. */
  readonly key: string;
  readonly input: Json;
  readonly actor: Actor;
  readonly action: string;
  readonly at: number;
  /** For the salts of the audit line. */
  readonly random: RandomBytes;
};

/** What an act will do, decided but not done. */
export type Prepared<Answer extends Json> = {
  readonly statements: readonly Statement[];
  readonly answer: Answer;
  readonly audit: Pick<AuditLine, "subject" | "before" | "after">;
};

/** How often the decision is made: a second time when what it was based on changed before it was saved. */
const MOST_DECISIONS = 2;

/**
 * Does an act exactly once. `prepare` loads and decides; it may refuse, and then nothing is recorded. When the batch
 * fails because something changed meanwhile (a constraint of `statements`), `prepare` decides once more on what it now
 * finds. Returns `conflict` for a known key with other input, and whatever `prepare` refused with. Throws when D1 does.
 */
export async function once<Answer extends Json>(
  db: ShopDb, act: Act, prepare: () => Promise<Result<Prepared<Answer>>>,
): Promise<Result<Answer>> {
  const inputHash = await hashOf(canonicalJson(act.input));
  const earlier = await answerOf<Answer>(db, act.key, inputHash);
  if (earlier !== null) return earlier;
  for (let decision = 1; ; decision += 1) {
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
    const refusal = await record(db, act, inputHash, prepared.value);
    if (refusal === null) return ok(prepared.value.answer);
    // The same act may have been recorded by another delivery, or by this very batch whose reply was lost.
    const recorded = await answerOf<Answer>(db, act.key, inputHash);
    if (recorded !== null) return recorded;
    if (decision >= MOST_DECISIONS) throw refusal.error;
  }
}

/** Null when everything was written, otherwise what D1 threw and nothing was. */
async function record(db: ShopDb, act: Act, inputHash: string, prepared: Prepared<Json>): Promise<{ readonly error: unknown } | null> {
  const mark = db.orm.run(sql`
    INSERT INTO once (shop_id, key, input_hash, answer, created_at)
    VALUES (${db.shopId}, ${act.key}, ${inputHash}, ${canonicalJson(prepared.answer)}, ${act.at})`);
  const audit = auditLine(db, act.random, { at: act.at, actor: act.actor, action: act.action, ...prepared.audit });
  try {
    await db.orm.batch([mark, ...prepared.statements, ...audit]);
    return null;
  } catch (error) {
    return { error };
  }
}

async function answerOf<Answer extends Json>(db: ShopDb, key: string, inputHash: string): Promise<Result<Answer> | null> {
  const row = await db.orm.get<[string, string] | undefined>(
    sql`SELECT input_hash, answer FROM once WHERE once.shop_id = ${db.shopId} AND once.key = ${key}`,
  );
  if (row === undefined) return null;
  const found = row as unknown as { readonly input_hash: string; readonly answer: string };
  if (found.input_hash !== inputHash) return failed({ kind: "conflict", message: "This was already asked for with other contents." });
  return ok(JSON.parse(found.answer) as Answer);
}
