/** What people change in books that send no word of it is found in the evening, day by day, and nothing of it is undone. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { planChecks } from "../../../src/features/checks/service";
import { date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenWorld, type ShopOptions } from "../../support/given";

const [SOLD, OTHER] = [date("2026-07-13"), date("2026-07-14")];

beforeEach(async () => {
  await runtime.DIRECTORY.batch(["DELETE FROM shop_check", "DELETE FROM daily_letter"].map((sql) => runtime.DIRECTORY.prepare(sql)));
});

/** Two days that stand in Xero. */
async function givenPosted(options: ShopOptions = { books: "xero" }) {
  const given = givenWorld({ ownQueues: true });
  const shop = await givenShop(given, { startsOn: SOLD, ...options });
  await planChecks(given.world, given.env, 0);
  for (const on of [SOLD, OTHER]) {
    sell(given, shop.locations[0], on, [{ id: `A${on}` }]);
    await sync(given, shop, on);
  }
  const { xero } = given.providers;
  const { organisation } = shop.merchant;
  const [first] = xero.control.journals(organisation);
  return { given, shop, books: xero.control, organisation, first };
}

async function evening(given: GivenWorld): Promise<void> {
  given.pass(12 * HOUR);
  await planChecks(given.world, given.env, 0);
  await given.drain();
}

describe("an entry that a person voided in Xero", () => {
  it("holds its day in the evening, with what happened, and no other day", async () => {
    const { given, shop, books, organisation, first } = await givenPosted();
    given.pass(HOUR);
    expect(books.voidJournal(organisation, first?.id ?? "").ok).toBe(true);
    await evening(given);
    expect(await dayRow(shop, SOLD)).toMatchObject({ state: "held", reason: { kind: "books_changed", documentNumber: "DB-L00-260713-S1", change: "deleted" } });
    expect((await dayRow(shop, OTHER)).reason).toBeNull();
    expect(books.journals(organisation)).toHaveLength(2);
  });

  it("is found on the next evening where Xero did not answer on the first", async () => {
    const { given, shop, books, organisation, first } = await givenPosted();
    books.voidJournal(organisation, first?.id ?? "");
    books.misbehave({ misbehaviour: { kind: "html", status: 502 }, method: "GET", path: "ManualJournals", times: 5 });
    await evening(given);
    expect((await dayRow(shop, SOLD)).reason).toBeNull();
    given.pass(DAY - 12 * HOUR);
    await evening(given);
    expect((await dayRow(shop, SOLD)).reason?.kind).toBe("books_changed");
  });
});

describe("entries that nobody touched", () => {
  it("are looked at, and their days stay as they are", async () => {
    const { given, shop } = await givenPosted();
    const before = [await dayRow(shop, SOLD), await dayRow(shop, OTHER)];
    await evening(given);
    expect([await dayRow(shop, SOLD), await dayRow(shop, OTHER)].map(({ state, pending, reason, revision }) => [state, pending, reason, revision])).toEqual(before.map(({ revision }) => [expect.stringMatching(/^(posted|final)$/), null, null, revision]));
  });
});

describe("books that tell by themselves", () => {
  it("are not asked", async () => {
    const { given, shop } = await givenPosted({});
    const messages = () => given.providers.quickbooks.control.calls({ path: "journalentry" }).length;
    const before = messages();
    await evening(given);
    expect(messages()).toBe(before);
    expect((await dayRow(shop, SOLD)).reason).toBeNull();
  });
});
