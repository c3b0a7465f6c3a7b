/** Everything that a simulated Resend remembers, as plain JSON, and what it is made with. */
import type { Clock, RandomBytes } from "../../kernel/clock";

/** A letter as it arrived. `at` is epoch milliseconds. */
export type SentLetter = {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  readonly idempotencyKey: string | null;
  readonly replyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether it never left, since its reader's address had bounced or complained before. */
  readonly isSuppressed: boolean;
};

/** A letter as it was kept, perhaps by an earlier version. */
export type KeptLetter = Omit<SentLetter, Later> & Partial<Pick<SentLetter, Later>>;
type Later = "replyTo" | "headers" | "tags" | "isSuppressed";

/** Something that is to be told: an event, or (where it has a `url` of its own) what a reader's mail program sends. */
export type Waiting = {
  readonly id: string;
  readonly letterId: string;
  readonly what: string;
  readonly body: string;
  readonly url: string | null;
  readonly attempts: number;
  readonly dueAt: number;
};

/** A request to Daybook, ready to be carried there. */
export type Knock = { readonly waiting: Waiting; readonly url: string; readonly body: string; readonly headers: Readonly<Record<string, string>> };

/** How something that was told was answered. */
export type Outcome = { readonly letterId: string; readonly what: string; readonly status: number; readonly at: number };

/** Misbehaviour for the next `times` calls. */
export type Fault =
  | { readonly kind: "rate_limited"; readonly times: number; readonly retryAfterSeconds?: number }
  | { readonly kind: "internal_error" | "unauthorized" | "empty"; readonly times: number }
  /** Accepted, and then no answer comes: the caller's deadline passes, or the connection breaks. */
  | { readonly kind: "hang" | "answer_lost"; readonly times: number }
  /** Every answer waits this long. */
  | { readonly kind: "slow"; readonly times: number; readonly waitMs: number };

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly apiKey: string;
  /** Domains that were verified: letters from any other are refused. */
  readonly domains: readonly string[];
  /** Where events are told, and what they are signed with: two secrets while one is being changed. */
  readonly hook?: { readonly url: string; readonly secrets: readonly string[] };
  /** Letters of an earlier life, the oldest first. */
  readonly restore?: readonly KeptLetter[];
  /** Told of every letter, so that it can be kept. */
  readonly onLetter?: (letter: SentLetter) => void;
  /** How real time passes; tests pass one that does not wait. */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

/** What was answered to an idempotency key, and to which body. */
export type Remembered = { readonly body: string; readonly answer: string; readonly at: number };

/** What the parts of the simulator share. */
export type Simulation = Required<Omit<SimulatorOptions, "restore">> & {
  readonly letters: SentLetter[];
  readonly faults: Fault[];
  readonly remembered: Map<string, Remembered>;
  /** Addresses that nothing is sent to any more, and why. */
  readonly suppressed: Map<string, "previous_bounce" | "previous_complaint">;
  readonly waiting: Waiting[];
  readonly outcomes: Outcome[];
};
