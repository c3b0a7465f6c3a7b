/** The mail queue's handler, and what cron does for letters. Logs name a letter by its id and kind, and say no word of it. */
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { DONE, enqueue, handle, message, retryAfter, type Handler, type Verdict } from "../../platform/queue";
import { createSealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import { createSend, post } from "../../providers/registry";
import { sendLetterMessage } from "./messages";
import { htmlOf, textOf } from "./render";
import { CRON_LOOKS_AFTER_MS, fateOf, KEPT_MS, placeOf, waitSeconds } from "./rules";
import { finish, purgeFinished, putOff, readWaiting, takeDue, type LetterId, type WaitingLetter } from "./store";
import { readWords } from "./words";

type PostOffice = { readonly world: World; readonly env: Bindings };

const MOST_AT_A_TIME = 1_000;

/** The handlers of everything that is on the mail queue. */
export function mailHandlers(office: PostOffice): Handler[] {
  return [handle(
    sendLetterMessage,
    async ({ letterId }, { attempts }) => await sendLetter(office, letterId, attempts),
    async ({ letterId }) => {
      const waiting = await readWaiting(directoryDb(office.env), letterId);
      if (waiting !== undefined) await giveUp(office, waiting, "undeliverable");
    },
  )];
}

/** Enqueues letters that still wait and are on no queue any more, and forgets what was finished a month ago. */
export async function lookAfterLetters({ world, env }: PostOffice): Promise<void> {
  const directory = directoryDb(env);
  const now = world.clock();
  await purgeFinished(directory, now - KEPT_MS, MOST_AT_A_TIME);
  const due = await takeDue(directory, now, now + CRON_LOOKS_AFTER_MS, MOST_AT_A_TIME);
  if (due.length > 0) world.log.warn("mail.found_waiting", { count: due.length });
  await enqueue(env.MAIL_QUEUE, due.map((letterId) => message(sendLetterMessage, { letterId })));
}

async function sendLetter(office: PostOffice, id: LetterId, attempts: number): Promise<Verdict> {
  const { world, env } = office;
  const directory = directoryDb(env);
  const waiting = await readWaiting(directory, id);
  if (waiting === undefined) return DONE;
  if (world.clock() >= waiting.expiresAt) return await giveUp(office, waiting, "too_late");
  const { mail: { apiKey, from }, masterKeys } = readConfig(env);
  const opened = await createSealer(masterKeys, world.random).open(placeOf(id), waiting.sealedWords);
  if (!opened.ok) return await tryAgain(office, waiting, { state: opened.failure.kind, attempts, afterSeconds: waitSeconds(attempts) });
  const words = readWords(opened.value.reveal());
  const sent = await post.send(createSend(world.transport(env), post.reach), apiKey, {
    id, from, to: words.to, subject: words.subject, text: textOf(words), html: await htmlOf(words), attachments: words.attachments, tags: { letter: id },
  });
  if (!sent.ok) {
    const fate = fateOf(sent.failure, attempts);
    if (fate.kind === "never") return await giveUp(office, waiting, sent.failure.kind);
    return await tryAgain(office, waiting, { state: sent.failure.kind, attempts, afterSeconds: fate.afterSeconds });
  }
  await finish(directory, id, "sent", world.clock());
  world.log.info("mail.sent", { letterId: id, kind: waiting.kind, attempts });
  return DONE;
}

async function tryAgain(
  { world, env }: PostOffice, { id, kind }: WaitingLetter, why: { readonly state: string; readonly attempts: number; readonly afterSeconds: number },
): Promise<Verdict> {
  const { state, attempts, afterSeconds } = why;
  await putOff(directoryDb(env), id, world.clock() + afterSeconds * 1_000 + CRON_LOOKS_AFTER_MS);
  world.log.warn("mail.put_off", { letterId: id, kind, state, attempts, delaySeconds: afterSeconds });
  return retryAfter(afterSeconds);
}

async function giveUp({ world, env }: PostOffice, { id, kind }: WaitingLetter, state: string): Promise<Verdict> {
  await finish(directoryDb(env), id, "given_up", world.clock());
  world.log.error("mail.given_up", { letterId: id, kind, state });
  return DONE;
}
