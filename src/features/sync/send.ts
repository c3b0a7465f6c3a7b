/** Sends days to the queue of the provider that they are waiting for. */
import { assert } from "../../kernel/assert";
import type { LocationId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { enqueue, message, queueOf } from "../../platform/queue";
import { isRemote, providerOf } from "../../providers/registry";
import { connectionsQuery, locationsQuery, type ConnectionRow } from "../connections/service";
import type { Job, ShopDay } from "./job";
import { syncDayMessage, type SyncDay } from "./messages";

/** A day to look at. `provider`: whose queue it belongs on; null = the common one. */
export type DayToSend = { readonly request: SyncDay; readonly provider: string | null; readonly delaySeconds?: number };

/** Sends each day to its provider's queue, in as few sends as there are queues. Throws as `enqueue`. */
export async function sendDays(env: Bindings, days: readonly DayToSend[]): Promise<void> {
  const groups = Map.groupBy(days, ({ provider }) => queueOf(env, provider));
  for (const [queue, group] of groups) {
    await enqueue(queue, group.map(({ request, delaySeconds }) => message(syncDayMessage, request, delaySeconds)));
  }
}

/** Sends days of one shop to the queues of the tills that they are read from. */
export async function sendToTills(env: Bindings, db: ShopDb, days: readonly Omit<DayToSend, "provider">[]): Promise<void> {
  if (days.length === 0) return;
  const tillOf = await tillsOf(db);
  await sendDays(env, days.map((day) => ({ ...day, provider: tillOf(day.request.locationId) })));
}

async function tillsOf(db: ShopDb): Promise<(location: LocationId) => string | null> {
  const [connections, locations] = await db.orm.batch([connectionsQuery(db), locationsQuery(db)]);
  const providers = new Map(connections.map(({ id, provider }) => [id, provider]));
  const tills = new Map(locations.map(({ id, connectionId }) => [id, providers.get(connectionId) ?? null]));
  return (location) => tills.get(location) ?? null;
}

/** Where a day starts of which nothing is known but its row: at its books where an entry is on its way, else at its till. */
export function startOf({ day, till, books }: Pick<ShopDay, "day" | "till" | "books">): Pick<DayToSend, "provider"> & Pick<SyncDay, "stage"> {
  return day.pending === null ? { provider: till?.provider ?? null } : { provider: books?.provider ?? null, stage: "post" };
}

/**
 * Whether posting is another queue's work. Books that Daybook keeps itself are written where the day is read, and so are
 * those whose queue is the till's as well.
 */
export function isHandedOn({ env, request }: Pick<Job, "env" | "request">, { till, books }: Pick<ShopDay, "till" | "books">): boolean {
  if (request.stage === "post" || books === null || !isRemote(providerOf(books.provider))) return false;
  return queueOf(env, books.provider) !== queueOf(env, till?.provider ?? null);
}

/** Hands a day on to the queue of its books. What was read must be saved by then: the message holds none of it. */
export async function handOn({ env, request }: Pick<Job, "env" | "request">, books: ConnectionRow | null): Promise<void> {
  assert(books !== null, "nothing is posted without books");
  await sendDays(env, [{ provider: books.provider, request: { ...request, stage: "post", postponed: 0 } }]);
}
