/** Everything that a simulated Square remembers, as plain JSON, and everything that it is made with. */
import type { Clock, RandomBytes } from "../../kernel/clock";
import type { OrderSource } from "./simulator-source";
import type { CatalogObject, Order, PaymentRefund } from "./simulator-wire";

export type SimulatedClient = { readonly clientId: string; readonly clientSecret: string; readonly redirectUris: readonly string[] };

export type SimulatedLocation = {
  readonly id: string; readonly name: string; readonly timezone: string; readonly currency: string;
  readonly status?: "ACTIVE" | "INACTIVE";
};

export type SimulatedMerchant = {
  readonly id: string; readonly name: string; readonly country: string; readonly currency: string;
  /** The first is the main location. */
  readonly locations: readonly [SimulatedLocation, ...SimulatedLocation[]];
  readonly objects: readonly CatalogObject[];
};

/** Instants are epoch milliseconds. */
export type CodeState = {
  readonly merchantId: string; readonly clientId: string; readonly redirectUri: string; readonly scopes: readonly string[];
  /** S256, or empty where the client sent none. */
  readonly challenge: string; readonly expiresAt: number;
};
export type GrantState = {
  readonly merchantId: string; readonly clientId: string; readonly scopes: readonly string[];
  readonly isPublic: boolean; readonly expiresAt: number | null; readonly isRevoked: boolean;
};
export type TokenState = {
  readonly merchantId: string; readonly clientId: string; readonly scopes: readonly string[];
  readonly expiresAt: number; readonly isRevoked: boolean;
};

export type Fault = {
  readonly kind:
    | "rate_limited" | "internal_error" | "bad_gateway" | "unavailable" | "hang" | "slow_body" | "truncated" | "empty"
    /** Carried out, and then the connection breaks. */
    | "answer_lost";
  /** The next how many calls to a path that starts with `path`, after letting `skip` of them pass. */
  readonly times: number; readonly skip: number; readonly path: string;
  /** For `rate_limited`; Square sends none by default. */
  readonly retryAfterSeconds?: number;
};

/** `sentAt` null holds a payout back; a number sends it then. `extra` are parts that are no sale and no refund, signed as Square signs them. */
export type PayoutChange = {
  readonly version: number; readonly status?: "FAILED"; readonly sentAt?: number | null;
  readonly extra?: readonly { readonly type: string; readonly grossMinor: number; readonly feeMinor?: number }[];
};

/** Cash that went in or out of a drawer beside its sales. `description` is what an employee typed. Instants are epoch milliseconds. */
export type DrawerMovement = {
  readonly id: string; readonly type: "PAID_IN" | "PAID_OUT" | "NO_SALE"; readonly minor: number; readonly at: number; readonly description: string;
};

/** A drawer from its opening on: all cash that its location takes meanwhile goes into it. `counted` is null until somebody counted it. */
export type DrawerShift = {
  readonly id: string; readonly locationId: string; readonly openedAt: number; readonly endedAt: number | null;
  readonly floatMinor: number; readonly movements: readonly DrawerMovement[];
  readonly counted: { readonly at: number; readonly minor: number } | null;
  readonly description: string;
};

/** A gift card that grew without a sale. */
export type GiftCardIncrease = {
  readonly id: string; readonly locationId: string; readonly at: number; readonly minor: number; readonly gan: string;
  readonly reason: "COMPLIMENTARY" | "SUPPORT_ISSUE" | "TRANSACTION_VOIDED";
};

export type SimulatorState = {
  codes: Record<string, CodeState>;
  /** By refresh token. */
  grants: Record<string, GrantState>;
  /** By access token. */
  tokens: Record<string, TokenState>;
  /** Orders that came late or were changed since the source gave them. */
  orders: Record<string, Order>;
  removedOrders: Record<string, true>;
  refunds: Record<string, PaymentRefund>;
  /** Catalogue objects changed since the start; null is one that Square no longer knows. */
  objects: Record<string, CatalogObject | null>;
  /** What became of payouts otherwise than Square means them to, by their ids. */
  payouts: Record<string, PayoutChange>;
  /** By the shift's id. */
  drawers: Record<string, DrawerShift>;
  /** By the activity's id. */
  giftCardIncreases: Record<string, GiftCardIncrease>;
  faults: Fault[];
  latencyMs: number;
  /** The token endpoint speaks the older `{"message","type"}`. */
  speaksOldErrors: boolean;
  /** Some catalogue calls have answered 500 to an expired token. */
  catalogueHidesExpiry: boolean;
};

/** One call as it arrived; bodies are cut, query strings kept. */
export type JournalLine = {
  readonly at: number; readonly method: string; readonly host: string; readonly path: string; readonly query: string;
  readonly body: string; readonly status: number;
};

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly clients: readonly SimulatedClient[];
  readonly merchants: readonly SimulatedMerchant[];
  readonly orders: OrderSource;
  /** Waits; tests pass one that does not. */
  readonly delay?: (milliseconds: number) => Promise<void>;
  /** Called after anything in the state changed. */
  readonly onChange?: () => void;
};

/** What the parts of the simulator share. `revision` moves with every change of orders. */
export type Simulation = Required<SimulatorOptions> & {
  state: SimulatorState;
  revision: number;
  readonly journal: JournalLine[];
};

/** A Square at which nothing has happened yet. */
export function emptyState(): SimulatorState {
  return {
    codes: {}, grants: {}, tokens: {}, orders: {}, removedOrders: {}, refunds: {}, objects: {}, payouts: {}, drawers: {}, giftCardIncreases: {},
    faults: [], latencyMs: 0, speaksOldErrors: false, catalogueHidesExpiry: false,
  };
}

/** `length` characters of base64url-like randomness for codes and tokens. */
export function secretOf(random: RandomBytes, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from(random(length), (byte) => alphabet.charAt(byte % 64)).join("");
}
