/** The address that somebody typed, and a turn at having a letter sent to it. */
import type { Context } from "hono";
import { failed, ok, type Result } from "../../kernel/result";
import { takeTurn, type LimitedAct } from "../../http/limit";
import { emailAddress } from "../people/contract";

/** The address in its stored form. `invalid_input` for one that is none; `too_many_requests` where it was asked for too often. */
export async function parseAddress(c: Context, typed: string, act: LimitedAct): Promise<Result<string>> {
  const email = emailAddress.safeParse(typed);
  if (!email.success) {
    const message = email.error.issues[0]?.message ?? "Enter an email address.";
    return failed({ kind: "invalid_input", message, fields: [{ path: "email", message }] });
  }
  const turn = await takeTurn(c, act, { account: email.data });
  return turn.ok ? ok(email.data) : turn;
}

/** By which name tries at an account are counted: its address in the stored form, or what was typed where that is none. */
export function accountNameOf(typed: string): string {
  const email = emailAddress.safeParse(typed);
  return email.success ? email.data : typed.toLowerCase();
}
