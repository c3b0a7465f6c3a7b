/** A database that is set back to before a stop: nobody is written to all the same, and the screens say so again. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { MINUTE } from "../../../src/kernel/clock";
import { holdForPerson, optIn, optOut, release, whileReachable } from "../../../src/features/consent/service";
import { reconcile } from "../../../src/features/consent/reconcile";
import { booksOf, EMAIL, KIM, newDesk, PHONE, said, subject, type Desk } from "./desk";

/** Takes away what a shop's database learned of consent since an instant, as setting it back does: it knows nothing of triggers. */
async function setBack({ db }: Desk, to: number): Promise<void> {
  const trigger = "CREATE TRIGGER consent_remains BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END";
  const run = (sql: string, ...values: unknown[]) => env.SHARD_0.prepare(sql).bind(...values);
  await env.SHARD_0.batch([
    run("DROP TRIGGER consent_remains"),
    run("DELETE FROM consent_evidence WHERE shop_id = ?1 AND consent_id IN (SELECT id FROM consent WHERE shop_id = ?1 AND at >= ?2)", db.shopId, to),
    run("DELETE FROM consent WHERE shop_id = ?1 AND at >= ?2", db.shopId, to), run("DELETE FROM standing WHERE shop_id = ?1", db.shopId), run(trigger),
  ]);
}

describe("after a database was set back to before a stop", () => {
  it("nobody is written to who said it, and what stands is written anew with its source and hour", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    const since = desk.world.clock();
    const before = await booksOf(desk);
    await setBack(desk, 0);
    expect((await booksOf(desk)).standing).toEqual([]);
    expect(await whileReachable(desk, KIM, async () => "sent")).toEqual({ barred: { kind: "opted_out", since } });
    expect(await reconcile(desk)).toEqual({ standings: 0, lines: 0 });
    desk.world.pass(15 * MINUTE);
    expect(await reconcile(desk)).toEqual({ standings: 2, lines: 2 });
    const after = await booksOf(desk);
    expect(after.standing).toEqual(before.standing);
    const told = ({ lines }: typeof before) => lines.map((line) => JSON.stringify({ ...line, follows: null })).toSorted();
    expect(told(after)).toEqual(told(before));
    expect(after.actions).toEqual(["consent.opted_out", "consent.reconciled"]);
    expect(await reconcile(desk)).toEqual({ standings: 0, lines: 0 });
    expect((await booksOf(desk)).actions).toHaveLength(2);
  });

  it("the same word, delivered again, brings its words back and no second line", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    await setBack(desk, 0);
    expect(await optOut(desk, KIM, said(desk, "STOP"))).toEqual({ isFirst: true });
    expect(await reconcile(desk)).toEqual({ standings: 0, lines: 0 });
    expect((await booksOf(desk)).evidence).toHaveLength(2);
  });

  it("whoever was opted in again since is not out, and whoever is held is held", async () => {
    const desk = newDesk();
    await optOut(desk, { address: PHONE, others: [] }, said(desk, "STOP"));
    const day = desk.world.clock() + 1;
    desk.world.pass(MINUTE);
    await optIn(desk, PHONE, said(desk, "START", "SM2"), []);
    await holdForPerson(desk, { address: EMAIL, others: [] }, said(desk, "wrong person", "SM3"));
    const now = desk.world.clock();
    await setBack(desk, day);
    desk.world.pass(15 * MINUTE);
    expect(await reconcile(desk)).toEqual({ standings: 2, lines: 1 });
    const rows = new Map((await booksOf(desk)).standing.map((row) => [row.subject, row]));
    expect(rows.get(await subject(desk, PHONE))).toMatchObject({ opted_out_at: null, opted_in_at: now });
    expect(rows.get(await subject(desk, EMAIL))).toMatchObject({ held_at: now });
    expect(await release(desk, { address: EMAIL, others: [] }, said(desk, "the right one", "SM3"))).toEqual({ isFirst: true });
  });

  it("goes through a register of any length", async () => {
    const desk = newDesk();
    const others = Array.from({ length: 120 }, (_, index) => ({ channel: "text", value: `+1206555${String(1_000 + index)}` }) as const);
    await optOut(desk, { address: PHONE, others }, said(desk, "STOP"));
    await setBack(desk, 0);
    desk.world.pass(15 * MINUTE);
    expect(await reconcile(desk)).toEqual({ standings: 121, lines: 121 });
  });
});
