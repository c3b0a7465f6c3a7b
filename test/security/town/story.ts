/** Everything that happens to a shop in its first weeks: good nights, bad nights, and all that providers do. */
import { listDurableObjectIds, runDurableObjectAlarm } from "cloudflare:test";
import { env as runtime } from "cloudflare:workers";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { addDays, windowOf, type BusinessDate } from "../../../src/kernel/day";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { MappingView } from "../../../src/features/mapping/contract";
import { priceOrder } from "../../../src/providers/square/simulator-pricing";
import { apiUrl, type Town } from "./town";
import { keepConsent } from "./consent";
import { keepDocuments } from "./documents";
import { dropFiles } from "./files";
import { giveDocuments } from "./links";
import { writeToMany } from "./lists";
import { talk } from "./messages";
import { acceptSuggestions, connect, setUp, YESTERDAY, type Working } from "./set-up";
import { newPerson, signIn } from "./people";
import { DOMAIN, ownerOf, type ShopPlan } from "./plan";

const ZONE = { zone: "America/New_York", cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 0 }] };

/** A night without trouble for both shops, and then each kind of trouble for the first one. */
export async function liveThrough(town: Town): Promise<{ readonly harbour: Working; readonly lantern: Working }> {
  await knockInVain(town);
  const owner = await signIn(town.handle, town.harbour, ownerOf(town.harbour.plan).email);
  await connect(owner, town.harbour, "square", "deny");
  const harbour = await setUp(town, town.harbour);
  const lantern = await setUp(town, town.lantern);
  await holdAndFail(town, harbour);
  await loseAndFind(town, harbour);
  await renewAndRevoke(town, harbour);
  await changeLate(town, harbour);
  await giveUp(town, harbour);
  await look(town, harbour);
  await leave(town, harbour, lantern);
  await giveDocuments(town, lantern);
  await dropFiles(town, lantern);
  await keepDocuments(town, lantern);
  await talk(town, lantern);
  await writeToMany(town, lantern);
  await keepConsent(town, lantern);
  return { harbour, lantern };
}

/** The next day closes and settles, and cron comes by. */
async function night(town: Town): Promise<void> {
  town.pass(DAY);
  await town.jobs.scheduled(town.env);
  await town.work();
}

async function knockInVain(town: Town): Promise<void> {
  const stranger = newPerson(town.handle);
  const guess = { email: ownerOf(town.harbour.plan).email, password: "not the whistle" };
  await stranger.visitor.call("POST", `https://auth.${DOMAIN}/api/sign-in`, guess).catch(() => null); // it is refused, as it should be
}

/** A sale of something rare at noon, paid by card by a customer with a name. */
function sell(town: Town, plan: ShopPlan, date: BusinessDate, item: "VAR_CLASS" | "VAR_TRAY", suffix = "rare"): string {
  const at = windowOf(ZONE, date).start + 12 * HOUR;
  const id = `${plan.location}_${date.replaceAll("-", "")}_${suffix}`;
  const draft = { id, locationId: plan.location, currency: "USD", createdAt: at, closedAt: at, customerId: `CUSTOMER_${suffix}`, ticketName: `Guest ${suffix}` };
  town.square.control.putOrder(priceOrder({
    ...draft, lines: [{ name: item, variationId: `${plan.prefix}${item}`, unitMinor: 6_500 }],
    tenders: (dueMinor) => [{ id: `${id}-P0`, type: "CARD", minor: dueMinor, card: { brand: "VISA", last4: "8317", holder: `Holder ${suffix}` } }],
  }));
  return id;
}

/** A drawer out of which a person took cash for another, each time with a word about it, and a card that was given to a third. */
function useDrawer(town: Town, { location }: ShopPlan, date: BusinessDate): void {
  const at = windowOf(ZONE, date).start + 12 * HOUR;
  const took = ["Loan to Quillon Vance", "Tips of Quillon Vance", "Bank account of Quillon Vance"];
  const movements = took.map((description, index) => ({ id: `DRAWEREVENT-${index}`, type: "PAID_OUT", minor: 1_000 + index, at, description }) as const);
  const shift = { id: "DRAWERSHIFT-1", locationId: location, openedAt: at - HOUR, endedAt: at + HOUR, floatMinor: 10_000, movements, description: "Drawer of Odalys Finch" };
  town.square.control.putDrawer({ ...shift, counted: { at: at + HOUR, minor: 6_400 } });
  town.square.control.putGiftCardIncrease({ id: "GIFTACTIVITY-1", locationId: location, at, minor: 2_500, gan: "7783329999991234", reason: "COMPLIMENTARY" });
}

