/** Puts what is due on the queues: texts on Twilio's, mails on the letters', so that neither waits for the other. */
import type { ContactId, MessageId } from "../../kernel/ids";
import { errorFields } from "../../platform/log";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { Ledger } from "../consent/service";
import { sendOneMessage } from "./messages";
import { CRON_LOOKS_AFTER_MS } from "./rules";
import type { MessageKey, MessageRow } from "./store";

/** Puts one message on its queue until its turn. Never throws: it is written, and cron finds what is on no queue. */
export async function enqueueMessage({ world, env, db }: Ledger, shard: number, row: MessageKey & Pick<MessageRow, "channel" | "dueAt">): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil(((row.dueAt ?? 0) - world.clock()) / 1_000));
  try {
    await enqueue(queueFor(env, row.channel), [outgoing({ shopId: db.shopId, shard }, row, delaySeconds)]);
  } catch (error) {
    world.log.warn("messages.not_queued", { shopId: db.shopId, ...errorFields(error) });
  }
}

/** Puts what is due and was perhaps forgotten on its queues again; throws where a queue does. */
export async function enqueueDue({ env, db }: Ledger, shard: number, rows: readonly (MessageKey & Pick<MessageRow, "channel">)[]): Promise<void> {
  for (const [channel, group] of Map.groupBy(rows, (row) => row.channel)) {
    await enqueue(queueFor(env, channel), group.map((row) => outgoing({ shopId: db.shopId, shard }, row, 0)));
  }
}

/** Since when something that is still due is on no queue, as far as can be told. */
export function forgottenSince(now: number): number {
  return now - CRON_LOOKS_AFTER_MS;
}

function queueFor(env: Ledger["env"], channel: MessageRow["channel"]): Queue {
  return channel === "text" ? queueOf(env, "twilio") : env.MAIL_QUEUE;
}

function outgoing(owner: { readonly shopId: Ledger["db"]["shopId"]; readonly shard: number }, { contactId, at, id }: { readonly contactId: ContactId; readonly at: number; readonly id: MessageId }, delaySeconds: number) {
  return message(sendOneMessage, { ...owner, contactId, at, messageId: id }, delaySeconds);
}
