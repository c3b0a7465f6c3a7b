/** The simulated providers' own messages, sent through the sandbox's controls: taken, doubled, lost and late. */
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import { HOUR } from "../../../src/kernel/clock";
import { readConfig } from "../../../src/platform/env";
import { hookControls } from "../../../src/sandbox/hooks";
import { date, entryRows, sell, sync } from "../../support/days";
import { givenClaimed } from "./senders";

const DAY = date("2026-07-14");

async function givenControls() {
  const { given, shop } = await givenClaimed({}, { ownQueues: true });
  sell(given, shop.locations[0], DAY, [{ id: "A" }]);
  await sync(given, shop, DAY);
  const app = createApp(given.world);
  const controls = hookControls({ env: given.env as never, config: readConfig(given.env), world: given.world, handle: async (request) => await app.fetch(request, given.env) });
  const tell = async (provider: string, news: object) => await (await controls.request(`/${provider}`, { method: "POST", body: JSON.stringify(news) })).json();
  const days = async () => {
    await given.queue.deliver(given.jobs.queue, given.env);
    return given.queue.waiting().map(({ queue }) => queue);
  };
  return { given, shop, tell, days };
}

describe("a simulated provider", () => {
  it("tells of a late change at Square: once, five times, or not at all", async () => {
    const { shop, tell, days } = await givenControls();
    const news = { kind: "payment.updated", merchantId: shop.merchant.merchantId, locationId: shop.locations[0].externalId, ago: (20 * HOUR) / 1_000 };
    expect(await tell("square", { ...news, times: 0 })).toEqual({ statuses: [] });
    expect(await days()).toEqual([]);
    expect(await tell("square", { ...news, times: 5 })).toEqual({ statuses: [200, 200, 200, 200, 200] });
    expect(await days()).toEqual(["daybook-square"]);
  });

  it.each(["old", "cloud"])("tells of an entry that was changed in QuickBooks, in the %s form", async (form) => {
    const { shop, tell, days } = await givenControls();
    const [entry] = await entryRows(shop, DAY);
    expect(await tell("quickbooks", { form, realm: shop.merchant.realm, id: entry?.externalId, operation: "Update", times: 2 })).toEqual({ statuses: [200, 200] });
    expect(await days()).toEqual(["daybook-quickbooks"]);
  });
});
