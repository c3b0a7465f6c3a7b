/** The other side of a shop's register: every answer that a feature needs of it. */
import type { ShopId } from "../kernel/ids";
import type { Bindings } from "./env";
import type { Barred, Reached, Recipient, Recorded, Return, Returned, Subject, Word } from "./register";
import type { Standing } from "./register-store";

/** Records a stop, a word that is held, or its release; answers what it came to at each subject. See `RegisterObject.record`. */
export async function recordWord(env: Bindings, shopId: ShopId, word: Word): Promise<readonly Recorded[]> {
  return await env.REGISTER.getByName(shopId).record(word);
}

/** Ends a stop where consent was certainly given after it. See `RegisterObject.restore`. */
export async function recordReturn(env: Bindings, shopId: ShopId, back: Return): Promise<Returned> {
  return await env.REGISTER.getByName(shopId).restore(back);
}

/** Makes what stands at one of a person's addresses stand at another. See `RegisterObject.carry`. */
export async function carryStanding(
  env: Bindings, shopId: ShopId, from: readonly Subject[], to: Subject,
): Promise<{ readonly from: Subject | null; readonly standing: Standing }> {
  return await env.REGISTER.getByName(shopId).carry(from, to);
}

/** Where each of some subjects stands. */
export async function readStandings(env: Bindings, shopId: ShopId, subjects: readonly Subject[]): Promise<readonly Standing[]> {
  return subjects.length === 0 ? [] : await env.REGISTER.getByName(shopId).standingsOf(subjects);
}

/**
 * Sends something by `act` if its recipient may be written to; until `act` has ended, a stop of theirs is not answered.
 * `act` runs here, in the caller, and is called at most once. Throws what it throws.
 */
export async function reach<Value>(env: Bindings, shopId: ShopId, recipient: Recipient, act: () => Promise<Value>): Promise<Reached<Value>> {
  // What the act comes to stays on this side: nothing of a message passes through the register.
  let done: { readonly value: Value } | undefined;
  const reached = await env.REGISTER.getByName(shopId).reach(recipient, async () => {
    done = { value: await act() };
    return true;
  });
  if (reached.barred !== null) return { barred: reached.barred };
  if (done === undefined) throw new Error("the register answered for what was never done");
  return { barred: null, value: done.value };
}

/** Why each of the recipients cannot be written to now, or null. */
export async function barredOf(env: Bindings, shopId: ShopId, recipients: readonly Recipient[]): Promise<readonly (Barred | null)[]> {
  return recipients.length === 0 ? [] : await env.REGISTER.getByName(shopId).barredOf(recipients);
}

/** What stands in the register, a stretch at a time. */
export async function listRegister(env: Bindings, shopId: ShopId, after: Subject | "", most: number): Promise<readonly (Standing & { readonly subject: Subject })[]> {
  return await env.REGISTER.getByName(shopId).list(after, most);
}
