/**
 * Leaves a provider alone that does not answer. While it is away its work is put off at once, instead of each message
 * waiting out a deadline of its own; then one of them goes first. It is kept in memory, for each isolate: another one
 * finds out by itself, and nothing but time depends on it.
 */
import { MINUTE, SECOND, type Clock, type RandomBytes } from "../../kernel/clock";
import type { Result } from "../../kernel/result";
import type { World } from "../../platform/world";
import type { Send } from "../../providers/registry";

/** So many bad answers in a row, of two accounts at least: one merchant's trouble is not the provider's. */
const BAD_ANSWERS = 5;
const BAD_ACCOUNTS = 2;
/** An answer that takes longer is as bad as none: a day is read with five calls, and a job has other days behind it. */
const SLOW_MS = 15 * SECOND;
const FIRST_REST_MS = 15 * SECOND;
const LONGEST_REST_MS = 5 * MINUTE;
/** How long the one who goes first may take before another may. */
const PROBE_MS = MINUTE;
/** What a provider may ask for with Retry-After at most. */
const LONGEST_RETRY_AFTER_MS = 60 * MINUTE;
/** Accounts that are remembered at a time; the oldest are forgotten. */
const MOST_ACCOUNTS = 1_000;

export type Breaker = {
  /** For how many seconds an account is not to be asked, with some jitter; null = go ahead. */
  restOf(provider: string, account: string): number | null;
  /** The same way out, watched for how it answers. */
  watch(send: Send, provider: string, account: string): Send;
};

type Standing = { bad: number; readonly accounts: Set<string>; rests: number; until: number; probeUntil: number };

const breakers = new WeakMap<World, Breaker>();

/** The breaker of this isolate's world. */
export function breakerOf(world: World): Breaker {
  const known = breakers.get(world);
  if (known !== undefined) return known;
  const made = createBreaker(world.clock, world.random);
  breakers.set(world, made);
  return made;
}

/** A breaker that knows of nobody yet. */
export function createBreaker(clock: Clock, random: RandomBytes): Breaker {
  const providers = new Map<string, Standing>();
  const resting = new Map<string, number>();
  const standingOf = (provider: string): Standing => {
    const known = providers.get(provider) ?? { bad: 0, accounts: new Set(), rests: 0, until: 0, probeUntil: 0 };
    providers.set(provider, known);
    return known;
  };
  const seconds = (untilMs: number) => Math.max(1, Math.ceil((untilMs - clock()) / SECOND)) + jitter(random);
  return {
    restOf: (provider, account) => {
      const now = clock();
      const own = resting.get(`${provider}/${account}`) ?? 0;
      if (own > now) return seconds(own);
      const standing = standingOf(provider);
      const until = Math.max(standing.until, standing.probeUntil);
      if (until > now) return seconds(until);
      if (standing.rests > 0) standing.probeUntil = now + PROBE_MS;
      return null;
    },
    watch: (send, provider, account) => async (outgoing) => {
      const began = clock();
      const answer = await send(outgoing);
      const now = clock();
      const retryAfterMs = retryAfterOf(answer, now);
      if (retryAfterMs !== null) remember(resting, `${provider}/${account}`, now + retryAfterMs);
      note(standingOf(provider), { account, isBad: isBad(answer) || now - began > SLOW_MS, now });
      return answer;
    },
  };
}

type Answer = Awaited<ReturnType<Send>>;

function note(standing: Standing, { account, isBad: bad, now }: { readonly account: string; readonly isBad: boolean; readonly now: number }): void {
  if (!bad) {
    Object.assign(standing, { bad: 0, rests: 0, until: 0, probeUntil: 0 });
    standing.accounts.clear();
    return;
  }
  standing.bad += 1;
  if (standing.accounts.size < BAD_ACCOUNTS) standing.accounts.add(account);
  const isProbe = standing.rests > 0 && standing.until <= now;
  if (!isProbe && (standing.until > now || standing.bad < BAD_ANSWERS || standing.accounts.size < BAD_ACCOUNTS)) return;
  standing.until = now + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** standing.rests);
  standing.probeUntil = 0;
  standing.rests += 1;
}

function isBad(answer: Answer): boolean {
  return !answer.ok || answer.value.status === 429 || answer.value.status >= 500;
}

/** Retry-After of an answer in milliseconds: seconds, or a date (RFC 9110 section 10.2.3); null where it says neither. */
function retryAfterOf(answer: Result<{ readonly status: number; readonly headers: Headers }, unknown>, now: number): number | null {
  if (!answer.ok || (answer.value.status !== 429 && answer.value.status !== 503)) return null;
  const text = answer.value.headers.get("retry-after")?.trim() ?? "";
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * SECOND : Date.parse(/^[A-Z][a-z]{2}, /.test(text) ? text : "") - now;
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : null;
}

function remember(resting: Map<string, number>, key: string, until: number): void {
  resting.delete(key);
  resting.set(key, until);
  const [oldest] = resting.keys();
  if (resting.size > MOST_ACCOUNTS && oldest !== undefined) resting.delete(oldest);
}

/** 0 to 7 seconds, so that what was put off together does not come back together. */
function jitter(random: RandomBytes): number {
  const [byte = 0] = random(1);
  return byte & 7;
}