/** One day waits for its mapping, one is mapped and posted, one meets an inactive account and stays failed. */
async function holdAndFail(town: Town, { shop, owner }: Working): Promise<void> {
  const [held, mapped, failed] = [1, 2, 3].map((days) => addDays(YESTERDAY, days));
  if (held === undefined || mapped === undefined || failed === undefined) return;
  sell(town, shop.plan, held, "VAR_CLASS");
  sell(town, shop.plan, mapped, "VAR_TRAY");
  useDrawer(town, shop.plan, mapped);
  sell(town, shop.plan, failed, "VAR_TRAY");
  await night(town);
  await night(town);
  await acceptSuggestions(owner, shop);
  await town.work();
  const catering = town.quickbooks.control.accounts(shop.plan.realm).find(({ Name }) => Name === "Catering Income");
  town.quickbooks.control.setAccountActive(shop.plan.realm, catering?.Id ?? "", false);
  await night(town);
}

/** The books swallow an answer; then both providers do whatever else they have been seen to do. */
async function loseAndFind(town: Town, { locationId, owner, shop }: Working): Promise<void> {
  town.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
  await night(town);
  for (const kind of ["rate_limited", "internal_error", "bad_gateway", "unavailable", "truncated", "empty", "answer_lost"] as const) {
    town.square.control.fault({ kind, path: "/v2/orders/search" });
  }
  await night(town);
  const { control } = town.quickbooks;
  for (const misbehaviour of [{ kind: "throttle", retryAfterSeconds: 7 }, { kind: "status", status: 500 }, { kind: "html", status: 502 }, { kind: "truncated" }, { kind: "empty" }] as const) {
    control.misbehave({ misbehaviour, method: "POST", path: "journalentry" });
  }
  await night(town);
  town.square.control.fault({ kind: "internal_error", path: "/oauth2/token" });
  control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "tokens/bearer" });
  town.quickbooks.control.expireAccess(shop.plan.realm);
  await owner.visitor.call("POST", apiUrl(shop, `/days/${locationId}/${YESTERDAY}/read`));
  await town.work();
}

/** Square's tokens come to their end and are renewed; then the merchant removes Daybook, and comes back. */
async function renewAndRevoke(town: Town, working: Working): Promise<void> {
  const { shop, owner } = working;
  await owner.visitor.call("PUT", apiUrl(shop, `/locations/${working.locationId}`), { startsOn: null, cutOffMinutes: 0 });
  town.pass(10 * DAY);
  await owner.visitor.open(`https://${shop.slug}.${DOMAIN}/enter/start?to=/`);
  await owner.visitor.call("POST", apiUrl(shop, `/days/${working.locationId}/${YESTERDAY}/read`));
  town.pass(9 * DAY);
  await owner.visitor.call("POST", apiUrl(shop, `/days/${working.locationId}/${YESTERDAY}/read`));
  await town.work();
  town.square.control.revoke(shop.plan.merchant);
  await owner.visitor.call("POST", apiUrl(shop, `/days/${working.locationId}/${YESTERDAY}/read`));
  await town.work();
  await connect(owner, shop, "square");
}

/** Orders come late, tips are changed, an order goes: a posted day has changed since. */
async function changeLate(town: Town, { shop, owner, locationId }: Working): Promise<void> {
  const late = sell(town, shop.plan, YESTERDAY, "VAR_TRAY", "late");
  town.square.control.adjustTip(late, 431);
  const gone = sell(town, shop.plan, YESTERDAY, "VAR_CLASS", "gone");
  town.square.control.removeOrder(gone);
  await owner.visitor.call("POST", apiUrl(shop, `/days/${locationId}/${YESTERDAY}/read`));
  await town.work();
}

