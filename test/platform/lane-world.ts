/**
 * A provider that grants, renews and revokes as the real ones do, wired into the lanes of the test's Worker: renewal
 * rotates the refresh token, revocation ends the grant, and each can be made slow, busy, down or fatal on demand.
 */
import { env } from "cloudflare:workers";
import { systemRandom } from "../../src/kernel/clock";
import type { TokenSet } from "../../src/kernel/grant";
import { newId, type ConnectionId, type ShopId } from "../../src/kernel/ids";
import { failed, ok, type Result } from "../../src/kernel/result";
import { laneOf, type Lane as LaneClient } from "../../src/platform/lane-client";
import type { LaneObject } from "../../src/platform/lane";
import type { GrantPort, LanePace } from "../../src/platform/lane-types";
import { createLog } from "../../src/platform/log";
import { Lane } from "../../src/sandbox/worker";

const HOUR = 3_600_000;

/** Where a crash can be made to happen while a lane renews. */
export type Moment = "before the call" | "after the call" | "while sealing" | "after saving";

export class LaneWorld {
  now = 1_800_000_000_000;
  readonly lines: string[] = [];
  readonly issued: string[] = [];
  refreshCalls = 0;
  readonly revoked: string[] = [];
  pace: LanePace = { callsPerMinute: 600, callsAtOnce: 1_000, refreshAheadMs: 5 * 60_000 };
  /** What the next calls answer in place of the truth, first one first. */
  readonly refreshAnswers: Result<never>[] = [];
  readonly revokeAnswers: Result<never>[] = [];
  /** Whether a refresh token that was used once is taken again, as real providers do for a while. */
  takesUsedTokens = true;
  latencyMs = 0;
  /** Runs when a renewal reaches the moment; made for throwing and aborting. */
  onMoment: (moment: Moment, abort: () => void) => void = () => undefined;
  readonly #live = new Set<string>();
  readonly #used = new Set<string>();

  /** A grant as a consent would bring it. */
  grant(): TokenSet {
    const refreshToken = this.#issue("refresh");
    this.#live.add(refreshToken);
    return { accessToken: this.#issue("access"), accessExpiresAt: this.now + HOUR, refreshToken, refreshExpiresAt: this.now + 1_000 * HOUR, scopes: ["all"] };
  }

  /** Ends every grant, as a merchant does in the provider's own settings. */
  revokeEverything(): void {
    this.#live.clear();
    this.#used.clear();
  }

  /** Whether the provider would still renew with this token. */
  takes(refreshToken: string): boolean {
    return this.#live.has(refreshToken) || (this.takesUsedTokens && this.#used.has(refreshToken));
  }

  /** Makes the lanes of this test's Worker use this world from now on. */
  wire(): void {
    const grants = (lane: LaneObject) => this.#port(() => abort(lane));
    const world = (lane: LaneObject) => this.#parts(() => abort(lane));
    Object.assign(Lane.prototype, {
      grants(this: LaneObject) {
        return grants(this);
      },
      world(this: LaneObject) {
        return world(this);
      },
    });
  }

  async refresh(tokens: TokenSet): Promise<Result<TokenSet>> {
    this.refreshCalls += 1;
    const answer = this.refreshAnswers.shift() ?? this.#renewed(tokens);
    if (this.latencyMs > 0) await scheduler.wait(this.latencyMs);
    return answer;
  }

  #renewed({ refreshToken }: TokenSet): Result<TokenSet> {
    if (!this.takes(refreshToken)) return failed({ kind: "reconnect_needed", provider: "square" });
    this.#live.delete(refreshToken);
    this.#used.add(refreshToken);
    return ok(this.grant());
  }

  async revoke(tokens: TokenSet): Promise<Result<void>> {
    const answer = this.revokeAnswers.shift();
    if (answer !== undefined) return answer;
    this.revoked.push(tokens.refreshToken);
    this.#live.delete(tokens.refreshToken);
    return ok(undefined);
  }

  /** What the lane does next with tokens that have just arrived, told by what it asks its world for. */
  #next: "nothing" | "seals" | "saves" | "paces" = "nothing";

  #port(abort: () => void): GrantPort {
    return {
      refresh: async (_, tokens) => {
        this.#next = "nothing";
        this.onMoment("before the call", abort);
        const answer = await this.refresh(tokens);
        this.onMoment("after the call", abort);
        if (answer.ok) this.#next = "seals";
        return answer;
      },
      revoke: async (_, tokens) => await this.revoke(tokens),
      pace: () => this.pace,
    };
  }

  #parts(abort: () => void) {
    return {
      clock: () => {
        if (this.#next === "paces") this.onMoment("after saving", abort);
        if (this.#next === "saves") this.#next = "paces";
        return this.now;
      },
      random: (length: number) => {
        if (this.#next === "seals") {
          this.#next = "saves";
          this.onMoment("while sealing", abort);
        }
        return systemRandom(length);
      },
      log: createLog((line) => void this.lines.push(line), () => this.now),
    };
  }

  #issue(kind: string): string {
    const token = `${kind}-${newId(systemRandom)}`;
    this.issued.push(token);
    return token;
  }
}

/** Ends the object as a deploy or a lost machine would. */
function abort(lane: LaneObject): void {
  (lane as unknown as { ctx: DurableObjectState }).ctx.abort("crash");
}

export type LaneUnderTest = { readonly lane: LaneClient; readonly shopId: ShopId; readonly connectionId: ConnectionId; readonly stub: DurableObjectStub<LaneObject> };

/** A lane of a shop that the directory knows, with nothing installed. */
export async function newLane(): Promise<LaneUnderTest> {
  const shopId = newId<ShopId>(systemRandom);
  const connectionId = newId<ConnectionId>(systemRandom);
  await env.DIRECTORY.prepare(
    "INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at) VALUES (?1, ?1, 'Shop', 1, 'UTC', 'USD', 'open', 1)",
  ).bind(shopId).run();
  return { lane: laneOf(env, shopId, connectionId), shopId, connectionId, stub: env.LANE.getByName(`${shopId}/${connectionId}`) };
}
