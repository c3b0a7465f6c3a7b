/** A shop with a ledger of consent and nothing else, on real storage, and the words that people say to it. */
import { env } from "cloudflare:workers";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type PersonId, type ShopId } from "../../../src/kernel/ids";
import type { Ledger, Person, Said } from "../../../src/features/consent/service";
import { subjectOf, type Address } from "../../../src/features/consent/subject";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import { readConfig, type Bindings } from "../../../src/platform/env";
import type { Subject } from "../../../src/platform/register";
import { createTestWorld, type TestWorld } from "../../support/app";

export const PHONE: Address = { channel: "text", value: "+12065550100" };
export const EMAIL: Address = { channel: "email", value: "kim@example.com" };
export const KIM: Person = { address: PHONE, others: [EMAIL] };
export const STAFF = "staffstaffstaffstaffstaffs" as PersonId;

export type Desk = Ledger & { readonly world: TestWorld; readonly shard: number };

/** A shop of its own, on the first shard where nothing else is said. */
export function newDesk({ id = newId<ShopId>(systemRandom), shard = 0 }: { readonly id?: ShopId; readonly shard?: number } = {}, world = createTestWorld()): Desk {
  return { world, env, db: openShopDb(env, id, shard), shard };
}

/** The same shop, reached through other bindings. */
export function through(desk: Desk, bindings: Bindings): Ledger {
  return { world: desk.world, env: bindings, db: openShopDb(bindings, desk.db.shopId, desk.shard) };
}

/** What somebody texted. */
export function said(desk: Desk, words: string, reference: string | null = "SM1", saidAt = desk.world.clock()): Said {
  return { source: "text", words, saidAt, reference, actor: actorNamed("daybook"), byPerson: null };
}

export async function subject(desk: Desk, address: Address): Promise<Subject> {
  return await subjectOf(readConfig(env), desk.db.shopId, address);
}

/** Everything that is written of a shop's consent: lines, what was said, standings, and the actions in its log. */
export async function booksOf({ db, shard }: Pick<Desk, "db" | "shard">) {
  const of = async (sql: string) => (await [env.SHARD_0, env.SHARD_1][shard]?.prepare(sql).bind(db.shopId).all())?.results ?? [];
  return {
    lines: await of("SELECT * FROM consent WHERE shop_id = ?1 ORDER BY at, follows IS NOT NULL, id"),
    evidence: await of("SELECT * FROM consent_evidence WHERE shop_id = ?1 ORDER BY address, words"),
    standing: await of("SELECT * FROM standing WHERE shop_id = ?1 ORDER BY subject"),
    actions: (await of("SELECT action FROM audit WHERE shop_id = ?1 ORDER BY seq")).map(({ action }) => action),
  };
}
