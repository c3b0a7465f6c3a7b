/**
 * Which of several accounts a consent is for (Xero: one consent, many organisations). While the person looks at the list
 * the grant waits, sealed, in a lane of its own, and is destroyed there when ten minutes bring no answer. The list goes
 * to the browser that asked, with a secret that works once and another in its cookie, as in the steps before it.
 */
import { MINUTE } from "../../kernel/clock";
import { hashOf, newId, newSecret, type ConnectionId, type ShopId } from "../../kernel/ids";
import type { Visit } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { laneOf } from "../../platform/lane-client";
import type { World } from "../../platform/world";
import type { ExternalAccount, ProviderId } from "../../providers/registry";
import { connectOne, type ConnectEnd, type Several } from "./connect";
import { insertFlow, isAnyClaimed, type Choice } from "./store";

const CHOICE_MS = 10 * MINUTE;

/** What is asked of the browser: the accounts, the secret of the question, and the one for its cookie. */
export type Question = { readonly accounts: readonly ExternalAccount[]; readonly choice: string; readonly verifier: string };

/** Lets the grant wait and asks which of its accounts is meant; null where it cannot be kept even so long. */
export async function askWhich(
  world: World, env: Bindings, visit: Visit, { provider, tokens, accounts }: Omit<Several, "kind"> & { readonly provider: ProviderId },
): Promise<Question | null> {
  const now = world.clock();
  const connectionId = newId<ConnectionId>(world.random);
  const ids = accounts.map(({ id }) => id);
  const waiting = { until: now + CHOICE_MS, revokes: !(await isAnyClaimed(directoryDb(env), provider, ids)) };
  const held = await laneOf(env, visit.shop.id, connectionId).hold({ provider, tokens, waiting });
  if (!held.ok) {
    world.log.warn("connection.unfinished", { shopId: visit.shop.id, provider, kind: held.failure.kind });
    return null;
  }
  const [choice, verifier] = [newSecret(world.random), newSecret(world.random)];
  const stateHash = await hashOf(choice);
  await insertFlow(directoryDb(env), {
    ticketHash: stateHash, stateHash, challenge: await hashOf(verifier), provider, sessionId: visit.sessionId, personId: visit.person.id,
    shopId: visit.shop.id, region: tokens.region ?? null, choice: { connectionId, accounts: ids }, expiresAt: waiting.until,
  }, now);
  return { accounts, choice, verifier };
}

export type Chosen = { readonly provider: ProviderId; readonly choice: Choice; readonly account: string | null };

/** Connects the account that was named, one of the list; or ends the grant where the person wants none of them. */
export async function connectChosen(world: World, env: Bindings, visit: Visit, { provider, choice, account }: Chosen): Promise<ConnectEnd> {
  if (account === null) {
    await forgetChoice(env, visit.shop.id, choice);
    return { kind: "refused", reason: "denied" };
  }
  const taken = await laneOf(env, visit.shop.id, choice.connectionId).take();
  if (!taken.ok) return { kind: "refused", reason: "provider_failed" };
  const end = await connectOne(world, env, visit, { provider, tokens: taken.value, account, accounts: choice.accounts });
  await forgetChoice(env, visit.shop.id, choice);
  return end;
}

/** Empties the lane in which a grant waits, now; one that nobody has taken is ended at the provider as well. */
export async function forgetChoice(env: Bindings, shopId: ShopId, { connectionId }: Choice): Promise<void> {
  await laneOf(env, shopId, connectionId).destroy();
}
