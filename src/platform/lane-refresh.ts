/**
 * Renews a grant, one renewal at a time. "Refreshing" is stored before the call leaves, the new pair right after the
 * answer was read, and only then is it used. After a crash in between, the stored refresh token is tried again: the
 * provider either takes it or says that the grant is dead.
 */
import { MINUTE } from "../kernel/clock";
import type { TokenSet } from "../kernel/grant";
import { failed, ok, type Result } from "../kernel/result";
import type { Grant, LaneStore } from "./lane-store";
import type { LaneTokens } from "./lane-tokens";
import type { GrantPort } from "./lane-types";
import type { World } from "./world";

export type Renewed = { readonly tokens: TokenSet; readonly generation: number };

/** A single "this grant is dead" may be a provider's hiccup; two in a row disconnect. */
const REFUSALS_THAT_DISCONNECT = 2;
/** A token this close to its end is not handed out. */
const LEAST_LIFE_MS = MINUTE;
/** How long a renewal that brought nothing is not tried again while the token in hand is good. */
const PAUSE_MS = MINUTE;

export type RefreshParts = {
  readonly store: LaneStore;
  readonly tokens: LaneTokens;
  readonly grants: () => GrantPort;
  readonly world: () => Pick<World, "clock" | "log">;
  /** Is told of tokens that arrived for a grant that was given up meanwhile. */
  readonly onOrphan: (grant: Grant) => Promise<void>;
};

export class Refresher {
  readonly #parts: RefreshParts;
  #underWay: Promise<Result<Renewed>> | null = null;
  #pausedUntil = 0;

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  /** Tokens that can be used now, renewed if they are about to end. */
  async live(grant: Grant): Promise<Result<Renewed>> {
    if (grant.state === "dead") return dead(grant.provider);
    const now = this.#parts.world().clock();
    const ahead = this.#parts.grants().pace(grant.provider).refreshAheadMs;
    const life = grant.accessExpiresAt - now;
    const isFresh = life > ahead && grant.state === "usable";
    const isPaused = life > LEAST_LIFE_MS && now < this.#pausedUntil;
    if (isFresh || isPaused) return await this.#open(grant);
    const renewed = await this.renew();
    if (renewed.ok || renewed.failure.kind === "reconnect_needed" || life <= LEAST_LIFE_MS) return renewed;
    // The provider is busy or down, and the token in hand is good for a while yet.
    this.#pausedUntil = now + PAUSE_MS;
    return await this.#open(grant);
  }

  /** Renews now. Everyone who asks while a renewal is under way gets that one. */
  async renew(): Promise<Result<Renewed>> {
    this.#underWay ??= this.#renew().finally(() => {
      this.#underWay = null;
    });
    return await this.#underWay;
  }

  async #renew(): Promise<Result<Renewed>> {
    const grant = this.#parts.store.read();
    if (grant === null || grant.state === "dead") return dead(grant?.provider ?? "the provider");
    const opened = await this.#parts.tokens.open(grant);
    if (!opened.ok) return opened;
    return await this.#ask(grant, opened.value);
  }

  async #ask(grant: Grant, tokens: TokenSet): Promise<Result<Renewed>> {
    const { store, grants } = this.#parts;
    for (;;) {
      // Durable before the request leaves: the runtime holds outgoing calls back until the write is safe.
      if (!store.markRefreshing(grant)) return await this.#current(grant.provider);
      const answer = await grants().refresh(grant.provider, tokens);
      if (answer.ok) return await this.#keep(grant, answer.value);
      if (answer.failure.kind !== "reconnect_needed") {
        store.markUsable(grant);
        return answer;
      }
      const refusals = store.countRefusal(grant);
      if (refusals === 0 || refusals >= REFUSALS_THAT_DISCONNECT) return this.#end(grant, answer);
    }
  }

  /** Nothing is waited for between the answer and the write but the sealing, which does no I/O. */
  async #keep(grant: Grant, renewed: TokenSet): Promise<Result<Renewed>> {
    const { store, tokens, world } = this.#parts;
    const sealed = await tokens.seal(grant, grant.key, renewed);
    if (!sealed.ok) return sealed;
    const saved = store.saveRenewed(grant, sealed.value, world().clock());
    if (saved === "saved") return ok({ tokens: renewed, generation: grant.generation + 1 });
    if (saved === "replaced") return await this.#current(grant.provider);
    await this.#parts.onOrphan({ ...grant, ...sealed.value });
    return dead(grant.provider);
  }

  /** The provider called the grant dead often enough, or the grant is no longer the one that was asked about. */
  async #end(grant: Grant, answer: Result<never>): Promise<Result<Renewed>> {
    const current = this.#parts.store.read();
    if (current !== null && current.sealed !== grant.sealed) return await this.#current(grant.provider);
    this.#parts.store.markDead(grant);
    this.#parts.world().log.warn("lane.dead", { shopId: grant.shopId, connectionId: grant.connectionId, provider: grant.provider });
    return answer;
  }

  async #current(provider: string): Promise<Result<Renewed>> {
    const current = this.#parts.store.read();
    return current === null ? dead(provider) : await this.#open(current);
  }

  async #open(grant: Grant): Promise<Result<Renewed>> {
    const opened = await this.#parts.tokens.open(grant);
    return opened.ok ? ok({ tokens: opened.value, generation: grant.generation }) : opened;
  }
}

function dead(provider: string): Result<never> {
  return failed({ kind: "reconnect_needed", provider });
}
