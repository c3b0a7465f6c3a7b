/**
 * The one way a letter leaves Daybook. It is written into the outbox in the batch of the act that it tells of, sealed,
 * and sent by the mail queue; what was written and never sent is found again by cron.
 */
import { DAY } from "../../kernel/clock";
import { newId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { enqueue, message } from "../../platform/queue";
import { createSealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import { sendLetterMessage } from "./messages";
import { CRON_LOOKS_AFTER_MS, placeOf } from "./rules";
import { letterRow, type LetterId } from "./store";
import { wordsOf, type Letter } from "./words";

export { LETTER_STYLE } from "./render";
export { oneLine, type Letter } from "./words";

/** A letter that is written with a batch, and sent when the batch was. */
export type Posting = { readonly statement: Statement; readonly send: () => Promise<void> };

/**
 * Prepares a letter: put `statement` into the act's batch, then call `send` (which never throws: cron finds what it
 * missed). The row is written whenever the batch is: an act that may turn out not to happen must fail its whole batch.
 */
export async function postLetter(world: World, env: Bindings, directory: DirectoryDb, letter: Letter): Promise<Posting> {
  const config = readConfig(env);
  const now = world.clock();
  const id = newId<LetterId>(world.random);
  const words = wordsOf(letter, config);
  const sealedWords = await createSealer(config.masterKeys, world.random).seal(placeOf(id), JSON.stringify(words));
  // A day at most: for so long Resend remembers a letter's id, and a second attempt never becomes a second letter.
  const expiresAt = Math.min(letter.usefulUntil ?? Infinity, now + DAY);
  const row = { id, kind: letter.kind, recipient: letter.to, sealedWords, createdAt: now, expiresAt, dueAt: now + CRON_LOOKS_AFTER_MS };
  const send = async (): Promise<void> => {
    try {
      await enqueue(env.MAIL_QUEUE, [message(sendLetterMessage, { letterId: id })]);
    } catch (error) {
      // The act is done and its letter is written: that it leaves a quarter of an hour later is no reason to fail it.
      world.log.warn("mail.not_queued", { letterId: id, kind: letter.kind, ...errorFields(error) });
    }
  };
  return { statement: letterRow(directory, row), send };
}
