/**
 * Logs are lines of JSON whose fields are named here and nowhere else: what has no name on this list is dropped, so
 * that no sale, customer, card number or token can reach a log by being passed along.
 */
import type { Clock } from "../kernel/clock";
import { redact } from "./redact";

/** Everything that a log line may say. */
export type LogFields = {
  readonly requestId?: string;
  readonly shopId?: string;
  readonly organisationId?: string;
  readonly connectionId?: string;
  readonly locationId?: string;
  readonly businessDate?: string;
  readonly letterId?: string;
  readonly provider?: string;
  /** The kind of a failure, a message or a job: always a word of ours. */
  readonly kind?: string;
  readonly state?: string;
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly queue?: string;
  /** What a provider wants typed in where its webhooks are registered: letters, digits and dashes. It opens nothing. */
  readonly registrationCode?: string;
  readonly attempts?: number;
  readonly count?: number;
  readonly durationMs?: number;
  readonly delaySeconds?: number;
  readonly rowsRead?: number;
  readonly rowsWritten?: number;
  readonly errorName?: string;
  readonly errorMessage?: string;
  readonly errorAt?: string;
};

export type LogLevel = "info" | "warn" | "error";

/** Writes one line. `event` is a short name of ours (`queue.malformed`), never a sentence with values in it. */
export type Log = { readonly [level in LogLevel]: (event: string, fields?: LogFields) => void };

const ALLOWED: Readonly<Record<keyof LogFields, true>> = {
  requestId: true, shopId: true, organisationId: true, connectionId: true, locationId: true, businessDate: true, letterId: true, provider: true,
  kind: true, state: true, route: true, method: true, status: true, queue: true, registrationCode: true, attempts: true, count: true,
  durationMs: true, delaySeconds: true, rowsRead: true, rowsWritten: true, errorName: true, errorMessage: true, errorAt: true,
};

const LONGEST_VALUE = 300;

/** The runtime's own log. */
// oxlint-disable-next-line no-console -- the one place that may: everything else goes through the allow-list
export const consoleSink = (line: string): void => console.log(line);

/** A log that writes to `sink`, one line of JSON per call, stamped by `clock`. */
export function createLog(sink: (line: string) => void, clock: Clock): Log {
  const write = (level: LogLevel) => (event: string, fields: LogFields = {}) => sink(lineOf(level, event, fields, clock()));
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/**
 * What a log may say about something thrown: its name, its message without secrets, and where it was thrown. Drizzle's
 * errors quote the values that were bound, so of those only the database's own error is told.
 */
export function errorFields(error: unknown): Pick<LogFields, "errorName" | "errorMessage" | "errorAt"> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  if ("params" in error) return { ...errorFields(error.cause), errorName: error.name };
  // The message stands in the stack too, and its lines may look like frames: only what follows it is code of ours.
  const frames = (error.stack ?? "").replace(error.message, "").split("\n").filter((line) => /^ {4}at [\w$.<> ]*\(?\S+\)?$/.test(line));
  return {
    errorName: error.name,
    errorMessage: error.message,
    errorAt: frames.slice(0, 3).map((line) => line.trim()).join(" < "),
  };
}

function lineOf(level: LogLevel, event: string, fields: LogFields, at: number): string {
  const kept: Record<string, string | number | boolean> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries<unknown>(fields)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(ALLOWED, name) || !isPlain(value)) dropped += 1;
    else kept[name] = typeof value === "string" ? textOf(name, value) : value;
  }
  // JSON escapes CR, LF and ESC; the two Unicode line separators are escaped here for readers that split on them.
  const line = JSON.stringify({ at, level, event: redact(event).slice(0, 80), ...kept, ...(dropped > 0 ? { dropped } : {}) });
  return line.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escapeOf);
}

/** Ids and code locations are ours and are longer than the net lets pass; everything else goes through it. */
function textOf(name: string, value: string): string {
  const isOurs = name === "errorAt" || isId(value);
  return (isOurs ? value : redact(value)).slice(0, LONGEST_VALUE);
}

function isId(value: string): boolean {
  return /^[a-z2-7]{26}$/.test(value) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
