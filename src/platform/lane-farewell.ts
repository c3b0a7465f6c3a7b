/** Ends given-up grants at the provider: at once if it answers, otherwise again by alarm until it does. */
import { DAY, HOUR, MINUTE } from "../kernel/clock";
import type { Farewell, LaneStore } from "./lane-store";
import type { LaneTokens } from "./lane-tokens";
import type { GrantPort } from "./lane-types";
import type { World } from "./world";

export type FarewellParts = {
  readonly store: LaneStore;
  readonly tokens: LaneTokens;
  readonly grants: () => GrantPort;
  readonly world: () => Pick<World, "clock" | "log">;
};

/** No refresh token is kept longer for the sake of revoking it; most have ended by themselves before. */
const LONGEST_FAREWELL_MS = 30 * DAY;
const LONGEST_PAUSE_MS = 6 * HOUR;

/** Tries each farewell once. Answers in how many milliseconds to try again, or null when none is left. */
export async function sayFarewells(parts: FarewellParts): Promise<number | null> {
  for (const farewell of parts.store.farewells()) {
    if (await hasEnded(parts, farewell)) parts.store.endFarewell(farewell.id);
    else parts.store.countFarewellAttempt(farewell.id);
  }
  const left = parts.store.farewells();
  if (left.length === 0) return null;
  const fewest = Math.min(...left.map((farewell) => farewell.attempts));
  return Math.min(MINUTE * 2 ** Math.min(fewest, 12), LONGEST_PAUSE_MS);
}

/** An answer of any kind ends it: success, or a refusal that would be the same the next time. */
async function hasEnded(parts: FarewellParts, farewell: Farewell): Promise<boolean> {
  const { clock, log } = parts.world();
  const fields = { shopId: farewell.shopId, connectionId: farewell.connectionId, provider: farewell.provider, attempts: farewell.attempts };
  const now = clock();
  if (now > Math.min(farewell.since + LONGEST_FAREWELL_MS, farewell.refreshExpiresAt ?? Infinity)) {
    log.error("lane.never_revoked", fields);
    return true;
  }
  const opened = await parts.tokens.open(farewell);
  if (!opened.ok) return false;
  const answer = await parts.grants().revoke(farewell.provider, opened.value);
  if (answer.ok) return true;
  const comesAgain = ["provider_busy", "provider_down", "provider_unreadable", "answer_lost", "key_unavailable"].includes(answer.failure.kind);
  if (!comesAgain) log.warn("lane.revocation_refused", { ...fields, kind: answer.failure.kind });
  return !comesAgain;
}
