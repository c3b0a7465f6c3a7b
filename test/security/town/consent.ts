/** A shop hears what people say about being written to: by telephone, by words that somebody must read, and by another shop. */
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { agree, carryOver, eraseEvidence, hasAgreed, holdForPerson, linesOf, standingsOf, subjectOf, type Address, type Ledger } from "../../../src/features/consent/service";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import { readConfig } from "../../../src/platform/env";
import { signIn } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

const PHONE: Address = { channel: "text", value: "+12125550163" };
const OTHER: Address = { channel: "email", value: "other-of-one@example.com" };

/** What a shop does about consent in a week; nothing of it touches its days. */
export async function keepConsent(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  const ledger: Ledger = { world: town.world, env: town.env, db: openShopDb(town.env, shop.id, shop.shard) };
  const entry = { source: "call", note: `Rang: ${shop.plan.canary}`, saidAt: town.world.clock() - MINUTE };
  const said = { source: "text", words: `wrong number, ${shop.plan.canary}`, saidAt: entry.saidAt, reference: "SM-of-the-town", actor: DAYBOOK, byPerson: null } as const;
  await owner.visitor.call("POST", apiUrl(shop, "/consent/opt-outs"), { ...entry, key: "a".repeat(26), address: { channel: "email", value: "one@example.com" }, also: [] });
  await carryOver(ledger, { from: [{ channel: "email", value: "one@example.com" }], to: OTHER });
  await owner.visitor.call("POST", apiUrl(shop, "/consent/agreements"), { ...entry, source: "staff", key: "b".repeat(26), address: { channel: "email", value: "two@example.com" } });
  await agree(ledger, PHONE, { ...said, source: "import", reference: null });
  await holdForPerson(ledger, { address: PHONE, others: [] }, said);
  const { held } = await owner.visitor.call<{ readonly held: readonly { readonly id: string }[] }>("GET", apiUrl(shop, "/consent/held"));
  await owner.visitor.call("POST", apiUrl(shop, `/consent/held/${held[0]?.id}/decide`), { decision: "opted_out", note: `Meant it: ${shop.plan.canary}` });
  await owner.visitor.call("GET", apiUrl(shop, "/consent/revocations?from=2026-01-01&to=2026-12-31"));
  const subject = await subjectOf(readConfig(town.env), shop.id, OTHER);
  await Promise.all([linesOf(ledger.db, [subject]), standingsOf(ledger.db, [subject]), hasAgreed(ledger.db, [subject])]);
  await eraseEvidence(ledger, [subject]);
  for (let days = 0; days < 2; days += 1) {
    town.pass(DAY);
    await town.jobs.scheduled(town.env);
    await town.work();
  }
}
