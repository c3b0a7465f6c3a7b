/** The register of who said stop: what stands, and that nothing is on its way to somebody once their stop was answered. */
import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import type { ShopId } from "../../src/kernel/ids";
import type { Subject } from "../../src/platform/register";
import { barredOf, listRegister, reach, recordReturn, recordWord, stopsAt } from "../../src/platform/register-client";
import type { Bindings } from "../../src/platform/env";

const bindings = env as unknown as Bindings;
const [phone, email, other] = ["phone", "email", "other"] as unknown as [Subject, Subject, Subject];
const back = (saidAt: number, ...stops: { reference: string; saidAt: number }[]) => ({ to: phone, others: [], at: 9_000, saidAt, reference: `SM${saidAt}`, stops });
const out = (at: number, ...subjects: Subject[]) => ({ kind: "out", subjects, at, reference: `SM${at}` }) as const;

let shops = 0;
const newShop = () => `shop${(shops += 1)}` as ShopId;

it("sends to somebody of whom nothing stands, and answers what sending came to", async () => {
  const reached = await reach(bindings, newShop(), { to: phone, others: [email] }, async () => "sent");
  expect(reached).toEqual({ barred: null, value: "sent" });
});

it("never calls what sends after a stop, by whichever address it came", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, email));
  let calls = 0;
  const reached = await reach(bindings, shop, { to: phone, others: [email] }, async () => (calls += 1));
  expect(reached).toEqual({ barred: { kind: "opted_out", since: 1_000 } });
  expect(calls).toBe(0);
});

it("answers a stop only when what was on its way has arrived, and lets nothing follow", async () => {
  const shop = newShop();
  const order: string[] = [];
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
  const first = reach(bindings, shop, { to: phone, others: [] }, async () => {
    begin();
    await isOver;
    order.push("arrived");
  });
  await hasBegun;
  const second = reach(bindings, shop, { to: phone, others: [] }, async () => void order.push("must not be"));
  const stop = recordWord(bindings, shop, out(2_000, phone)).then(() => order.push("stopped"));
  expect(await barredOf(bindings, shop, [{ to: phone, others: [] }])).toEqual([{ kind: "opted_out", since: 2_000 }]);
  end();
  await Promise.all([first, stop]);
  expect(order).toEqual(["arrived", "stopped"]);
  expect(await second).toEqual({ barred: { kind: "opted_out", since: 2_000 } });
});

it("tells the first of fifty stops from the others, and knows it again", async () => {
  const shop = newShop();
  const stops = Array.from({ length: 50 }, (_, index) => out(1_000 + index, phone));
  const changes = await Promise.all(stops.map(async (stop) => await recordWord(bindings, shop, stop)));
  expect(changes.filter((changed) => changed.length > 0)).toHaveLength(1);
  const again = await Promise.all(stops.map(async (stop) => await recordWord(bindings, shop, stop)));
  expect(again).toEqual(changes);
});

it("is ended by consent that was given after it, and by none from before or from the same second", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(5_000, phone));
  expect(await recordReturn(bindings, shop, back(5_000))).toBe("older");
  expect(await recordReturn(bindings, shop, back(4_000, { reference: "SM5000", saidAt: 4_000 }))).toBe("older");
  expect(await recordReturn(bindings, shop, back(4_000, { reference: "SM5000", saidAt: 3_000 }))).toBe("restored");
  expect(await recordReturn(bindings, shop, back(7_000))).toBe("unchanged");
});

it("says of the word that ended a stop that it did, however often it comes", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone));
  expect(await Promise.all(Array.from({ length: 3 }, async () => await recordReturn(bindings, shop, back(2_000))))).toEqual(["restored", "restored", "restored"]);
});

