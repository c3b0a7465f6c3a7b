/** What the tests of mail share: a letter in the outbox, its row, and the queue's messages by hand. */
import { env } from "cloudflare:workers";
import { postLetter, type Letter } from "../../../src/features/mail/service";
import { createJobs } from "../../../src/jobs";
import { directoryDb } from "../../../src/platform/database";
import type { Bindings } from "../../../src/platform/env";
import type { World } from "../../../src/platform/world";
import { deliverOne } from "../../support/queue";

/** A letter to an address, about a new device unless said otherwise. */
export function letterTo(to: string, changes: Partial<Letter> = {}): Letter {
  return { kind: "new_device", to, subject: "A new device signed in", paragraphs: ["Somebody signed in from Lisbon."], ...changes };
}

/** Writes a letter in a batch of its own, and sends its message to the queue of `bindings`. */
export async function post(world: World, letter: Letter, bindings: Bindings = env): Promise<void> {
  const directory = directoryDb(bindings);
  const { statement, send } = await postLetter(world, bindings, directory, letter);
  await directory.batch([statement]);
  await send();
}

export type Row = {
  readonly id: string; readonly kind: string; readonly state: string; readonly sealed_words: string | null;
  readonly due_at: number; readonly expires_at: number; readonly finished_at: number | null;
};

/** Every row of the outbox for an address, the oldest first. */
export async function rowsOf(email: string): Promise<Row[]> {
  return (await env.DIRECTORY.prepare("SELECT * FROM letter WHERE recipient = ?1 ORDER BY created_at").bind(email).all<Row>()).results;
}

/** What became of one delivery of a letter's message: null when it was acknowledged, else in how many seconds it comes again. */
export async function deliver(
  world: World, id: string, options: { readonly attempts?: number; readonly queue?: string; readonly bindings?: Bindings } = {},
): Promise<number | null> {
  const { attempts = 1, queue = "daybook-mail", bindings = env } = options;
  const message = { id: "m", body: { kind: "send-letter", payload: { letterId: id } }, dueAt: 0, attempts };
  let again: number | null = null;
  await deliverOne(message, queue, { consume: createJobs(world).queue, env: bindings, again: (_, seconds) => void (again = seconds) });
  return again;
}
