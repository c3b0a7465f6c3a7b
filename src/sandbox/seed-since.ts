/** What happened at the demo café after its history was posted: a late sale, found and corrected; and its payouts. */
import type { ConnectionsView, LocationView } from "../features/connections/contract";
import type { DayView } from "../features/days/contract";
import type { PayoutsView } from "../features/payouts/contract";
import { readPayoutsMessage } from "../features/settlement/messages";
import { findShopBySlug } from "../features/shops/service";
import { addDays, businessDateAt } from "../kernel/day";
import type { LocationId } from "../kernel/ids";
import { directoryDb } from "../platform/database";
import { enqueue, message, queueOf } from "../platform/queue";
import type { SandboxContext } from "./context";
import { DEMO_SHOPS, suggestedOr } from "./demo-people";
import { HARBOUR_LOCATIONS, scheduleOf } from "./demo-tills";
import { acceptSuggestions, apiOf, signIn, until } from "./seed";
import { simulatorsOf } from "./transport";
import type { Visitor } from "./visitor";

const HARBOUR = { slug: "harbour", ownerEmail: DEMO_SHOPS.find(({ slug }) => slug === "harbour")?.ownerEmail ?? "" };
/** As many days as lie between the location's first day and today at most. */
const PAYOUT_DAYS = 36;

/** A sale comes in late, its day is read again, and the owner posts the difference. Done twice it changes nothing. */
export async function changeHarbour(context: SandboxContext): Promise<void> {
  const owner = await signIn(context, HARBOUR);
  const [main] = HARBOUR_LOCATIONS;
  const location = (await locationsOf(context, owner)).find(({ name }) => name === main?.name);
  if (main === undefined || location === undefined) return;
  const date = addDays(businessDateAt(scheduleOf(main), context.world.clock()), -6);
  const url = apiOf(context, HARBOUR, `/days/${location.id}/${date}`);
  const view = async () => await owner.call<DayView>("GET", url);
  const before = await view();
  if (before.state !== "posted" || before.entries.length !== 1) return;
  await simulatorsOf(context.env).sellLateAtHarbour(date);
  await owner.call("POST", `${url}/read`, {});
  await until(async () => (await view()).state === "changed");
  const { proposal } = await view();
  if (proposal !== null) await owner.call("POST", `${url}/post`, { fingerprint: proposal.fingerprint });
}

/** Lines that occur once in a while are mapped when the whole history has brought them. Done twice it changes nothing. */
export async function mapTheRest(context: SandboxContext): Promise<void> {
  for (const shop of DEMO_SHOPS) await acceptSuggestions(context, await signIn(context, shop), shop);
}

/** Payouts are read as on any night, but at once; then their lines are mapped and they are posted. Done twice it changes nothing. */
export async function settleHarbour(context: SandboxContext): Promise<void> {
  const owner = await signIn(context, HARBOUR);
  const shop = await findShopBySlug(directoryDb(context.env), HARBOUR.slug);
  if (shop === null || (await payoutsOf(context, owner)).length > 0) return;
  const locations = await locationsOf(context, owner);
  const read = async () => await enqueue(queueOf(context.env, "square"), locations.map(({ id }) => message(readPayoutsMessage, {
    shopId: shop.id, shard: shop.shard, locationId: id as LocationId, postponed: 0, days: PAYOUT_DAYS,
  })));
  await read();
  await until(async () => new Set((await payoutsOf(context, owner)).map(({ locationId }) => locationId)).size === locations.length);
  await acceptSuggestions(context, owner, {
    slug: HARBOUR.slug, accountOf: (line, view) => (/^(?:payout|fee):/.test(line.key) ? suggestedOr(line, view, line.key.startsWith("payout:") ? "Checking" : null) : null),
  });
  // What could not be posted before is sent on by the next reading.
  await read();
}

async function locationsOf(context: SandboxContext, owner: Visitor): Promise<readonly LocationView[]> {
  return (await owner.call<ConnectionsView>("GET", apiOf(context, HARBOUR, "/connections"))).locations;
}

async function payoutsOf(context: SandboxContext, owner: Visitor): Promise<PayoutsView["payouts"]> {
  const [main] = HARBOUR_LOCATIONS;
  if (main === undefined) return [];
  const today = businessDateAt(scheduleOf(main), context.world.clock());
  const { payouts } = await owner.call<PayoutsView>("GET", apiOf(context, HARBOUR, `/payouts?from=${addDays(today, -PAYOUT_DAYS)}&to=${addDays(today, 7)}`));
  return payouts;
}
