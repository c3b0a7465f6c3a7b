/** Who calls: an account by its token or a key, itself or an account that it owns. */
import type { MiddlewareHandler } from "hono";
import { refuse, type Refusal } from "./simulator-answer";
import type { SimulatedAccount, Simulation } from "./simulator-state";

/** What a route knows of its caller. */
export type Caller = { readonly account: SimulatedAccount; readonly isKey: boolean };

export type CallerEnv = { Variables: { caller: Caller } };

const UNAUTHORIZED: Refusal = { status: 401, code: 20_003, message: "Authenticate" };

/** Lets nobody in who does not prove an account. */
export function authenticate(simulation: Simulation): MiddlewareHandler<CallerEnv> {
  return async (c, next) => {
    const caller = callerOf(simulation, c.req.header("authorization") ?? "");
    if (caller === null) return unauthorized(simulation);
    c.set("caller", caller);
    await next();
    return undefined;
  };
}

/** The account of the address if the caller may act for it, or null. A closed or suspended one may do nothing. */
export function accountFor({ state }: Simulation, { account }: Caller, sid: string): SimulatedAccount | null {
  const wanted = state.accounts[sid];
  return wanted !== undefined && wanted.isActive && (wanted.sid === account.sid || wanted.ownerSid === account.sid) ? wanted : null;
}

/** The answer to credentials that are wrong, or somebody else's. */
export function unauthorized(simulation: Simulation): Response {
  return refuse(simulation, UNAUTHORIZED, { "www-authenticate": 'Basic realm="Twilio API"' });
}

function callerOf({ state }: Simulation, authorization: string): Caller | null {
  const [user, password] = credentialsOf(authorization);
  if (user === undefined || password === undefined || password === "") return null;
  for (const account of Object.values(state.accounts)) {
    if (account.sid === user && account.authToken === password) return { account, isKey: false };
    if (account.keys.some(({ sid, secret }) => sid === user && secret === password)) return { account, isKey: true };
  }
  return null;
}

function credentialsOf(authorization: string): readonly [string?, string?] {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return [];
  const text = decoded(encoded);
  const colon = text.indexOf(":");
  return colon === -1 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

function decoded(text: string): string {
  try {
    return atob(text);
  } catch {
    return ""; // what is no base64 proves nobody
  }
}
