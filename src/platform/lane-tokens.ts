/** Opens and seals a lane's tokens. They are plain in memory only between this and the call that needs them. */
import type { TokenSet } from "../kernel/grant";
import { ok, type Result } from "../kernel/result";
import type { Farewell, Grant, LaneStore, SealedTokens } from "./lane-store";
import type { LaneOwner } from "./lane-types";
import type { Place, SealedText, Sealer } from "./sealer";
import { rewrap, sealerOf, type Keeper, type WrappedKey } from "./vault";

type KeyUnavailable = { readonly kind: "key_unavailable" };

export class LaneTokens {
  readonly #store: LaneStore;
  readonly #keeper: () => Keeper;
  /** The last key that was unwrapped, kept for as long as the lane is awake. */
  #known: { readonly wrapped: string; readonly sealer: Sealer } | null = null;

  constructor(store: LaneStore, keeper: () => Keeper) {
    this.#store = store;
    this.#keeper = keeper;
  }

  async seal(owner: LaneOwner, key: WrappedKey, tokens: TokenSet): Promise<Result<SealedTokens, KeyUnavailable>> {
    const sealer = await this.#sealerOf(owner, key);
    if (!sealer.ok) return sealer;
    const sealed: SealedText = await sealer.value.seal(placeOf(owner), JSON.stringify(tokens));
    const refreshExpiresAt = tokens.refreshExpiresAt === null ? null : instantOf(tokens.refreshExpiresAt);
    return ok({ sealed, accessExpiresAt: instantOf(tokens.accessExpiresAt), refreshExpiresAt });
  }

  async open(held: Grant | Farewell): Promise<Result<TokenSet, KeyUnavailable>> {
    const sealer = await this.#sealerOf(held, held.key);
    if (!sealer.ok) return sealer;
    const opened = await sealer.value.open(placeOf(held), held.sealed);
    return opened.ok ? ok(JSON.parse(opened.value.reveal()) as TokenSet) : opened;
  }

  /** Rewraps the key under the current master key; the sealed tokens stay as they are. */
  async rewrap(held: Grant | Farewell): Promise<Result<void, KeyUnavailable>> {
    const renewed = await rewrap(this.#keeper(), held.shopId, held.key);
    if (!renewed.ok) return renewed;
    if (renewed.value !== held.key) this.#store.saveKey(renewed.value);
    return ok(undefined);
  }

  async #sealerOf(owner: LaneOwner, key: WrappedKey): Promise<Result<Sealer, KeyUnavailable>> {
    if (this.#known?.wrapped === key.wrapped) return ok(this.#known.sealer);
    const sealer = await sealerOf(this.#keeper(), owner.shopId, key);
    if (sealer.ok) this.#known = { wrapped: key.wrapped, sealer: sealer.value };
    return sealer;
  }
}

/** A provider's odd expiry must never keep its tokens from being stored: what is no instant has passed. */
function instantOf(value: number): number {
  return Number.isSafeInteger(Math.floor(value)) ? Math.floor(value) : 0;
}

function placeOf(owner: LaneOwner): Place {
  return { table: "lane", column: "tokens", shopId: owner.shopId, row: owner.connectionId };
}