it("is not ended by consent that was given after the first stop and before another", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone));
  for (const times of [1, 2]) await recordWord(bindings, shop, { ...out(5_000, phone), at: 5_000 + times });
  expect(await stopsAt(bindings, shop, phone)).toEqual([{ reference: "SM1000", at: 1_000 }, { reference: "SM5000", at: 5_001 }]);
  expect(await recordReturn(bindings, shop, back(3_000, { reference: "SM1000", saidAt: 900 }, { reference: "SM5000", saidAt: 4_000 }))).toBe("older");
  expect(await recordReturn(bindings, shop, back(3_000, { reference: "SM5000", saidAt: 2_000 }))).toBe("restored");
  expect(await stopsAt(bindings, shop, phone)).toEqual([]);
});

it("has nothing to end where nothing stands, and ends for one address what stands at another", async () => {
  const shop = newShop();
  expect(await recordReturn(bindings, shop, back(2_000))).toBe("unchanged");
  await recordWord(bindings, shop, out(3_000, email));
  expect(await recordReturn(bindings, shop, { ...back(3_000), others: [email] })).toBe("older");
  expect(await recordReturn(bindings, shop, { ...back(4_000), others: [email] })).toBe("restored");
  expect(await barredOf(bindings, shop, [{ to: phone, others: [email] }, { to: email, others: [phone] }])).toEqual([null, { kind: "opted_out", since: 3_000 }]);
});

it("keeps a bounded number of stops, and none of them is ended by consent from before it", async () => {
  const shop = newShop();
  for (let second = 1; second <= 60; second += 1) await recordWord(bindings, shop, out(second * 1_000, phone));
  expect(await stopsAt(bindings, shop, phone)).toHaveLength(51);
  expect(await recordReturn(bindings, shop, back(60_000))).toBe("older");
  expect(await recordReturn(bindings, shop, back(60_001))).toBe("restored");
});

it("opts in the address that the word came from, and leaves the others as they are", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone, email));
  await recordReturn(bindings, shop, back(2_000));
  expect(await barredOf(bindings, shop, [{ to: phone, others: [email] }, { to: email, others: [phone] }])).toEqual([null, { kind: "opted_out", since: 1_000 }]);
  await recordWord(bindings, shop, out(10_000, other));
  expect(await barredOf(bindings, shop, [{ to: phone, others: [email, other] }])).toEqual([{ kind: "opted_out", since: 10_000 }]);
});

it("holds whoever may have meant stop until a person has looked, and forgets that over a stop", async () => {
  const shop = newShop();
  const word = { subjects: [phone], at: 1_000, reference: null };
  expect(await recordWord(bindings, shop, { ...word, kind: "held" })).toEqual([phone]);
  expect(await barredOf(bindings, shop, [{ to: email, others: [phone] }])).toEqual([{ kind: "held", since: 1_000 }]);
  expect(await recordWord(bindings, shop, { ...word, kind: "released" })).toEqual([phone]);
  expect(await barredOf(bindings, shop, [{ to: phone, others: [] }])).toEqual([null]);
  await recordWord(bindings, shop, out(2_000, phone));
  expect(await recordWord(bindings, shop, { ...word, kind: "held" })).toEqual([]);
});

it("keeps its place free when sending fails, and throws what it threw", async () => {
  const shop = newShop();
  const failing = reach(bindings, shop, { to: phone, others: [] }, async () => await Promise.reject(new Error("the network is away")));
  await expect(failing).rejects.toThrow("the network is away");
  expect(await reach(bindings, shop, { to: phone, others: [] }, async () => "sent")).toEqual({ barred: null, value: "sent" });
});

it("keeps shops apart, and lists what stands a stretch at a time", async () => {
  const [one, two] = [newShop(), newShop()];
  await recordWord(bindings, one, out(1_000, phone, email, other));
  expect(await barredOf(bindings, two, [{ to: phone, others: [] }])).toEqual([null]);
  const first = await listRegister(bindings, one, "", 2);
  expect(first.map(({ subject }) => subject)).toEqual(["email", "other"]);
  expect(await listRegister(bindings, one, other, 2)).toEqual([{ subject: "phone", outAt: 1_000, outReference: "SM1000", further: [], inAt: null, inReference: null, heldAt: null, heldReference: null }]);
});
