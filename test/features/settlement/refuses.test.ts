/** What stops a payout: each with its words, its button, and nothing in the books. */
import { describe, expect, it } from "vitest";
import { booked, date, sell } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions } from "../../support/given";
import { changePayout, onlyPayout, payoutEntryRows, payoutRows, readMessage, readPayoutsOf, settleMessage } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

const SOLD_ON = date("2026-07-14");

async function givenPaidOut(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true, ...options });
  sell(given, shop.locations[0], SOLD_ON, [{ id: "S1" }]);
  return { given, shop };
}

type Seen = {
  readonly row: { readonly headline: string | null; readonly state: string };
  readonly explanation: { readonly title: string; readonly fixes: readonly { readonly act: string }[] } | null;
  readonly proposal: { readonly bookedOn: string; readonly fingerprint: string } | null;
};

async function look(given: GivenWorld, shop: GivenShop): Promise<Seen> {
  const { id } = await onlyPayout(shop);
  return (await visitorOf(given, shop)("GET", `/payouts/${id}`)).body as Seen;
}

const actsOf = ({ explanation }: Seen) => explanation?.fixes.map(({ act }) => act);

describe("a payout is held or failed, and nothing is posted,", () => {
  it("when one of its lines has no account, until it is mapped", async () => {
    const { given, shop } = await givenPaidOut();
    changePayout(given, shop.locations[0], SOLD_ON, { extra: [{ type: "AUTOMATIC_SAVINGS", grossMinor: -100 }] });
    await readPayoutsOf(given, shop);
    const seen = await look(given, shop);
    expect(seen.row).toMatchObject({ state: "held", headline: "“Transfers to savings” has no account yet" });
    expect(actsOf(seen)).toEqual(["map_lines", "retry"]);
    expect(booked(given, shop)).toEqual([]);
    await given.env.SHARD_0.prepare(`INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT shop_id, 2, json_set(accounts, '$."adjustment:savings"', json_object('id', '2', 'name', 'Savings')), saved_by, 2 FROM mapping WHERE shop_id = ?1`).bind(shop.shopId).run();
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
  });

  it("when the books are closed for its date; a person may post it on the first open day, by one click", async () => {
    const { given, shop } = await givenPaidOut({ closedThrough: date("2026-07-31") });
    await readPayoutsOf(given, shop);
    const seen = await look(given, shop);
    expect([seen.row.state, seen.proposal?.bookedOn, actsOf(seen)]).toEqual(["held", "2026-08-01", ["post", "open_books", "retry"]]);
    const payout = await onlyPayout(shop);
    expect(payout.reason).toEqual({ kind: "period_closed", closedThrough: "2026-07-31" });
    const owner = visitorOf(given, shop);
    expect((await owner("POST", `/payouts/${payout.id}/post`, { fingerprint: seen.proposal?.fingerprint })).status).toBe(200);
    await given.drain();
    expect(booked(given, shop)).toMatchObject([{ number: "DB-L00-260715-P1", date: "2026-08-01" }]);
  });

  it("when an account of it was made inactive in the books", async () => {
    const { given, shop } = await givenPaidOut();
    const { control } = given.providers.quickbooks;
    const fees = control.accounts(shop.merchant.realm).find(({ Name }) => Name === "Merchant Fees")?.Id ?? "";
    control.setAccountActive(shop.merchant.realm, fees, false);
    await readPayoutsOf(given, shop);
    expect([(await look(given, shop)).row.state, actsOf(await look(given, shop))]).toEqual(["failed", ["map_lines", "retry"]]);
    control.setAccountActive(shop.merchant.realm, fees, true);
    const { id } = await onlyPayout(shop);
    expect((await visitorOf(given, shop)("POST", `/payouts/${id}/retry`)).status).toBe(200);
    await given.drain();
    expect((await onlyPayout(shop)).state).toBe("posted");
  });

  it("when no books are connected, or their grant has ended", async () => {
    const { given, shop } = await givenPaidOut();
    await given.env.SHARD_0.prepare("UPDATE connection SET state = 'reconnect_needed' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
    await readPayoutsOf(given, shop);
    expect([(await look(given, shop)).row.state, actsOf(await look(given, shop))]).toEqual(["failed", ["reconnect", "retry"]]);
    await given.env.SHARD_0.prepare("UPDATE connection SET state = 'connected' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
  });

  it("when somebody edited its entry after a lost answer: it is held until the entry is gone, in approval too", async () => {
    const { given, shop } = await givenPaidOut();
    const books = given.providers.quickbooks.control;
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([readMessage(shop)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect((await onlyPayout(shop)).state).toBe("uncertain");
    const [entry] = books.entries(shop.merchant.realm);
    if (entry === undefined) throw new Error("the entry had arrived");
    const savings = books.accounts(shop.merchant.realm).find(({ Name }) => Name === "Savings")?.Id ?? "";
    const lines = entry.Line.map((line) => ({ ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, AccountRef: { value: savings } } }));
    expect(books.editEntry(shop.merchant.realm, entry.Id, { Line: lines }).ok).toBe(true);
    await given.drain();
    const seen = await look(given, shop);
    expect([(await onlyPayout(shop)).reason?.kind, actsOf(seen)]).toEqual(["entry_differs", ["open_books", "look_up"]]);
    expect(booked(given, shop)).toHaveLength(1);
    await given.env.SHARD_0.prepare("UPDATE posting_rule SET mode = 'approve' WHERE shop_id = ?1").bind(shop.shopId).run();
    const { id } = await onlyPayout(shop);
    const retry = async (role: "tech" | "owner") => {
      await visitorOf(given, shop, role)("POST", `/payouts/${id}/retry`);
      await given.drain();
      return (await onlyPayout(shop)).reason?.kind;
    };
    expect([await retry("tech"), await retry("owner")]).toEqual(["entry_differs", "entry_differs"]);
    // Something else is the matter now as well: that is told once, and what has the entry looked up stays its reason.
    const accounts = await given.env.SHARD_0.prepare("SELECT accounts FROM mapping WHERE shop_id = ?1").bind(shop.shopId).first<string>("accounts");
    const map = async (text: string | null) => await given.env.SHARD_0.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT shop_id, max(version) + 1, ?2, saved_by, 2 FROM mapping WHERE shop_id = ?1").bind(shop.shopId, text).run();
    await map(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(accounts ?? "{}") as object).filter(([key]) => !key.startsWith("fee:")))));
    expect([await retry("owner"), await retry("owner")]).toEqual(["entry_differs", "entry_differs"]);
    const told = (await onlyPayout(shop)).attempts.filter(({ text }) => text.includes("has no account yet"));
    expect(told).toHaveLength(1);
    await map(accounts);
    books.deleteEntry(shop.merchant.realm, entry.Id);
    expect(await retry("owner")).toBeUndefined();
    expect([(await onlyPayout(shop)).state, booked(given, shop).length]).toEqual(["posted", 1]);
  });
});

