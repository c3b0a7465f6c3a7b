/** How the apps ask the server: a refusal is a value; having to sign in, or to prove who one is, is a way to go. */
import type { ClientResponse } from "hono/client";
import type { FailureKind, FieldProblem } from "../../src/kernel/failure";
import type { Result } from "../../src/kernel/result";
import { enterAddress, proveAddress } from "./addresses";
import { markOfIdleness } from "./idle";

/** Why something did not work, in the server's words: `title` says what happened, `next` what to do. */
export type Trouble = {
  readonly kind: FailureKind | "unexpected" | "offline";
  readonly title: string;
  readonly next: string;
  readonly fields: readonly FieldProblem[];
  readonly reference: string;
};
export type Answer<T> = Result<T, Trouble>;

/** Longer than any provider's deadline, so that the server's own sentence wins over a bare time-out. */
const DEADLINE_MS = 60_000;

/** For every `hc`: each question has a deadline, and says when nobody is there who asks. */
export const clientOptions = {
  fetch: (input: string | URL | Request, init?: RequestInit) => fetch(input, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) }),
  headers: markOfIdleness,
};

/** Any answer of `hc`. */
export type AnyResponse = ClientResponse<unknown, number, "json">;
/** What a route answers with when it does what it was asked. */
export type Success<R> = R extends ClientResponse<infer Value, 200, "json"> ? Value : never;

/**
 * Asks, and never throws. `leave`: on a shop's or an organisation's host, whoever must sign in or prove who they are is
 * taken to where that is done and brought back. `tell`: at `auth.` itself such a refusal is an answer like any other.
 */
export async function ask<R extends AnyResponse>(send: () => Promise<R>, whenUnknown: "leave" | "tell" = "leave"): Promise<Answer<Success<R>>> {
  try {
    const response = await send();
    const body = await response.json();
    // The status decides what the body is: 200 the route's own type, anything else a refusal.
    if (response.ok) return { ok: true, value: body as Success<R> };
    const failure = (body as { error?: Trouble }).error ?? { ...UNREACHABLE, kind: "unexpected" };
    const way = whenUnknown === "leave" ? wayFor(failure) : null;
    return way === null ? { ok: false, failure } : await leaveFor(way);
  } catch {
    return { ok: false, failure: UNREACHABLE };
  }
}

/** Where a refusal is answered on another host, or null where it is to be shown. */
function wayFor({ kind }: Trouble): string | null {
  const here = location.pathname + location.search;
  if (kind === "not_signed_in") return enterAddress(here);
  if (kind === "second_factor_needed") return proveAddress("second-factor", location, here);
  return kind === "proof_needed" ? proveAddress("confirm", location, here) : null;
}

/** Never resolves: the page is leaving, and nothing that waits here should show a failure meanwhile. */
function leaveFor(address: string): Promise<never> {
  location.assign(address);
  return new Promise<never>(() => undefined);
}

const UNREACHABLE: Trouble = {
  kind: "offline",
  title: "Daybook could not be reached.",
  next: "Check your connection and try again. Nightly posting goes on without this page.",
  fields: [],
  reference: "",
};
