/** How long the queue keeps a message of its own, and what is left to cron. */
import { DONE, retryAfter, type Verdict } from "../../platform/queue";

/** Cron looks every quarter of an hour: longer waits are its own, and use up no deliveries. */
const LONGEST_ON_QUEUE_SECONDS = 900;

/** Comes again by the queue where that is soon, and by cron where it is not. */
export function later(seconds: number): Verdict {
  return seconds > LONGEST_ON_QUEUE_SECONDS ? DONE : retryAfter(seconds);
}
