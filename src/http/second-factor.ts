/** What a shop that asks for a second factor asks of each way in: a shop's host, an organisation's reach, `auth.`. */
import { failed, ok, type Result } from "../kernel/result";

/** A session, as far as a second factor goes: when one was last shown (epoch milliseconds), or null. */
export type FactorsShown = { readonly secondFactorAt: number | null };

/** `second_factor_needed` where the shop asks for a second factor and the session showed none. */
export function admitFactors(shop: { readonly requiresSecondFactor: boolean }, session: FactorsShown): Result<void> {
  return shop.requiresSecondFactor && session.secondFactorAt === null ? failed({ kind: "second_factor_needed" }) : ok(undefined);
}

/** Whether somebody may make a shop ask for a second factor: `conflict`, in words, for whoever would shut themselves out. */
export function mayRequireSecondFactor(visit: FactorsShown): Result<void> {
  if (visit.secondFactorAt !== null) return ok(undefined);
  return failed({ kind: "conflict", message: "Sign in with a second factor yourself first: otherwise this would shut you out at your next click." });
}
