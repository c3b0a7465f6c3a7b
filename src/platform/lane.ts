/**
 * A lane: one Durable Object per connection. It alone holds the connection's tokens, sealed in its own storage, renews
 * them one call at a time, and paces the calls made with them. Nothing else in Daybook stores a token.
 */
import { DurableObject } from "cloudflare:workers";
import { MINUTE } from "../kernel/clock";
import type { TokenSet } from "../kernel/grant";
import { failed, ok, type Result } from "../kernel/result";
import { openShopDb, shardOfShop } from "./database";
import { readConfig, type Bindings } from "./env";
import { sayFarewells, type FarewellParts } from "./lane-farewell";
import { createBucket } from "./lane-pace";
import { Refresher } from "./lane-refresh";
import { LaneStore, type Grant, type Waiting } from "./lane-store";
import { LaneTokens } from "./lane-tokens";
import type { Generation, GrantPort, LaneAccess, LaneOwner, LaneStatus } from "./lane-types";
import { shopKeyOf, type Keeper } from "./vault";
import type { World } from "./world";

/** The wiring extends this with its providers and its world; the Worker exports the result as `Lane`. */
export abstract class LaneObject extends DurableObject<Bindings> {
  readonly #store = new LaneStore(this.ctx.storage.sql);
  readonly #tokens = new LaneTokens(this.#store, () => this.#keeper());
  readonly #bucket = createBucket();
  readonly #parts: FarewellParts = {
    store: this.#store, tokens: this.#tokens, grants: () => this.grants(), world: () => this.world(),
  };
  readonly #refresher = new Refresher({ ...this.#parts, onOrphan: (grant) => this.#giveUp(grant) });

  /** The providers' OAuth calls. */
  protected abstract grants(): GrantPort;
  protected abstract world(): Pick<World, "clock" | "random" | "log">;

  /**
   * Takes the tokens of a new or renewed consent. `not_found` for a shop that does not exist, or when the lane already
   * belongs to another connection.
   */
  async install(owner: LaneOwner, provider: string, tokens: TokenSet): Promise<Result<void>> {
    if (this.#isForeign(owner)) return notFound();
    const shard = await shardOfShop(this.env, owner.shopId);
    if (shard === null) return notFound();
    const key = await shopKeyOf(this.#keeper(), openShopDb(this.env, owner.shopId, shard));
    const sealed = await this.#tokens.seal(owner, key, tokens);
    if (!sealed.ok) return sealed;
    if (this.#isForeign(owner)) return notFound();
    this.#store.install(owner, provider, sealed.value, key);
    return ok(undefined);
  }

  /**
   * Takes the tokens of a consent that opens several accounts, until a person says which is meant (epoch milliseconds).
   * When nobody does they are destroyed, and revoked at the provider if `revokes`. Fails as `install` does.
   */
  async hold(owner: LaneOwner, provider: string, tokens: TokenSet, waiting: Waiting): Promise<Result<void>> {
    const installed = await this.install(owner, provider, tokens);
    if (!installed.ok) return installed;
    this.#store.wait(waiting);
    await this.ctx.storage.setAlarm(waiting.until);
    return ok(undefined);
  }

  /**
   * Hands out the tokens that wait: to keep them in a lane of their own or to end them is the caller's from then on, and
   * here they are only forgotten. `not_found` where none wait, or their time is over.
   */
  async take(owner: LaneOwner): Promise<Result<TokenSet>> {
    const grant = this.#isForeign(owner) ? null : this.#store.read();
    if (grant === null || !this.#isWaiting()) return notFound();
    const opened = await this.#tokens.open(grant);
    if (!opened.ok) return opened;
    const { waiting } = this.#store;
    if (waiting === null) return notFound(); // its time ended while it was opened
    this.#store.wait({ ...waiting, revokes: false });
    return opened;
  }

  /**
   * A token that can be used now, and how long to wait before `calls` calls with it. `reconnect_needed` when the grant is
   * dead or was never installed; `provider_busy` when the pace allows no calls within a minute, or the provider said so.
   */
  async access(owner: LaneOwner, calls: number): Promise<Result<LaneAccess>> {
    const grant = this.#grantOf(owner);
    if (!grant.ok) return grant;
    const live = await this.#refresher.live(grant.value);
    if (!live.ok) return live;
    const { provider } = grant.value;
    const { taken, waitMs } = this.#bucket.take(calls, this.grants().pace(provider), this.world().clock());
    if (!taken) return failed({ kind: "provider_busy", provider, retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    return ok({ accessToken: live.value.tokens.accessToken, waitMs, generation: live.value.generation });
  }

  /** The provider would not take the access token: the next access renews it, unless that has happened already. */
  async expire(owner: LaneOwner, generation: Generation): Promise<Result<void>> {
    const grant = this.#grantOf(owner);
    if (!grant.ok) return grant;
    if (isCurrent(grant.value, generation)) this.#store.expire(grant.value);
    return ok(undefined);
  }

  /**
   * The provider called the grant revoked when it was used. A renewal is the proof: where it succeeds the grant lives,
   * until the renewed tokens are reported as well. `reconnect_needed` when the grant is dead.
   */
  async reportDead(owner: LaneOwner, generation: Generation): Promise<Result<void>> {
    const grant = this.#grantOf(owner);
    if (!grant.ok) return grant;
    const held = grant.value;
    if (!isCurrent(held, generation)) return ok(undefined);
    if (held.suspectGeneration === held.generation) this.#store.markDead(held);
    this.#store.suspectNext(held);
    this.#store.expire(held);
    const renewed = await this.#refresher.renew();
    return renewed.ok ? ok(undefined) : renewed;
  }

  /** How the lane stands, without its secrets. */
  async status(owner: LaneOwner): Promise<Result<LaneStatus>> {
    const grant = this.#grantOf(owner);
    if (!grant.ok) return grant;
    const { state, provider, accessExpiresAt, refreshExpiresAt, refreshedAt, generation, key } = grant.value;
    const { keyId, masterId } = key;
    return ok({ state, provider, accessExpiresAt, refreshExpiresAt, refreshedAt, generation, keyId, masterId });
  }

  /**
   * Ends the grant: here at once, at the provider now or, while it does not answer, again by alarm. Answers whether the
   * provider has confirmed. A lane that holds nothing has nothing to end.
   */
  async destroy(owner: LaneOwner): Promise<Result<{ readonly revoked: boolean }>> {
    if (this.#isForeign(owner)) return notFound();
    this.#endGrant();
    return ok({ revoked: await this.#sayFarewells() });
  }

  /** Wraps the key that is kept here under the current master key. For the job that rotates the master key. */
  async rewrapKey(owner: LaneOwner): Promise<Result<void>> {
    const grant = this.#grantOf(owner);
    return grant.ok ? await this.#tokens.rewrap(grant.value) : grant;
  }

  override async alarm(): Promise<void> {
    const { waiting } = this.#store;
    if (waiting !== null && this.#isWaiting()) {
      await this.ctx.storage.setAlarm(waiting.until);
      return;
    }
    if (waiting !== null) this.#endGrant();
    await this.#sayFarewells();
  }

  /** Whether a person may still say what the grant is for. */
  #isWaiting(): boolean {
    const { waiting } = this.#store;
    return waiting !== null && waiting.until > this.world().clock();
  }

  /** Nothing can use the grant from here on; one that waits may be another shop's as well, and is then not revoked. */
  #endGrant(): void {
    const grant = this.#store.read();
    if (grant === null) return;
    if (this.#store.waiting?.revokes === false) this.#store.release(grant);
    else this.#store.giveUp(grant, this.world().clock());
  }

  /** Tokens that came for a grant which had been given up meanwhile are given up in turn. */
  async #giveUp(grant: Grant): Promise<void> {
    this.#store.giveUp(grant, this.world().clock());
    await this.#sayFarewells();
  }

  /** The alarm is set before the provider is called, so that a crash in between loses nothing. */
  async #sayFarewells(): Promise<boolean> {
    const { storage } = this.ctx;
    if (!this.#store.isEmpty) await storage.setAlarm(this.world().clock() + MINUTE);
    const againInMs = await sayFarewells(this.#parts);
    if (againInMs !== null) await storage.setAlarm(this.world().clock() + againInMs);
    else if (this.#store.isEmpty) await this.#forget();
    else await storage.deleteAlarm();
    return againInMs === null;
  }

  /** Nothing is left to remember: the storage itself goes, and with it every page that a secret once lay on. */
  async #forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.#store.createTables();
  }

  #keeper(): Keeper {
    const { clock, random } = this.world();
    return { masters: readConfig(this.env).masterKeys, random, clock };
  }

  #isForeign(owner: LaneOwner): boolean {
    const grant = this.#store.read();
    return grant !== null && (grant.shopId !== owner.shopId || grant.connectionId !== owner.connectionId);
  }

  #grantOf(owner: LaneOwner): Result<Grant> {
    if (this.#isForeign(owner)) return notFound();
    const grant = this.#store.read();
    return grant === null ? failed({ kind: "reconnect_needed", provider: "the provider" }) : ok(grant);
  }
}

function isCurrent(grant: Grant, generation: Generation): boolean {
  return generation === null || generation === grant.generation;
}

function notFound(): Result<never> {
  return failed({ kind: "not_found" });
}
