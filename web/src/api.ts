/**
 * Everything the app asks of the server. Paths, inputs and answers have the types of the routes themselves, so that a
 * route that changes breaks the build here. A refusal is a value; being signed out is a way to go.
 */
import { hc, type ClientResponse } from "hono/client";
import type { AuthApi, HqApi, ShopApi } from "../../src/app";
import type { LocationChoice } from "../../src/features/connections/contract";
import type { MappingChange } from "../../src/features/mapping/contract";
import type { SignInRequest } from "../../src/features/sign-in/contract";
import type { BackfillRequest, PostingMode } from "../../src/features/sync/contract";
import type { FailureKind, FieldProblem } from "../../src/kernel/failure";
import type { Result } from "../../src/kernel/result";

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

const options = { fetch: (input: string | URL | Request, init?: RequestInit) => fetch(input, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) }) };
const shop = hc<ShopApi>("/", options).api;
const auth = hc<AuthApi>("/", options).api;

/** Ids and dates come from the address, and the client puts them into a path as they are: encoded, they stay one segment. */
const dayAt = (location: string, date: string) => ({ param: { location: encodeURIComponent(location), date: encodeURIComponent(date) } });
const connectionAt = (id: string) => ({ param: { connection: encodeURIComponent(id) } });
const day = shop.days[":location"][":date"];
const connection = shop.connections[":connection"];

/** A shop's own app. Dates are `YYYY-MM-DD`. */
export const shopApi = {
  shop: () => ask(() => shop.shop.$get()),
  signOut: () => ask(() => shop["sign-out"].$post({ json: {} })),
  days: (from: string, to: string) => ask(() => shop.days.$get({ query: { from, to } })),
  day: (location: string, date: string) => ask(() => day.$get(dayAt(location, date))),
  readDay: (location: string, date: string) => ask(() => day.read.$post(dayAt(location, date))),
  retryDay: (location: string, date: string) => ask(() => day.retry.$post(dayAt(location, date))),
  postDay: (location: string, date: string, fingerprint: string) => ask(() => day.post.$post({ ...dayAt(location, date), json: { fingerprint } })),
  setPosting: (mode: PostingMode) => ask(() => shop.posting.$put({ json: { mode } })),
  backfills: () => ask(() => shop.backfills.$get()),
  startBackfill: (request: BackfillRequest) => ask(() => shop.backfills.$post({ json: request })),
  mapping: () => ask(() => shop.mapping.$get()),
  saveMapping: (change: MappingChange) => ask(() => shop.mapping.$put({ json: change })),
  createAccount: (key: string, name: string) => ask(() => shop.mapping.accounts.$post({ json: { key, name } })),
  refreshAccounts: () => ask(() => shop.mapping.refresh.$post()),
  connections: () => ask(() => shop.connections.$get()),
  connect: (provider: "square" | "quickbooks") => ask(() => shop.connections.$post({ json: { provider } })),
  refreshConnection: (id: string) => ask(() => connection.refresh.$post(connectionAt(id))),
  disconnect: (id: string) => ask(() => connection.disconnect.$post(connectionAt(id))),
  chooseLocation: (id: string, choice: LocationChoice) => ask(() => shop.locations[":location"].$put({ param: { location: encodeURIComponent(id) }, json: choice })),
};

/** Signing in, at `auth.`: there a 401 is an answer, not a reason to leave. */
export const authApi = {
  me: () => ask(() => auth.me.$get(), "tell"),
  signIn: (request: SignInRequest) => ask(() => auth["sign-in"].$post({ json: request }), "tell"),
  signOut: () => ask(() => auth["sign-out"].$post({ json: {} }), "tell"),
};

/** An audit log, a shop's or an organisation's: both have the same routes. `query` holds what is filtered. */
const auditOf = (audit: typeof shop.audit) => ({
  lines: (query: Readonly<Record<string, string>>) => ask(() => audit.$get({ query: { ...query } })),
  seal: () => ask(() => audit.checkpoint.$post({ json: {} })),
  proofs: (seqs: readonly number[]) => ask(() => audit.proof.$get({ query: { seq: seqs.join(".") } })),
  consistency: (from: number) => ask(() => audit.consistency.$get({ query: { from: String(from) } })),
});
export type AuditApi = ReturnType<typeof auditOf>;
export const shopAuditApi = auditOf(shop.audit);
export const hqAuditApi = auditOf(hc<HqApi>("/", options).api.audit);

/** Where a shop's host lets a signed-out person in again and brings them back to where they were. */
export function enterAddress(path: string): string {
  return `/enter/start?to=${encodeURIComponent(path)}`;
}

type AnyResponse = ClientResponse<unknown, number, "json">;
type Success<R> = R extends ClientResponse<infer Value, 200, "json"> ? Value : never;

async function ask<R extends AnyResponse>(send: () => Promise<R>, signedOut: "enter" | "tell" = "enter"): Promise<Answer<Success<R>>> {
  try {
    const response = await send();
    if (response.status === 401 && signedOut === "enter") return await leaveToSignIn();
    const body = await response.json();
    // The status decides what the body is: 200 the route's own type, anything else a refusal.
    if (response.ok) return { ok: true, value: body as Success<R> };
    return { ok: false, failure: (body as { error?: Trouble }).error ?? { ...UNREACHABLE, kind: "unexpected" } };
  } catch {
    return { ok: false, failure: UNREACHABLE };
  }
}

/** Never resolves: the page is leaving, and nothing that waits here should show a failure meanwhile. */
function leaveToSignIn(): Promise<never> {
  location.assign(enterAddress(location.pathname + location.search));
  return new Promise<never>(() => undefined);
}

const UNREACHABLE: Trouble = {
  kind: "offline",
  title: "Daybook could not be reached.",
  next: "Check your connection and try again. Nightly posting goes on without this page.",
  fields: [],
  reference: "",
};