describe("nothing is posted", () => {
  it("in preview, or before the first day of the location", async () => {
    const { given, shop } = await givenPaidOut({ mode: "preview" });
    await readPayoutsOf(given, shop);
    expect((await look(given, shop)).explanation?.title).toBe("This is a preview: nothing has been posted");
    const later = await givenPaidOut({ startsOn: date("2026-07-16") });
    await readPayoutsOf(later.given, later.shop);
    expect([await payoutRows(later.shop), booked(given, shop)]).toEqual([[], []]);
  });

  it("by people whose role may not, and by nobody with another entry's fingerprint", async () => {
    const { given, shop } = await givenPaidOut({ mode: "approve" });
    await readPayoutsOf(given, shop);
    const { id } = await onlyPayout(shop);
    const { proposal } = await look(given, shop);
    for (const role of ["viewer", "tech", "sales"] as const) {
      expect((await visitorOf(given, shop, role)("POST", `/payouts/${id}/post`, { fingerprint: proposal?.fingerprint })).status).toBe(403);
    }
    expect((await visitorOf(given, shop)("POST", `/payouts/${id}/post`, { fingerprint: "f".repeat(43) })).status).toBe(409);
    expect((await visitorOf(given, shop, "sales")("GET", "/payouts?from=2026-07-01&to=2026-07-31")).status).toBe(403);
    await given.drain();
    expect(booked(given, shop)).toEqual([]);
  });

  it("while the till is away; it is read when it is back", async () => {
    const { given, shop } = await givenPaidOut();
    given.providers.square.control.fault({ kind: "unavailable", path: "/v2/payouts", times: 3 });
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
  });

  it("twice, when the answer of the books is lost: it is looked up by its number first", async () => {
    const { given, shop } = await givenPaidOut();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await readPayoutsOf(given, shop);
    const { id, attempts } = await onlyPayout(shop);
    expect(booked(given, shop)).toHaveLength(1);
    expect(await payoutEntryRows(shop, id)).toHaveLength(1);
    expect(attempts.some(({ text }) => text.includes("Looking up DB-L00-260715-P1"))).toBe(true);
  });

  it("for a payout that a till tells no more of, and for a message about nobody's payout", async () => {
    const { given, shop } = await givenPaidOut();
    await given.queue.binding.sendBatch([settleMessage(shop, "z".repeat(26) as Parameters<typeof settleMessage>[1])]);
    await given.drain();
    expect(given.logs.some((line) => line.includes("payout.no_such_payout"))).toBe(true);
    expect(booked(given, shop)).toEqual([]);
  });

  it("for a payout whose parts do not come to it, whoever asks", async () => {
    const { given, shop } = await givenPaidOut({ mode: "approve" });
    await readPayoutsOf(given, shop);
    const { id } = await onlyPayout(shop);
    await given.env.SHARD_0.prepare("UPDATE payout SET totals = json_set(totals, '$.netMinor', 1) WHERE shop_id = ?1").bind(shop.shopId).run();
    await given.queue.binding.sendBatch([settleMessage(shop, id, { post: "yes" })]);
    await given.drain();
    expect((await look(given, shop)).row).toMatchObject({ state: "held", headline: "The parts of this payout differ from it by 4.40 USD" });
    expect(booked(given, shop)).toEqual([]);
  });
});
