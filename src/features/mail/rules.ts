/** When a letter is tried again, when it is given up, and where its words are sealed. Pure. */
import { DAY, MINUTE } from "../../kernel/clock";
import type { ProviderFailure } from "../../kernel/failure";
import type { Place } from "../../platform/sealer";
import type { LetterId } from "./store";

/** Cron looks after a letter that waits this long beyond what the queue has in hand for it. */
export const CRON_LOOKS_AFTER_MS = 15 * MINUTE;

/** Finished letters are kept this long, without their words, to say that they went out. */
export const KEPT_MS = 30 * DAY;

const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 4 * 3_600;

/** Where a letter's words are sealed; copied to another letter they do not open. */
export function placeOf(id: LetterId): Place {
  return { table: "letter", column: "sealed_words", shopId: null, row: id };
}

/** 15 s, 1 min, 4 min, 16 min, 1 h, then every 4 hours: the nine deliveries of the queue outlast an outage of half a day. */
export function waitSeconds(attempts: number): number {
  return Math.min(FIRST_WAIT_SECONDS * 4 ** Math.min(attempts - 1, 10), LONGEST_WAIT_SECONDS);
}

/**
 * What a refusal means for a letter: `again` for everything that time or an engineer may mend (an outage, a limit, our
 * own key or domain), after the service's own delay where it gave one; `never` for a letter that will be refused always.
 */
export function fateOf(failure: ProviderFailure, attempts: number): { readonly kind: "again"; readonly afterSeconds: number } | { readonly kind: "never" } {
  const again = { kind: "again", afterSeconds: waitSeconds(attempts) } as const;
  switch (failure.kind) {
    case "provider_busy":
      return { kind: "again", afterSeconds: failure.retryAfterSeconds ?? again.afterSeconds };
    case "provider_down":
    case "provider_unreadable":
    case "answer_lost":
    case "reconnect_needed":
      return again;
    case "provider_refused":
      return [401, 403].includes(failure.answer.status) ? again : { kind: "never" };
  }
}
