/** What a lane takes and answers. All of it is plain data: it crosses from one object to another. */
import type { TokenSet } from "../kernel/grant";
import type { ConnectionId, ShopId } from "../kernel/ids";
import type { Result } from "../kernel/result";

/** The provider's limits per connection, and how early a token is renewed. */
export type LanePace = { readonly callsPerMinute: number; readonly callsAtOnce: number; readonly refreshAheadMs: number };

/** The providers' OAuth calls as the lane needs them; the wiring brings them, since the platform knows no provider. */
export type GrantPort = {
  /** `reconnect_needed` only when the provider says that the grant itself is dead. */
  refresh(provider: string, tokens: TokenSet): Promise<Result<TokenSet>>;
  /** Ends the grant at the provider. An already dead grant is success. */
  revoke(provider: string, tokens: TokenSet): Promise<Result<void>>;
  pace(provider: string): LanePace;
};

/** Every call says whose lane it believes this is. */
export type LaneOwner = { readonly shopId: ShopId; readonly connectionId: ConnectionId };

/** Which tokens a caller was given: 1 for those installed first, one more with every renewal. Null = none yet. */
export type Generation = number | null;

export type LaneAccess = {
  readonly accessToken: string;
  /** How long to wait before the calls that were asked for. */
  readonly waitMs: number;
  readonly generation: number;
};

/** A lane without its secrets. Instants are epoch milliseconds. */
export type LaneStatus = {
  readonly state: "usable" | "refreshing" | "dead";
  readonly provider: string;
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number | null;
  /** Null until the first renewal. */
  readonly refreshedAt: number | null;
  readonly generation: number;
  /** The shop's key that the tokens are sealed with, and the master key that wraps it. */
  readonly keyId: string;
  readonly masterId: string;
};
