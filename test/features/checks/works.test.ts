/** Every evening the accounts are looked at before the night needs them, and each trouble is told once. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { nextEvening, planChecks } from "../../../src/features/checks/service";
import { placeOf } from "../../../src/features/mail/rules";
import { readConfig } from "../../../src/platform/env";
import { createSealer } from "../../../src/platform/sealer";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";

beforeEach(async () => {
  await runtime.DIRECTORY.batch(["DELETE FROM shop_check", "DELETE FROM daily_letter"].map((sql) => runtime.DIRECTORY.prepare(sql)));
});

async function givenPlanned() {
  const given = givenWorld({ ownQueues: true });
  const shop = await givenShop(given);
  await planChecks(given.world, given.env, 0);
  const books = given.providers.quickbooks.control;
  const idOf = (name: string) => books.accounts(shop.merchant.realm).find((account) => account.Name === name)?.Id ?? "";
  return { given, shop, books, idOf };
}

/** An evening goes by: what is due is planned and done. */
async function evening({ given }: { readonly given: GivenWorld }): Promise<void> {
  given.pass(DAY);
  await planChecks(given.world, given.env, 0);
  await given.drain();
}

/** What the shop's owner was told of its mapping, oldest first. */
async function letters(given: GivenWorld, shop: GivenShop): Promise<string[][]> {
  const rows = await runtime.DIRECTORY.prepare("SELECT id, sealed_words FROM letter WHERE kind = 'mapping_trouble' AND recipient = ?1 ORDER BY created_at")
    .bind(`${shop.visit().person.id}@example.com`).all<{ id: never; sealed_words: never }>();
  const { masterKeys } = readConfig(given.env);
  return await Promise.all(rows.results.filter((row) => row.sealed_words !== null).map(async (row) => {
    const opened = await createSealer(masterKeys, given.world.random).open(placeOf(row.id), row.sealed_words);
    return opened.ok ? (JSON.parse(opened.value.reveal()) as { paragraphs: string[] }).paragraphs : [];
  }));
}

describe("the evening", () => {
  it.each([["America/New_York", "2026-07-15T13:00:00Z", "2026-07-15T23:00:00Z"], ["America/New_York", "2026-07-15T23:00:00Z", "2026-07-16T23:00:00Z"], ["Asia/Kolkata", "2026-07-15T13:00:00Z", "2026-07-15T13:30:00Z"]])("of %s after %s is %s", (zone, now, next) => {
    expect(new Date(nextEvening(zone, Date.parse(now))).toISOString()).toBe(next.replace("Z", ".000Z"));
  });

  it("comes once a day, whatever cron does", async () => {
    const { given } = await givenPlanned();
    expect(await planChecks(given.world, given.env, 0)).toBe(0);
    given.pass(DAY);
    expect(await planChecks(given.world, given.env, 0)).toBe(1);
    expect(await planChecks(given.world, given.env, 0)).toBe(0);
  });

  it("asks each provider on its own queue", async () => {
    const { given } = await givenPlanned();
    given.pass(DAY);
    await planChecks(given.world, given.env, 0);
    expect(given.queue.waiting().map(({ queue }) => queue)).toEqual(["daybook-sync"]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(new Set(given.queue.waiting().map(({ queue }) => queue))).toEqual(new Set(["daybook-quickbooks", "daybook-square"]));
  });

  it("reads the closing date and the accounts again", async () => {
    const { given, shop, books, idOf } = await givenPlanned();
    books.setAccountActive(shop.merchant.realm, idOf("Coffee Sales"), false);
    await evening({ given });
    const chart = await given.env.SHARD_0.prepare("SELECT accounts FROM chart WHERE shop_id = ?1").bind(shop.shopId).first<string>("accounts");
    expect((JSON.parse(chart ?? "[]") as { name: string; isActive: boolean }[]).find(({ name }) => name === "Coffee Sales")).toMatchObject({ isActive: false });
  });
});

describe("a mapped account that goes inactive", () => {
  it("is told to the owner that evening, once, and told again when it comes back and goes again", async () => {
    const { given, shop, books, idOf } = await givenPlanned();
    const coffee = idOf("Coffee Sales");
    await evening({ given });
    const count = async () => await runtime.DIRECTORY.prepare("SELECT count(*) AS count FROM letter WHERE kind = 'mapping_trouble' AND recipient = ?1").bind(`${shop.visit().person.id}@example.com`).first("count");
    expect(await count()).toBe(0);
    books.setAccountActive(shop.merchant.realm, coffee, false);
    await evening({ given });
    await evening({ given });
    expect(await count()).toBe(1);
    books.setAccountActive(shop.merchant.realm, coffee, true);
    await evening({ given });
    books.setAccountActive(shop.merchant.realm, coffee, false);
    await evening({ given });
    expect(await count()).toBe(2);
  });

  it("is named, with what it means and what to do", async () => {
    const { given, shop, books, idOf } = await givenPlanned();
    books.setAccountActive(shop.merchant.realm, idOf("Coffee Sales"), false);
    given.pass(DAY);
    await planChecks(given.world, { ...given.env, MAIL_QUEUE: given.queue.binding }, 0);
    // Two deliveries: the shop, then its connections; the letter is written by then and not sent yet.
    await given.queue.deliver(given.jobs.queue, given.env);
    await given.queue.deliver(given.jobs.queue, given.env);
    const [paragraphs] = await letters(given, shop);
    expect(paragraphs?.[0]).toBe("Coffee Sales was made inactive in your books.");
    expect(paragraphs?.at(-1)).toContain("tried again by themselves");
  });
});

describe("a grant that has ended", () => {
  it("is found out in the evening, hours before a day fails on it", async () => {
    const { given, shop } = await givenPlanned();
    given.providers.square.control.revoke(shop.merchant.merchantId);
    await evening({ given });
    expect(await given.env.SHARD_0.prepare("SELECT state FROM connection WHERE shop_id = ?1 AND id = ?2").bind(shop.shopId, shop.tillId).first("state")).toBe("reconnect_needed");
  });
});

describe("a provider that is away in the evening", () => {
  it("is asked a few times, and then left to the night", async () => {
    const { given, shop, books } = await givenPlanned();
    books.misbehave({ misbehaviour: { kind: "html", status: 502 }, method: "GET", path: "companyinfo", times: 100 });
    given.pass(DAY);
    await planChecks(given.world, given.env, 0);
    await given.drain();
    expect(given.queue.dead()).toEqual([]);
    expect(given.queue.waiting()).toEqual([]);
    expect(given.now()).toBeLessThan(Date.UTC(2026, 6, 16, 13) + 12 * HOUR);
    expect(await given.env.SHARD_0.prepare("SELECT state FROM connection WHERE shop_id = ?1 AND id = ?2").bind(shop.shopId, shop.booksId).first("state")).toBe("connected");
  });
});
