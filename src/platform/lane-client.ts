/** The caller's side of a lane: finds the object, says whose it is, and remembers which tokens it was given. */
import type { TokenSet } from "../kernel/grant";
import type { ConnectionId, ShopId } from "../kernel/ids";
import type { Result } from "../kernel/result";
import type { Bindings } from "./env";
import type { LaneObject } from "./lane";
import type { Waiting } from "./lane-store";
import type { Generation, LaneAccess, LaneStatus } from "./lane-types";

/** One connection's lane, for the duration of one job. Failures are those of `LaneObject`. */
export type Lane = {
  install(grant: { readonly provider: string; readonly tokens: TokenSet }): Promise<Result<void>>;
  /** Keeps the tokens of a consent until a person says which of its accounts is meant. */
  hold(grant: { readonly provider: string; readonly tokens: TokenSet; readonly waiting: Waiting }): Promise<Result<void>>;
  /** The tokens that wait; from then on the lane itself only forgets them. */
  take(): Promise<Result<TokenSet>>;
  access(wish: { readonly calls: number }): Promise<Result<LaneAccess>>;
  /** The token last given by `access` was not taken; the next `access` brings a renewed one. */
  expire(): Promise<Result<void>>;
  /** The provider called the grant revoked when the token last given by `access` was used. */
  reportDead(): Promise<Result<void>>;
  status(): Promise<Result<LaneStatus>>;
  /** Ends the grant here at once; `revoked` says whether the provider has confirmed yet. */
  destroy(): Promise<Result<{ readonly revoked: boolean }>>;
  rewrapKey(): Promise<Result<void>>;
};

/** The runtime says which of its own failures (a deploy, a lost machine) are worth trying again. */
const MOST_TRIES = 3;

/** The lane of a connection. No call is made until a method is. */
export function laneOf(env: Bindings, shopId: ShopId, connectionId: ConnectionId): Lane {
  const owner = { shopId, connectionId };
  const call = <T>(act: (stub: DurableObjectStub<LaneObject>) => Promise<T>) => withFreshStub(env, `${shopId}/${connectionId}`, act);
  let seen: Generation = null;
  return {
    install: ({ provider, tokens }) => call(async (stub) => await stub.install(owner, provider, tokens)),
    hold: ({ provider, tokens, waiting }) => call(async (stub) => await stub.hold(owner, provider, tokens, waiting)),
    take: () => call(async (stub) => await stub.take(owner)),
    access: async ({ calls }) => {
      const result: Result<LaneAccess> = await call(async (stub) => await stub.access(owner, calls));
      if (result.ok) seen = result.value.generation;
      return result;
    },
    expire: () => call(async (stub) => await stub.expire(owner, seen)),
    reportDead: () => call(async (stub) => await stub.reportDead(owner, seen)),
    status: () => call(async (stub) => await stub.status(owner)),
    destroy: () => call(async (stub) => await stub.destroy(owner)),
    rewrapKey: () => call(async (stub) => await stub.rewrapKey(owner)),
  };
}

/** A stub is broken once it has thrown: each try takes a new one. Every method of a lane can be called twice. */
async function withFreshStub<T>(env: Bindings, name: string, act: (stub: DurableObjectStub<LaneObject>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act(env.LANE.getByName(name));
    } catch (error) {
      if (tries >= MOST_TRIES || !isRetryable(error)) throw error;
    }
  }
}

/** An overloaded object is not asked again at once: that is what overloads it. */
function isRetryable(error: unknown): boolean {
  const { retryable, overloaded } = error as { readonly retryable?: boolean; readonly overloaded?: boolean };
  return retryable === true && overloaded !== true;
}
