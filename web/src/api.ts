/** Everything the app asks of the server, typed by the contracts. A refusal is a value; being signed out is a way to go. */
import type { ConnectionsView, LocationChoice } from "../../src/features/connections/contract";
import type { DaysView, DayView } from "../../src/features/days/contract";
import type { MappingChange, MappingView } from "../../src/features/mapping/contract";
import type { ShopView } from "../../src/features/shops/contract";
import type { MeView, SignInRequest } from "../../src/features/sign-in/contract";
import type { BackfillRequest, BackfillView, PostingMode } from "../../src/features/sync/contract";
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

type Method = "GET" | "POST" | "PUT";

/** Longer than any provider's deadline, so that the server's own sentence wins over a bare time-out. */
const DEADLINE_MS = 60_000;

const day = (location: string, date: string) => `/api/days/${encodeURIComponent(location)}/${encodeURIComponent(date)}`;

/** A shop's own app. Dates are `YYYY-MM-DD`. */
export const shopApi = {
  shop: () => ask<ShopView>("GET", "/api/shop"),
  signOut: () => ask<object>("POST", "/api/sign-out", {}),
  days: (from: string, to: string) => ask<DaysView>("GET", `/api/days?from=${from}&to=${to}`),
  day: (location: string, date: string) => ask<DayView>("GET", day(location, date)),
  readDay: (location: string, date: string) => ask<object>("POST", `${day(location, date)}/read`),
  retryDay: (location: string, date: string) => ask<object>("POST", `${day(location, date)}/retry`),
  postDay: (location: string, date: string, fingerprint: string) => ask<object>("POST", `${day(location, date)}/post`, { fingerprint }),
  posting: () => ask<{ mode: PostingMode }>("GET", "/api/posting"),
  setPosting: (mode: PostingMode) => ask<{ mode: PostingMode }>("PUT", "/api/posting", { mode }),
  backfills: () => ask<{ backfills: BackfillView[] }>("GET", "/api/backfills"),
  startBackfill: (request: BackfillRequest) => ask<object>("POST", "/api/backfills", request),
  mapping: () => ask<MappingView>("GET", "/api/mapping"),
  saveMapping: (change: MappingChange) => ask<{ version: number; retriedDays: number }>("PUT", "/api/mapping", change),
  createAccount: (key: string, name: string) => ask<object>("POST", "/api/mapping/accounts", { key, name }),
  refreshAccounts: () => ask<object>("POST", "/api/mapping/refresh"),
  connections: () => ask<ConnectionsView>("GET", "/api/connections"),
  connect: (provider: string) => ask<{ url: string }>("POST", "/api/connections", { provider }),
  refreshConnection: (id: string) => ask<object>("POST", `/api/connections/${encodeURIComponent(id)}/refresh`),
  disconnect: (id: string) => ask<object>("POST", `/api/connections/${encodeURIComponent(id)}/disconnect`),
  chooseLocation: (id: string, choice: LocationChoice) => ask<object>("PUT", `/api/locations/${encodeURIComponent(id)}`, choice),
};

/** Signing in, at `auth.`. */
export const authApi = {
  me: () => ask<MeView>("GET", "/api/me", undefined, "tell"),
  signIn: (request: SignInRequest) => ask<{ next: string }>("POST", "/api/sign-in", request, "tell"),
  signOut: () => ask<object>("POST", "/api/sign-out", {}, "tell"),
};

/** Where a shop's host lets a signed-out person in again and brings them back to where they were. */
export function enterAddress(path: string): string {
  return `/enter/start?to=${encodeURIComponent(path)}`;
}

async function ask<T>(method: Method, path: string, body?: object, signedOut: "enter" | "tell" = "enter"): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    const response = await fetch(path, {
      method, headers, body: body === undefined ? null : JSON.stringify(body), signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.status === 401 && signedOut === "enter") return await leaveToSignIn();
    return await readAnswer<T>(response);
  } catch {
    return { ok: false, failure: UNREACHABLE };
  }
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const body: unknown = await response.json();
  if (response.ok) return { ok: true, value: body as T };
  const told = (body as { error?: Trouble }).error;
  return { ok: false, failure: told ?? { ...UNREACHABLE, kind: "unexpected" } };
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
