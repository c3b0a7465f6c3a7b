/** A payout's entry that a person changed in the books: found in the evening, shown, and never overwritten. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { planChecks } from "../../../src/features/checks/service";
import { HOUR } from "../../../src/kernel/clock";
import { date, sell } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { changePayout, onlyPayout, payoutEntryRows, readPayoutsOf, settleMessage } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

const SOLD = date("2026-07-14");

beforeEach(async () => {
  await runtime.DIRECTORY.batch(["DELETE FROM shop_check", "DELETE FROM daily_letter"].map((sql) => runtime.DIRECTORY.prepare(sql)));
});

/** A payout that stands in Xero: 4.41 to the bank, 0.22 of fees. */
async function givenPosted() {
  const given = givenWorld({ ownQueues: true });
  const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true, books: "xero" });
  await planChecks(given.world, given.env, 0);
  sell(given, shop.locations[0], SOLD, [{ id: "S1" }]);
  await readPayoutsOf(given, shop);
  const payout = await onlyPayout(shop);
  expect(payout.state).toBe("posted");
  const [entry] = await payoutEntryRows(shop, payout.id);
  const { control } = given.providers.xero;
  const { organisation } = shop.merchant;
  const owner = visitorOf(given, shop);
  return {
    given, shop, owner, path: `/payouts/${payout.id}`, id: payout.id,
    /** A bookkeeper moves the fees to another account. */
    edit: () => {
      const accounts = control.accounts(organisation);
      const idOf = (name: string) => accounts.find(({ Name }) => Name === name)?.AccountID ?? "";
      const journal = control.journals(organisation).find(({ id }) => id === entry?.externalId);
      const lines = journal?.lines.map(({ AccountCode: _code, ...line }) => (line.AccountID === idOf("Merchant Fees") ? { ...line, AccountID: idOf("Advertising") } : line));
      expect(control.editJournal(organisation, entry?.externalId ?? "", { JournalLines: lines }).ok).toBe(true);
    },
    remove: () => expect(control.voidJournal(organisation, entry?.externalId ?? "").ok).toBe(true),
    decide: async (kind: string) => {
      const { status } = await owner("POST", `/payouts/${payout.id}/decide`, { kind });
      await given.drain();
      return status;
    },
  };
}

async function evening(given: GivenWorld): Promise<void> {
  given.pass(12 * HOUR);
  await planChecks(given.world, given.env, 0);
  await given.drain();
}

/** What stands in Xero, per account: debits less credits in cents, none that are nothing. */
function balances({ providers: { xero } }: GivenWorld, { merchant: { organisation } }: GivenShop): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { lines } of xero.control.journals(organisation).filter(({ status }) => status === "POSTED")) {
    for (const { AccountID, LineAmount } of lines) totals.set(AccountID, (totals.get(AccountID) ?? 0) + Math.round(LineAmount * 100));
  }
  return Object.fromEntries([...totals].filter(([, minor]) => minor !== 0));
}

