/** Looks after each shop's consent once a day: the database is held against the register, and stops are shared with whoever has joined since. */
import { DAY } from "../../kernel/clock";
import { hashOf } from "../../kernel/ids";
import type { HqVisit } from "../../http/hq-guard";
import { organisationAuditLine } from "../../platform/audit";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { Subject } from "../../platform/register";
import type { World } from "../../platform/world";
import { actorOfHq, readSharing, sharingWritten, shopsSharingWith } from "../organisations/service";
import { checkedShopsOf, readSharedWith, sharedWithWritten, sharingForgotten } from "./check-store";
import type { SharingView } from "./contract";
import type { Ledger } from "./ledger";
import { tendMessage, type Tend } from "./messages";
import { reconcile } from "./reconcile";
import { messagesOf } from "./share";
import { outQuery, sendDueConsent, toldLinesQuery } from "./store";

/** The most shops that one run takes up; the others are as due a quarter of an hour later. */
const MOST_SHOPS = 500;
/** Stops that one message shares; the next goes on from there. */
const MOST_STOPS = 100;
/** The lines among which theirs are looked for. */
const MOST_LINES = 1_000;

/** Sends the shops whose day is over on their way; answers how many. */
export async function planConsent(world: World, env: Bindings): Promise<number> {
  const now = world.clock();
  return await sendDueConsent(directoryDb(env), { now, most: MOST_SHOPS, next: () => now + DAY }, async (due) => {
    await enqueue(queueOf(env, "twilio"), due.map(({ shopId, shard }) => message(tendMessage, { shopId, shard, after: null })));
  });
}

/** One shop's turn. Changes nothing where nothing is missing, and may come twice. */
export async function tendConsent(ledger: Ledger, { shopId, shard, after }: Tend): Promise<void> {
  if (after === null) await reconcile(ledger);
  const { world, env, db } = ledger;
  const directory = directoryDb(env);
  const others = await shopsSharingWith(directory, shopId);
  const sharers = others.length === 0 ? "" : await hashOf(others.map((other) => other.shopId).join(" "));
  if (await readSharedWith(directory, shopId) === sharers) return;
  const subjects = (await outQuery(db, after ?? "", MOST_STOPS)).map(({ subject }) => subject);
  const stops = others.length === 0 ? [] : await stopsOf(ledger, subjects);
  await enqueue(queueOf(env, "twilio"), await messagesOf(world, env, others, stops));
  const last = subjects.at(-1);
  if (others.length > 0 && last !== undefined && subjects.length === MOST_STOPS) await enqueue(queueOf(env, "twilio"), [message(tendMessage, { shopId, shard, after: last })]);
  else await directory.batch([sharedWithWritten(directory, shopId, sharers)]);
}

/** The stop that stands at each of some subjects, with the address where that is known still. */
async function stopsOf({ db }: Ledger, subjects: readonly Subject[]) {
  const lines = (await toldLinesQuery(db, subjects, MOST_LINES)).filter(({ act }) => act === "opted_out");
  const newest = [...Map.groupBy(lines, ({ subject }) => subject).values()].flatMap(([line]) => (line === undefined ? [] : [line]));
  return newest.map(({ id, saidAt, channel, address }) => ({ line: id, saidAt, addresses: address === null ? [] : [{ channel, value: address }] }));
}

/** After a stop could not be shared: which shop it came from is not known here, so whoever shares with this one tells all of theirs anew. */
export async function shareAnew({ env }: Ledger, { shopId }: Pick<Tend, "shopId">): Promise<void> {
  const directory = directoryDb(env);
  for (const other of await shopsSharingWith(directory, shopId)) await directory.batch([sharedWithWritten(directory, other.shopId, "")]);
}

/** Whether the organisation's shops share stops, in words with the day of the rule. */
export async function viewSharing(env: Bindings, { organisation }: HqVisit): Promise<SharingView> {
  return sharingOf(await readSharing(directoryDb(env), organisation.id));
}

/** Switches sharing on or off. On spreads what stands at each shop; off lifts nothing. */
export async function setSharing(world: World, env: Bindings, visit: HqVisit, sharesOptOuts: boolean): Promise<SharingView> {
  const directory = directoryDb(env);
  const { id } = visit.organisation;
  const before = await readSharing(directory, id);
  if (before !== sharesOptOuts) await write(world, directory, visit, { before, after: sharesOptOuts });
  if (sharesOptOuts) {
    const shops = await checkedShopsOf(directory, id);
    await enqueue(queueOf(env, "twilio"), shops.map(({ shopId, shard }) => message(tendMessage, { shopId, shard, after: null })));
  }
  return sharingOf(sharesOptOuts);
}

async function write(world: World, directory: DirectoryDb, visit: HqVisit, { before, after }: { readonly before: boolean; readonly after: boolean }): Promise<void> {
  const { id } = visit.organisation;
  await directory.batch([
    sharingWritten(directory, id, after), sharingForgotten(directory, id),
    ...organisationAuditLine(directory, id, world.random, {
      at: world.clock(), actor: actorOfHq(visit), action: "organisation.opt_outs_shared", subject: `organisation:${id}`,
      before: { sharesOptOuts: before }, after: { sharesOptOuts: after },
    }),
  ]);
}

const RULE = "From 31 January 2027 the FCC asks that a stop said to a business counts for everything it sends (47 CFR 64.1200(a)(10)).";

function sharingOf(sharesOptOuts: boolean): SharingView {
  const now = sharesOptOuts
    ? "Whoever says stop to one of your shops hears from none of them. Switching this off lifts no stop."
    : "Each shop's stops are its own. Switched on, every stop that stands at one of your shops is made to stand at all.";
  return { sharesOptOuts, words: `${now} ${RULE}` };
}
