/** What people do with payouts: post them, try them again, and decide what of them was changed by hand. Each leaves its line in the audit log. */
import { failed, ok, type Result } from "../../kernel/result";
import type { PayoutId } from "../../kernel/ids";
import { roleMay, rolesThatMay, type Permission } from "../../kernel/roles";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import { actorOf } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import { once, type Prepared } from "../../platform/once";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { Decision } from "../days/contract";
import { decided, mayBeInBooks } from "../days/service";
import type { PayoutDecision } from "../payouts/contract";
import { currentConnection } from "../connections/service";
import { movedPayout, payoutWrittenOrAborted, settlePayoutMessage, type SettlePayout } from "../payouts/service";
import type { Act, UnderWay } from "../sync/service";
import { loadShopPayout } from "./load";
import { draftOf } from "./post";
import { blockOf, proposalOf } from "./rules";

const UNDER_WAY = ok<UnderWay>({ underWay: true });

/**
 * Posts a payout as the person saw it. The very entry is written down with the approval, so that nothing else can be
 * posted for it; sending it is the queue's job. `conflict` when the entry is another by now or is in the books already;
 * whatever holds the payout, where something does.
 */
export async function postPayoutNow(act: Act, id: PayoutId, fingerprint: string): Promise<Result<UnderWay>> {
  const { visit, world } = act;
  const found = await loadShopPayout(visit.db, id);
  if (found === null) return failed({ kind: "not_found" });
  const approved = await once<UnderWay>(visit.db, {
    key: `payout.post:${id}:${found.payout.changedAt}`, input: { fingerprint }, actor: actorOf(visit), action: "payout.approved", at: world.clock(), random: world.random,
  }, () => approve(act, id, fingerprint));
  if (!approved.ok) return approved;
  await send(act, id, "yes");
  return UNDER_WAY;
}

async function approve({ visit, world }: Act, id: PayoutId, fingerprint: string): Promise<Result<Prepared<UnderWay>>> {
  const found = await loadShopPayout(visit.db, id);
  if (found === null) return failed({ kind: "not_found" });
  const { payout, books } = found;
  const prepared = (statements: Prepared<UnderWay>["statements"], after: Prepared<UnderWay>["audit"]["after"]) => ok({
    statements, answer: UNDER_WAY.value, audit: { subject: `payout:${id}`, after },
  });
  if (payout.pending !== null) {
    // Pressed twice: the first press is on its way, and the second one only sees to it that it is.
    const isSame = (await fingerprintOfEntry(payout.pending.entry)) === fingerprint;
    return isSame ? prepared([], { documentNumber: payout.pending.documentNumber, again: true }) : changedMeanwhile();
  }
  const proposal = proposalOf(found);
  if (!proposal.ok) return proposal;
  if (proposal.value === null) return failed({ kind: "conflict", message: "This payout is in your books already." });
  const blocked = blockOf(found);
  if (blocked !== null || books === null) return failed(blocked ?? { kind: "not_connected", role: "books" });
  if ((await fingerprintOfEntry(proposal.value.entry)) !== fingerprint) return changedMeanwhile();
  const pending = await draftOf(found, books, proposal.value, actorOf(visit).id);
  const after = movedPayout(payout, { to: "posting", pending, lease: null }, world.clock(), `Approved for posting as ${pending.documentNumber}`);
  return prepared([payoutWrittenOrAborted(visit.db, payout, after)], { documentNumber: pending.documentNumber, bookedOn: pending.bookedOn, fingerprint });
}

/**
 * Tries a payout again, and looks it up where its fate is open. It is posted where the shop posts
 * automatically, and where an attempt at posting was what failed and the person may post. `not_found`.
 */
export async function retryPayout(act: Act, id: PayoutId): Promise<Result<UnderWay>> {
  const { visit, world } = act;
  const found = await loadShopPayout(visit.db, id);
  if (found === null) return failed({ kind: "not_found" });
  // Somebody had decided to post what only an attempt at the books has stopped.
  const { state, reason } = found.payout;
  const wasPosting = state === "failed" || mayBeInBooks(reason);
  const post = wasPosting && roleMay(visit.role, "days.post") ? "yes" : "as_set";
  await visit.db.orm.batch(auditLine(visit.db, world.random, { at: world.clock(), actor: actorOf(visit), action: "payout.retried", subject: `payout:${id}`, after: { post } }));
  await send(act, id, post);
  return UNDER_WAY;
}

type Rule = { readonly permission: Permission; readonly post: SettlePayout["post"]; readonly note: string };

const RULES = {
  edit_accepted: { permission: "days.work", post: "as_set", note: "What was changed in the books is left as it is" },
  edit_corrected: { permission: "days.post", post: "yes", note: "What was changed in the books is to be put right" },
} as const satisfies Record<PayoutDecision, Rule>;

/**
 * Decides about what somebody changed in the books; the queue carries it out. `not_found`; `not_permitted` for a role that
 * may not decide this; `conflict` for a payout that does not wait for it.
 */
export async function decidePayout(act: Act, id: PayoutId, kind: PayoutDecision): Promise<Result<UnderWay>> {
  const { visit, world } = act;
  const rule: Rule = RULES[kind];
  if (!roleMay(visit.role, rule.permission)) return failed({ kind: "not_permitted", permission: rule.permission, rolesThatMay: rolesThatMay(rule.permission) });
  const found = await loadShopPayout(visit.db, id);
  if (found === null) return failed({ kind: "not_found" });
  const written = await once<UnderWay>(visit.db, {
    key: `payout.decide:${id}:${found.payout.changedAt}`, input: { kind }, actor: actorOf(visit), action: "payout.decided", at: world.clock(), random: world.random,
  }, () => writeDown(act, id, kind, rule.note));
  if (!written.ok) return written;
  await send(act, id, rule.post);
  return UNDER_WAY;
}

async function writeDown({ visit, world }: Act, id: PayoutId, kind: PayoutDecision, note: string): Promise<Result<Prepared<UnderWay>>> {
  const found = await loadShopPayout(visit.db, id);
  if (found === null) return failed({ kind: "not_found" });
  const { payout } = found;
  if (payout.reason?.kind !== "books_changed" || payout.reason.seen === undefined) return failed({ kind: "conflict", message: "This payout does not wait for that any more." });
  const decision: Decision = { kind, by: actorOf(visit).id, at: world.clock(), about: payout.reason.seen };
  return ok({
    statements: [payoutWrittenOrAborted(visit.db, payout, decided(payout, decision, note))],
    answer: UNDER_WAY.value, audit: { subject: `payout:${id}`, after: { decision: kind } },
  });
}

async function send({ env, visit }: Act, payoutId: PayoutId, post: SettlePayout["post"]): Promise<void> {
  const books = await currentConnection(visit.db, "books");
  await enqueue(queueOf(env, books?.provider ?? null), [message(settlePayoutMessage, {
    shopId: visit.shop.id, shard: visit.shop.shard, payoutId, post, by: actorOf(visit).id, postponed: 0,
  })]);
}

function changedMeanwhile(): Result<never> {
  return failed({ kind: "conflict", message: "The entry is another one by now than the one you saw." });
}
