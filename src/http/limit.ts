/**
 * Turns at acts that strangers could try without end. Nothing expensive (a password hash, a letter) is done before a
 * turn was taken. What is limited, and how often, stands in one table.
 */
import type { Context } from "hono";
import { DAY, HOUR, MINUTE } from "../kernel/clock";
import { failed, ok, type Result } from "../kernel/result";
import type { Limit } from "../platform/limiter";
import { originOfRequest } from "./origin";

/** Per act, how often for one account (whether it exists or not), one address (IPv6: its /64) and one shop. */
const LIMITS = {
  "password": { account: { turns: 10, perMs: 15 * MINUTE }, address: { turns: 50, perMs: 15 * MINUTE } },
  "second_factor": { account: { turns: 5, perMs: 5 * MINUTE }, address: { turns: 50, perMs: 15 * MINUTE } },
  "second_factor_day": { account: { turns: 100, perMs: DAY } },
  "mail_link": { account: { turns: 5, perMs: HOUR }, address: { turns: 30, perMs: HOUR } },
  // Of a million codes: a year of guessing at one account finds one in a hundred, with a dozen letters a day as warning.
  "mail_code": { account: { turns: 30, perMs: DAY }, address: { turns: 50, perMs: 15 * MINUTE } },
  "passkey": { address: { turns: 100, perMs: 15 * MINUTE } },
  "name_check": { address: { turns: 300, perMs: HOUR } },
  "new_shop": { account: { turns: 10, perMs: DAY }, address: { turns: 30, perMs: DAY } },
  "sign_up": { account: { turns: 5, perMs: HOUR }, address: { turns: 20, perMs: HOUR } },
  "invite": { shop: { turns: 60, perMs: HOUR } },
  "export": { shop: { turns: 20, perMs: HOUR } },
} as const satisfies Record<string, Partial<Record<"account" | "address" | "shop", Limit>>>;

export type LimitedAct = keyof typeof LIMITS;

/** Whose turn it is. `account`: an email address in its stored form, or a person's id. */
export type Turn = { readonly account?: string; readonly shop?: string };

/** Takes a turn; `too_many_requests` with the seconds until there is another. Every count is taken, allowed or not by the others. */
export async function takeTurn(c: Context, act: LimitedAct, turn: Turn): Promise<Result<void>> {
  const subjects = { ...turn, address: originOfRequest(c.req.raw).address };
  for (const [kind, limit] of Object.entries(LIMITS[act]) as ["account" | "address" | "shop", Limit][]) {
    const subject = subjects[kind];
    if (subject === undefined || subject === "") continue;
    const waitMs = await c.env.LIMITER.getByName(`${kind}:${subject}`).take(act, limit, c.get("world").clock());
    if (waitMs !== null) return failed({ kind: "too_many_requests", retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }
  return ok(undefined);
}