/** A day that cannot be read however often it is tried ends in the dead-letter queue. */
async function giveUp(town: Town, { shop, owner, locationId }: Working): Promise<void> {
  town.square.control.fault({ kind: "unavailable", path: "/v2/orders/search", times: 100 });
  await owner.visitor.call("POST", apiUrl(shop, `/days/${locationId}/${addDays(YESTERDAY, 12)}/read`));
  await town.work();
  town.square.control.clearFaults();
  town.quickbooks.control.behave();
  await town.env.SYNC_QUEUE.send({ kind: "sync-day", payload: { shopId: shop.id, order: "nonsense" } });
  await town.work();
}

/** People open every page, read the accounts again and have one made. */
async function look(town: Town, { shop, owner, locationId, tillId, booksId }: Working): Promise<void> {
  for (const id of [tillId, booksId]) await owner.visitor.call("POST", apiUrl(shop, `/connections/${id}/refresh`));
  await owner.visitor.call("POST", apiUrl(shop, "/mapping/refresh"));
  const { lines } = await owner.visitor.call<MappingView>("GET", apiUrl(shop, "/mapping"));
  const unmapped = lines.find(({ account }) => account === null);
  if (unmapped !== undefined) await owner.visitor.call("POST", apiUrl(shop, "/mapping/accounts"), { key: unmapped.key, name: "Workshop income" });
  await owner.visitor.call("POST", apiUrl(shop, `/days/${locationId}/${addDays(YESTERDAY, 3)}/retry`));
  await town.work();
  for (const path of ["/days?from=2030-07-01&to=2030-08-15", `/days/${locationId}/${YESTERDAY}`, "/backfills", "/posting", "/shop", "/connections"]) {
    await owner.visitor.call("GET", apiUrl(shop, path));
  }
}

/** One shop leaves its books and is revoked at once; the other's revocation is still open when the run ends. */
async function leave(town: Town, harbour: Working, lantern: Working): Promise<void> {
  await harbour.owner.visitor.call("POST", apiUrl(harbour.shop, `/connections/${harbour.booksId}/disconnect`));
  await keepOwnBooks(town, harbour);
  const neighbour = await signIn(town.handle, lantern.shop, ownerOf(lantern.shop.plan).email);
  town.quickbooks.control.misbehave({ misbehaviour: { kind: "status", status: 500 }, path: "tokens/revoke", times: 50 });
  await neighbour.visitor.call("POST", apiUrl(lantern.shop, `/connections/${lantern.booksId}/disconnect`));
  for (const id of await listDurableObjectIds(runtime.LANE)) await runDurableObjectAlarm(runtime.LANE.get(id));
  await harbour.owner.visitor.call("POST", apiUrl(harbour.shop, "/sign-out"), {});
}

/** A shop that has left its books keeps Daybook's own journal: a day is written there, a period closed, everything taken away. */
async function keepOwnBooks(town: Town, { shop, owner, locationId }: Working): Promise<void> {
  await owner.visitor.call("POST", apiUrl(shop, "/connections"), { provider: "journal" });
  const { connections } = await owner.visitor.call<ConnectionsView>("GET", apiUrl(shop, "/connections"));
  const journal = connections.find(({ provider }) => provider === "journal");
  await owner.visitor.call("PUT", apiUrl(shop, `/locations/${locationId}`), { startsOn: addDays(YESTERDAY, 26), cutOffMinutes: 0 });
  const { version, lines, accounts } = await owner.visitor.call<MappingView>("GET", apiUrl(shop, "/mapping"));
  const classOf = { income: "income", contra_income: "income", liability: "liability", asset: "asset", expense: "expense" } as const;
  const chosen = lines.map(({ key, nature }) => [key, accounts.find((account) => account.class === classOf[nature])?.id ?? ""]);
  await owner.visitor.call("PUT", apiUrl(shop, "/mapping"), { version, accounts: Object.fromEntries(chosen) });
  await night(town);
  await owner.visitor.call("PUT", apiUrl(shop, `/connections/${journal?.id ?? ""}/closing`), { closedThrough: YESTERDAY });
  await owner.visitor.call("POST", apiUrl(shop, "/mapping/accounts"), { key: "tip", name: "Tips of the crew" }).catch(() => null); // no day with a tip may have come
  for (const query of ["", "/journal?format=csv", "/file?format=csv"]) {
    await owner.visitor.call("GET", apiUrl(shop, `/reports${query}${query === "" ? "?" : "&"}from=2030-07-01&to=2030-08-31`)).catch(() => null); // a file is no JSON
  }
}
