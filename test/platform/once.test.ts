/** An act happens exactly once, with its audit line or not at all. */
import { eq, sql } from "drizzle-orm";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { mapping } from "../../src/features/mapping/table";
import { newId, type PersonId, type ShopId } from "../../src/kernel/ids";
import { failed, ok } from "../../src/kernel/result";
import { systemRandom } from "../../src/kernel/clock";
import { openShopDb, type ShopDb } from "../../src/platform/database";
import { auditLine } from "../../src/platform/audit";
import { actorNamed, DAYBOOK } from "../../src/platform/audit-leaf";
import { once, type Act, type Prepared } from "../../src/platform/once";

const ada = "ada" as PersonId;
const bob = "bob" as PersonId;

let db: ShopDb;

beforeEach(() => {
  db = openShopDb(env, newId<ShopId>(systemRandom), 0);
});

const act = (changes: Partial<Act> = {}): Act => ({ key: "k", input: { a: 1, b: [2] }, actor: actorNamed("person:ada"), action: "mapping.saved", at: 1_000, random: systemRandom, ...changes });

/** Saves the next version of the mapping, or the given one. */
async function saveMapping(version?: number): Promise<{ ok: true; value: Prepared<{ version: number }> }> {
  const next = version ?? (await db.orm.$count(mapping, eq(mapping.shopId, db.shopId))) + 1;
  const statement = db.orm.insert(mapping).values({ shopId: db.shopId, version: next, accounts: {}, savedBy: ada, savedAt: 1 });
  return ok({ statements: [statement], answer: { version: next }, audit: { subject: "mapping", after: { version: next } } });
}

const versions = async () => (await db.orm.select().from(mapping).where(eq(mapping.shopId, db.shopId))).map((row) => row.version);
const audits = async () => await db.orm.all<{ seq: number; action: string; after: string }>(
  sql`SELECT seq, action, after FROM audit WHERE audit.shop_id = ${db.shopId} ORDER BY seq`,
);

describe("an act", () => {
  it("is done and recorded together with its audit line", async () => {
    expect(await once(db, act(), () => saveMapping())).toEqual(ok({ version: 1 }));
    expect(await versions()).toEqual([1]);
    expect(await audits()).toEqual([{ seq: 1, action: "mapping.saved", after: '{"version":1}' }]);
  });

  it("asked for again answers as it did the first time and does nothing", async () => {
    await once(db, act(), () => saveMapping());
    const again = await once<{ version: number }>(db, act({ input: { b: [2], a: 1 }, at: 9_000 }), async () => {
      throw new Error("must not be decided again");
    });
    expect(again).toEqual(ok({ version: 1 }));
    expect(await versions()).toEqual([1]);
    expect(await audits()).toHaveLength(1);
  });

  it("asked for with other contents under the same key is a conflict, and nothing changes", async () => {
    await once(db, act(), () => saveMapping());
    expect(await once(db, act({ input: { a: 2 } }), () => saveMapping())).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect(await versions()).toEqual([1]);
  });

  it("asked for fifty times at once happens once, and all are answered alike", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => once(db, act(), () => saveMapping())));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(ok({ version: 1 }))]));
    expect(await versions()).toEqual([1]);
    expect(await audits()).toHaveLength(1);
  });

  it("of one shop is not another's, though the key is the same", async () => {
    await once(db, act(), () => saveMapping());
    db = openShopDb(env, newId<ShopId>(systemRandom), 0);
    expect(await once(db, act({ input: "other" }), () => saveMapping())).toEqual(ok({ version: 1 }));
  });
});

describe("an act that is refused", () => {
  it("by its own decision leaves nothing behind, and may be asked for again", async () => {
    const refusal = failed({ kind: "conflict", message: "too late" } as const);
    expect(await once(db, act(), async () => refusal)).toEqual(refusal);
    expect(await audits()).toEqual([]);
    expect(await once(db, act(), () => saveMapping())).toEqual(ok({ version: 1 }));
  });

  it("by the database leaves nothing behind: no effect, no audit line, no record", async () => {
    await saveMapping(1).then(async ({ value }) => await db.orm.batch([value.statements[0] as never]));
    await expect(once(db, act(), () => saveMapping(1))).rejects.toThrow();
    expect(await audits()).toEqual([]);
    expect(await once(db, act(), () => saveMapping())).toEqual(ok({ version: 2 }));
  });

  it("because its audit line cannot be written does not happen", async () => {
    const circular = { statements: (await saveMapping()).value.statements, answer: {}, audit: { subject: null as unknown as string } };
    await expect(once(db, act(), async () => ok(circular))).rejects.toThrow();
    expect(await versions()).toEqual([]);
  });
});

describe("an act whose ground changed between deciding and saving", () => {
  it("is decided once more on what is there now", async () => {
    let decisions = 0;
    const answer = await once(db, act(), async () => {
      decisions += 1;
      const decided = await saveMapping();
      if (decisions === 1) await db.orm.insert(mapping).values({ shopId: db.shopId, version: 1, accounts: {}, savedBy: bob, savedAt: 1 });
      return decided;
    });
    expect(answer).toEqual(ok({ version: 2 }));
    expect(decisions).toBe(2);
  });

  it("gives up rather than go on for ever", async () => {
    let decisions = 0;
    await expect(once(db, act(), async () => {
      decisions += 1;
      await db.orm.insert(mapping).values({ shopId: db.shopId, version: decisions, accounts: {}, savedBy: bob, savedAt: 1 });
      return await saveMapping(decisions);
    })).rejects.toThrow();
    expect(decisions).toBe(2);
  });
});

describe("an audit line", () => {
  it("is numbered without gaps, also when many are written at once", async () => {
    const line = (subject: string) => auditLine(db, systemRandom, { at: 1, actor: DAYBOOK, action: "day.read", subject });
    await Promise.all(Array.from({ length: 30 }, async (_, index) => await db.orm.batch([...line(`a${index}`), ...line(`b${index}`)])));
    expect((await audits()).map((row) => row.seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it("is never changed or removed", async () => {
    await db.orm.batch(auditLine(db, systemRandom, { at: 1, actor: DAYBOOK, action: "day.read", subject: "x" }));
    for (const statement of [sql`UPDATE audit SET actor = 'x' WHERE audit.shop_id = ${db.shopId}`, sql`DELETE FROM audit WHERE audit.shop_id = ${db.shopId}`]) {
      await expect(async () => await db.orm.run(statement)).rejects.toMatchObject({ cause: expect.objectContaining({ message: expect.stringContaining("append-only") }) });
    }
  });
});