describe("a payout's entry that a person edited or voided in Xero", () => {
  it.each([["edited", "edit"], ["deleted", "remove"]] as const)("is found in the evening: %s", async (change, act) => {
    const posted = await givenPosted();
    const { given, shop, owner, path } = posted;
    posted[act]();
    await evening(given);
    expect(await onlyPayout(shop)).toMatchObject({ state: "held", reason: { kind: "books_changed", documentNumber: "DB-L00-260715-P1", change } });
    const seen = (await owner("GET", path)).body as { readonly explanation: { readonly title: string; readonly fixes: readonly { readonly act: string }[] } };
    expect(seen.explanation.title).toBe(`DB-L00-260715-P1 was ${change} in Xero after Daybook posted it`);
    expect(seen.explanation.fixes.map((fix) => fix.act)).toEqual(["open_books", "accept_edit", "correct_edit", "retry"]);
  });

  it("stays held whatever is read meanwhile, and nothing is posted about it", async () => {
    const { given, shop, edit } = await givenPosted();
    edit();
    await evening(given);
    const before = balances(given, shop);
    await readPayoutsOf(given, shop);
    changePayout(given, shop.locations[0], SOLD, { status: "FAILED" });
    await readPayoutsOf(given, shop);
    expect([(await onlyPayout(shop)).reason?.kind, balances(given, shop)]).toEqual(["books_changed", before]);
  });

  it("and left as it is is not asked about again; what the till changes later waits for a person", async () => {
    const { given, shop, edit, decide } = await givenPosted();
    edit();
    await evening(given);
    const before = balances(given, shop);
    expect(await decide("edit_accepted")).toBe(200);
    await evening(given);
    expect(await onlyPayout(shop)).toMatchObject({ state: "posted", reason: null });
    changePayout(given, shop.locations[0], SOLD, { status: "FAILED" });
    await readPayoutsOf(given, shop);
    expect([(await onlyPayout(shop)).state, balances(given, shop)]).toEqual(["changed", before]);
  });

  it.each(["edit", "remove"] as const)("is put right by what is missing, once, and looked at no more: %s", async (act) => {
    const posted = await givenPosted();
    const { given, shop, decide, id, owner, path } = posted;
    await owner("PUT", "/posting", { mode: "approve" });
    const right = balances(given, shop);
    posted[act]();
    await evening(given);
    expect(await decide("edit_corrected")).toBe(200);
    await given.queue.binding.sendBatch([settleMessage(shop, id, { looks: true }), settleMessage(shop, id, { post: "yes" })]);
    await evening(given);
    expect(balances(given, shop)).toEqual(right);
    expect(await payoutEntryRows(shop, id)).toMatchObject([{ kind: "payout" }, { kind: "correction", cause: "What was changed by hand is put right" }]);
    expect((await owner("GET", path)).body).toMatchObject({ row: { state: "posted", ties: true } });
  });

  it("stays held where Xero cannot be looked at any more, however often it is tried", async () => {
    const { given, shop, edit, owner, path } = await givenPosted();
    edit();
    await evening(given);
    const held = await onlyPayout(shop);
    given.providers.xero.control.misbehave({ misbehaviour: { kind: "html", status: 502 }, method: "GET", path: "api.xro", times: 1_000 });
    const asked = given.providers.xero.control.calls().length;
    await owner("POST", `${path}/retry`);
    await given.drain();
    expect(given.providers.xero.control.calls().length - asked).toBeGreaterThan(8);
    expect(await onlyPayout(shop)).toEqual(held);
  });

  it("by hand back to what it was needs no decision", async () => {
    const { given, shop, edit, owner, path, id } = await givenPosted();
    const { control } = given.providers.xero;
    const [entry] = await payoutEntryRows(shop, id);
    const before = control.journals(shop.merchant.organisation).find((journal) => journal.id === entry?.externalId);
    edit();
    await evening(given);
    expect(control.editJournal(shop.merchant.organisation, entry?.externalId ?? "", { JournalLines: before?.lines }).ok).toBe(true);
    await owner("POST", `${path}/retry`);
    await given.drain();
    expect(await onlyPayout(shop)).toMatchObject({ state: "posted", reason: null });
  });
});

describe("deciding about it", () => {
  it("needs the right to post where something is posted, and a payout that waits for it", async () => {
    const { given, shop, edit, decide, path } = await givenPosted();
    expect(await decide("edit_accepted")).toBe(409);
    edit();
    await evening(given);
    const tech = visitorOf(given, shop, "tech");
    expect((await tech("POST", `${path}/decide`, { kind: "edit_corrected" })).status).toBe(403);
    expect((await tech("POST", `${path}/decide`, { kind: "undone" })).status).toBe(400);
    expect((await tech("POST", `${path}/decide`, { kind: "edit_accepted" })).status).toBe(200);
    expect((await visitorOf(given, await givenShop(given), "owner")("POST", `${path}/decide`, { kind: "edit_accepted" })).status).toBe(404);
  });

  it("is put off while the books are closed for its date, and not forgotten", async () => {
    const { given, shop, edit, decide, owner, path, id } = await givenPosted();
    const close = async (through: string | null) => await given.env.SHARD_0.prepare("UPDATE connection SET closed_through = ?2 WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId, through).run();
    edit();
    await evening(given);
    await close("2026-07-31");
    await decide("edit_corrected");
    const held = await onlyPayout(shop);
    expect([held.reason?.kind, held.attempts.at(-1)?.text]).toEqual(["books_changed", "Your books are closed through 2026-07-31"]);
    await close(null);
    await owner("POST", `${path}/retry`);
    await given.drain();
    expect(await payoutEntryRows(shop, id)).toHaveLength(2);
  });
});
