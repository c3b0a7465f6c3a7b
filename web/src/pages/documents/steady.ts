/** One step of an upload over a line that comes and goes: tried again where that can help, and only there. */
import type { Answer, Trouble } from "../../ask";

const MOST_TRIES = 3;
const PAUSE_MS = 2_000;

/** The line as the browser tells it, and time; passed in so that a test can set both. */
export type Line = {
  readonly isOnline: () => boolean;
  /** Resolves when the browser says that it is online again, or when `signal` ends the wait. */
  readonly untilOnline: (signal: AbortSignal) => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** This browser's own. */
export const browserLine: Line = {
  isOnline: () => navigator.onLine,
  untilOnline: (signal) => new Promise((resolve) => {
    addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve());
  }),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** What a stopped upload ends with; nobody is shown it. */
export const STOPPED: Trouble = { kind: "unexpected", title: "", next: "", fields: [], reference: "" };

/**
 * Runs a step until the server has answered it. Whoever is offline waits for as long as that takes (`onOffline`); a line
 * that is there and does not carry is tried three times. A refusal is an answer: it is never sent again by itself.
 */
export async function steadily<T>(line: Line, signal: AbortSignal, onOffline: (isOffline: boolean) => void, step: () => Promise<Answer<T>>): Promise<Answer<T>> {
  let tries = 0;
  for (;;) {
    if (signal.aborted) return { ok: false, failure: STOPPED };
    if (!line.isOnline()) {
      onOffline(true);
      await line.untilOnline(signal);
      onOffline(false);
      tries = 0;
      continue;
    }
    const answer = await step();
    tries += 1;
    if (answer.ok || answer.failure.kind !== "offline" || signal.aborted) return answer;
    if (!line.isOnline()) continue;
    if (tries >= MOST_TRIES) return answer;
    await line.pause(PAUSE_MS * tries);
  }
}
