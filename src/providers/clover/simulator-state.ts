/** Everything that a simulated Clover remembers, as plain JSON, and everything that it is made with. */
import type { Clock, RandomBytes } from "../../kernel/clock";
import type { Batch, Item, Kind, Rows } from "./simulator-wire";

export type SimulatedClient = { readonly clientId: string; readonly clientSecret: string; readonly redirectUris: readonly string[] };

export type Permission = "merchant" | "orders" | "payments" | "inventory";

export type SimulatedMerchant = {
  /** 13 digits and capitals. */
  readonly id: string; readonly name: string; readonly region: "na" | "eu" | "la"; readonly timezone: string; readonly currency: string;
  /** The hour at which the reporting day ends. */
  readonly summaryHour: number; readonly isVat?: boolean;
  /** What the installed app may do; everything when left out. */
  readonly permissions?: readonly Permission[];
  readonly items: readonly Item[];
};

/** Where sales come from: made on demand, so that a year of a demo is stored nowhere, or a list. Both ends are instants, the last left out. */
export type SalesSource = {
  within(merchantId: string, startMs: number, endMs: number): Batch;
  /** Whatever belongs to the same stretch of time as an id. */
  around(merchantId: string, id: string): Batch;
};

export type CodeState = { readonly merchantId: string; readonly clientId: string; readonly redirectUri: string; readonly challenge: string; readonly expiresAt: number };
export type TokenState = { readonly merchantId: string; readonly clientId: string; readonly expiresAt: number };

/** The four limits that a 429 can be about, as its header names them. */
export type Limit = "tokenLimit" | "crossTokenLimit" | "tokenConcurrentLimit" | "crossTokenConcurrentLimit";

export type Fault = {
  readonly kind:
    | "rate_limited" | "unauthorized" | "internal_error" | "bad_gateway" | "unavailable" | "hang" | "truncated" | "empty"
    /** Carried out, and then the connection breaks. */
    | "answer_lost";
  /** The next how many calls to a path that holds `path`, after letting `skip` of them pass. */
  readonly times: number; readonly skip: number; readonly path: string;
  readonly limit?: Limit; readonly retryAfterSeconds?: number;
};

/** A row that comes (or, without one, goes) after so many more pages of its kind were handed out. */
export type Move = { readonly merchantId: string; readonly kind: Kind; readonly id: string; readonly row: Rows[Kind] | null; readonly afterPages: number };

/** Something to tell by webhook. */
export type HookEvent = { readonly merchantId: string; readonly objectId: string; readonly type: "CREATE" | "UPDATE" | "DELETE"; readonly ts: number };

export type SimulatorState = {
  codes: Record<string, CodeState>;
  /** By access token, and by refresh token; a spent refresh token is gone. */
  tokens: Record<string, TokenState>;
  refreshTokens: Record<string, TokenState>;
  /** By merchant and id; null for what was removed. */
  rows: { [K in Kind]: Record<string, Rows[K] | null> };
  /** Items that were changed; null for one that Clover does not know any more. */
  items: Record<string, Item | null>;
  moves: Move[];
  faults: Fault[];
  events: HookEvent[];
  /** After a refusal for too much at once: no call before this instant; asking earlier makes it later. */
  waitUntil: number;
};

/** One call as it arrived, without its body: only tokens are sent in one. */
export type JournalLine = {
  readonly at: number; readonly method: string; readonly host: string; readonly path: string; readonly query: string; readonly status: number;
};

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly clients: readonly SimulatedClient[];
  readonly merchants: readonly SimulatedMerchant[];
  readonly sales: SalesSource;
  /** Clover's are 16 calls a second per token; null lets everything pass. */
  readonly callsPerSecond?: number | null;
  /** Called after anything in the state changed. */
  readonly onChange?: () => void;
};

/** What the parts of the simulator share. */
export type Simulation = Required<SimulatorOptions> & { state: SimulatorState; readonly journal: JournalLine[] };

/** A Clover at which nothing has happened yet. */
export function emptyState(): SimulatorState {
  return {
    codes: {}, tokens: {}, refreshTokens: {}, rows: { orders: {}, payments: {}, refunds: {}, credits: {}, credit_refunds: {} }, items: {}, moves: [], faults: [],
    events: [], waitUntil: 0,
  };
}

/** The key of a merchant's thing. */
export function keyOf(merchantId: string, id: string): string {
  return `${merchantId}/${id}`;
}

/** Clover's alphabet: digits and capitals without I, L, O and U. */
export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `length` random characters of Clover's alphabet. */
export function idOf(random: RandomBytes, length = 13): string {
  return Array.from(random(length), (byte) => ALPHABET.charAt(byte % 32)).join("");
}
