/** Clover's door and Xero's, which sign otherwise than Square and QuickBooks, and are tried by their providers before they are used. */
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import { HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { handshakeOf, type HookMessage } from "../../../src/providers/clover/simulator-hooks";
import { idOf } from "../../../src/providers/clover/simulator-state";
import { NOW, type GivenShop, type GivenWorld } from "../../support/given";
import { CLIENTS, DOMAIN } from "../../support/providers";
import { givenClaimed, signed } from "./senders";

const knock = async (given: GivenWorld, provider: string, { headers, body }: HookMessage) => {
  const answer = await createApp(given.world).fetch(new Request(`https://${DOMAIN}/hooks/${provider}`, { method: "POST", headers, body }), given.env);
  return [answer.status, await answer.text()] as const;
};

/** As Clover posts it: events by merchant, and the app's secret in a header. */
function told(merchantId: string, events: readonly object[]): HookMessage {
  return { headers: new Headers({ "content-type": "application/json", "x-clover-auth": CLIENTS.CLOVER_WEBHOOK_SECRET }), body: JSON.stringify({ appId: "DAYBKAPP00001", merchants: { [merchantId]: events } }) };
}

const uninstalled = (merchantId: string, ts: number) => told(merchantId, [{ objectId: `A:${merchantId}`, type: "DELETE", ts }]);

/** A shop whose till is a merchant of Clover's in Europe. */
async function givenKitchen() {
  const { given, shop } = await givenClaimed();
  const merchantId = idOf(systemRandom);
  await given.env.SHARD_0.prepare("UPDATE connection SET provider = 'clover', external_account = ?2 WHERE shop_id = ?1 AND role = 'till'").bind(shop.shopId, `eu.${merchantId}`).run();
  await given.env.DIRECTORY.prepare("UPDATE connected_account SET provider = 'clover', external_account = ?2 WHERE shop_id = ?1 AND provider = 'square'").bind(shop.shopId, `eu.${merchantId}`).run();
  return { given, shop, merchantId };
}

const stateOf = async ({ env }: GivenWorld, { shopId, tillId }: GivenShop) => (
  await env.SHARD_0.prepare("SELECT state FROM connection WHERE shop_id = ?1 AND id = ?2").bind(shopId, tillId).first("state")
);

describe("Clover", () => {
  it("tries the address while it is registered: it is answered, and its code stands in the log for whoever registers it", async () => {
    const { given } = await givenClaimed();
    expect(await knock(given, "clover", handshakeOf("0f2b8c1e-77aa-4c0d"))).toEqual([200, ""]);
    expect(given.logs.filter((line) => line.includes("hook.registration"))).toEqual([expect.stringContaining("\"registrationCode\":\"0f2b8c1e-77aa-4c0d\"")]);
    expect(given.queue.waiting()).toEqual([]);
  });

  it("writes no line of somebody else's into the log by way of a code", async () => {
    const { given } = await givenClaimed();
    expect(await knock(given, "clover", handshakeOf("code\",\"shopId\":\"x"))).toEqual([401, ""]);
    expect(given.logs.filter((line) => line.includes("hook.registration"))).toEqual([]);
  });

  it.each([["none", ""], ["another", "clover-shows-not"]])("is not believed with %s for its secret", async (_, secret) => {
    const { given, shop, merchantId } = await givenKitchen();
    expect(await knock(given, "clover", { ...uninstalled(merchantId, NOW), headers: new Headers({ "content-type": "application/json", "x-clover-auth": secret }) })).toEqual([401, ""]);
    await given.drain();
    expect(await stateOf(given, shop)).toBe("connected");
  });

  it("has a connection marked whose merchant took the app off, in whichever region it is, and each message counts once", async () => {
    const { given, shop, merchantId } = await givenKitchen();
    given.pass(HOUR);
    for (let times = 0; times < 2; times += 1) expect(await knock(given, "clover", uninstalled(merchantId, NOW + MINUTE))).toEqual([200, ""]);
    await given.drain();
    expect(await stateOf(given, shop)).toBe("reconnect_needed");
  });

  it("has nothing marked by what is older than the grant, nor anything read by an order of which nobody knows when it was paid", async () => {
    const { given, shop, merchantId } = await givenKitchen();
    await knock(given, "clover", uninstalled(merchantId, NOW - HOUR));
    await knock(given, "clover", told(merchantId, [{ objectId: "O:S00TEST000001", type: "UPDATE", ts: NOW }, { objectId: "P:P00TEST000001", type: "CREATE", ts: NOW }]));
    await given.drain();
    expect(await stateOf(given, shop)).toBe("connected");
    expect(given.providers.square.control.journal().filter(({ path }) => path.startsWith("/v2/orders"))).toEqual([]);
  });
});

describe("Xero's intent to receive", () => {
  const body = JSON.stringify({ events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: "S0m3r4nd0mt3xt" });
  const headed = (signature: string): HookMessage => ({ headers: new Headers({ "content-type": "application/json", "x-xero-signature": signature }), body });

  it("is answered with 200 and nothing else where it is signed, and with 401 and nothing else where it is not", async () => {
    const { given } = await givenClaimed();
    expect(await knock(given, "xero", headed(await signed(CLIENTS.XERO_WEBHOOK_KEY, body)))).toEqual([200, ""]);
    expect(await knock(given, "xero", headed(await signed(CLIENTS.QUICKBOOKS_WEBHOOK_TOKEN, body)))).toEqual([401, ""]);
    expect(await knock(given, "xero", headed(""))).toEqual([401, ""]);
    expect(given.queue.waiting()).toEqual([]);
  });
});
