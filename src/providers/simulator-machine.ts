/** The machine below the simulated books, whatever they speak: what they are built from, and calls that come and break. */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { Context } from "hono";
import type { Clock, RandomBytes } from "../kernel/clock";
import type { OAuthClient } from "./contract";

/** An app registered with the vendor. */
export type RegisteredClient = Pick<OAuthClient, "clientId" | "clientSecret"> & { readonly redirectUris: readonly string[] };

/** What every simulated vendor of books is built from. */
export type MachineOptions<Stored, Limits> = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly clients: readonly RegisteredClient[];
  /** What was kept of an earlier life; whoever it holds is not opened again. */
  readonly restore?: Iterable<Stored>;
  /** Told of every entity that is new or changed, under `<kind>/<key>`, so that it can be kept. */
  readonly onChange?: (stored: Stored) => void;
  /** The vendor's limits when left out; null for none. Their clock is `clock`. */
  readonly limits?: Limits | null;
  /** How real time passes, for latency and slow bodies. */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

/** One call that arrived, as the request journal keeps it; bodies are cut at 2,000 characters. */
export type ArrivedCall = {
  readonly at: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly status: number | null;
};

const MOST_CALLS = 2_000;

/** The connection breaks: whoever serves the app must let this error through as a network failure. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** Lets real time pass. */
export const realWait = (milliseconds: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
});

/** The body as text. Read as bytes: the runtime warns of text whose type says form, and the SDKs send forms. */
export async function bodyOf(context: Context): Promise<string> {
  return new TextDecoder().decode(await context.req.arrayBuffer());
}

/** An unguessable text with a prefix, remembered among the issued secrets. */
export function issue({ random, issued }: { readonly random: RandomBytes; readonly issued: Set<string> }, prefix: string, bytes: number): string {
  const secret = prefix + encodeBase64urlNoPadding(random(bytes));
  issued.add(secret);
  return secret;
}

/** Keeps a call in the request journal: the newest last, at most 2,000. */
export function remember<Call>(calls: Call[], call: Call): void {
  calls.push(call);
  if (calls.length > MOST_CALLS) calls.splice(0, calls.length - MOST_CALLS);
}

/** Waits until the caller has given up. */
export async function untilGone(signal: AbortSignal): Promise<never> {
  return await new Promise<never>((_, reject) => {
    const leave = () => reject(new ConnectionLost("the caller gave up"));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}

/** What an error that nobody expected becomes; a broken connection stays one. */
export function answerOfABug(error: Error): Response {
  if (error instanceof ConnectionLost) throw error;
  return new Response(`The simulator has a bug: ${error.message}`, { status: 500 });
}
