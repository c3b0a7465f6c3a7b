/** The register of who said stop: what stands, and that nothing is on its way to somebody once their stop was answered. */
import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import type { ShopId } from "../../src/kernel/ids";
import type { Subject } from "../../src/platform/register";
import { barredOf, carryStanding, listRegister, reach, readStandings, recordReturn, recordWord } from "../../src/platform/register-client";
import type { Bindings } from "../../src/platform/env";

const bindings = env as unknown as Bindings;
const [phone, email, other] = ["phone", "email", "other"] as unknown as [Subject, Subject, Subject];
const out = (at: number, ...subjects: Subject[]) => ({ kind: "out", subjects, at, saidAt: at, source: "text", reference: `SM${at}` }) as const;
const back = (saidAt: number, at = saidAt) => ({ subject: phone, at, saidAt, source: "text", reference: `START${saidAt}`, stops: [], onlyEnds: false }) as const;

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

it("answers fifty deliveries of one stop alike, and another stop that it came later", async () => {
  const shop = newShop();
  const changes = await Promise.all(Array.from({ length: 50 }, async () => await recordWord(bindings, shop, out(1_000, phone))));
  expect(changes.map(([one]) => [one?.outcome, one?.standing.revision])).toEqual(Array.from({ length: 50 }, () => ["stands", 1]));
  expect(await recordWord(bindings, shop, out(2_000, phone))).toMatchObject([{ outcome: "stood", standing: { outAt: 1_000, reference: "SM1000" } }]);
});

it("is ended by consent that was given after it, and by none from before or from the same second", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(5_000, phone));
  const early = { ...back(4_000, 6_000), stops: [{ reference: "SM5000", saidAt: 4_000 }] };
  expect(await recordReturn(bindings, shop, back(5_000, 6_000))).toMatchObject({ outcome: "older" });
  expect(await recordReturn(bindings, shop, early)).toMatchObject({ outcome: "older" });
  expect(await recordReturn(bindings, shop, { ...early, stops: [{ reference: "SM5000", saidAt: 3_000 }] })).toMatchObject({ outcome: "restored", standing: { inAt: 6_000 } });
  expect(await recordReturn(bindings, shop, { ...early, at: 6_500 })).toMatchObject({ outcome: "restored", standing: { inAt: 6_000 } });
  expect(await recordReturn(bindings, shop, back(7_000))).toMatchObject({ outcome: "unchanged" });
});

it("does not hear a stop again that consent has ended, however late it is repeated", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone));
  await recordReturn(bindings, shop, back(2_000));
  expect(await recordWord(bindings, shop, out(1_000, phone))).toMatchObject([{ outcome: "over", standing: { outAt: null } }]);
  expect(await recordWord(bindings, shop, out(3_000, phone))).toMatchObject([{ outcome: "stands", standing: { outAt: 3_000 } }]);
});

it("takes a yes for consent only where there is a stop to end", async () => {
  const shop = newShop();
  expect(await recordReturn(bindings, shop, { ...back(1_000), onlyEnds: true })).toMatchObject({ outcome: "unchanged", standing: { revision: 0 } });
  await recordWord(bindings, shop, { ...out(2_000, phone), kind: "held" });
  expect(await recordReturn(bindings, shop, { ...back(3_000), onlyEnds: true })).toMatchObject({ outcome: "unchanged", standing: { heldAt: 2_000 } });
  await recordWord(bindings, shop, out(4_000, phone));
  expect(await recordReturn(bindings, shop, { ...back(5_000), onlyEnds: true })).toMatchObject({ outcome: "restored" });
});

it("carries a stop to an address that is added to its person, unless that one was opted in since", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone));
  expect(await carryStanding(bindings, shop, [phone], email)).toMatchObject({ from: phone, standing: { outAt: 1_000, reference: "SM1000", revision: 1 } });
  expect(await carryStanding(bindings, shop, [phone], email)).toMatchObject({ from: phone, standing: { revision: 1 } });
  await recordReturn(bindings, shop, { ...back(2_000), subject: other });
  expect(await carryStanding(bindings, shop, [phone, email], other)).toMatchObject({ from: null, standing: { outAt: null } });
});

it("is not ended by consent that was given after the first stop and before another", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone));
  for (const times of [1, 2]) await recordWord(bindings, shop, { ...out(5_000, phone), at: 5_000 + times });
  expect((await readStandings(bindings, shop, [phone]))[0]?.further).toEqual([{ reference: "SM5000", at: 5_001 }]);
  const early = back(3_000, 6_000);
  expect(await recordReturn(bindings, shop, { ...early, stops: [{ reference: "SM1000", saidAt: 900 }, { reference: "SM5000", saidAt: 4_000 }] })).toMatchObject({ outcome: "older" });
  expect(await recordReturn(bindings, shop, { ...early, stops: [{ reference: "SM5000", saidAt: 2_000 }] })).toMatchObject({ outcome: "restored", standing: { further: [] } });
});

it("keeps a bounded number of stops, and none of them is ended by consent from before it", async () => {
  const shop = newShop();
  for (let second = 1; second <= 60; second += 1) await recordWord(bindings, shop, out(second * 1_000, phone));
  expect((await readStandings(bindings, shop, [phone]))[0]?.further).toHaveLength(50);
  expect(await recordReturn(bindings, shop, back(60_000))).toMatchObject({ outcome: "older" });
  expect(await recordReturn(bindings, shop, back(60_001))).toMatchObject({ outcome: "restored" });
});

it("opts in the address that the word came from, and leaves the others as they are", async () => {
  const shop = newShop();
  await recordWord(bindings, shop, out(1_000, phone, email));
  await recordReturn(bindings, shop, back(2_000));
  expect(await barredOf(bindings, shop, [{ to: phone, others: [email] }, { to: email, others: [phone] }])).toEqual([null, { kind: "opted_out", since: 1_000 }]);
  await recordWord(bindings, shop, out(3_000, other));
  expect(await barredOf(bindings, shop, [{ to: phone, others: [email, other] }])).toEqual([{ kind: "opted_out", since: 3_000 }]);
});

it("holds whoever may have meant stop until a person has looked, and forgets that over a stop", async () => {
  const shop = newShop();
  const word = { subjects: [phone], at: 1_000, saidAt: 1_000, source: "text", reference: "SM1" };
  expect(await recordWord(bindings, shop, { ...word, kind: "held" })).toMatchObject([{ outcome: "stands", standing: { heldAt: 1_000 } }]);
  expect(await barredOf(bindings, shop, [{ to: email, others: [phone] }])).toEqual([{ kind: "held", since: 1_000 }]);
  // What came meanwhile was not looked at: only the newest is released.
  expect(await recordWord(bindings, shop, { ...word, kind: "held", reference: "SM2" })).toMatchObject([{ outcome: "stood" }]);
  expect(await recordWord(bindings, shop, { ...word, kind: "released" })).toMatchObject([{ outcome: "over", standing: { heldAt: 1_000 } }]);
  expect(await recordWord(bindings, shop, { ...word, kind: "released", reference: "SM2" })).toMatchObject([{ outcome: "stands", standing: { heldAt: null } }]);
  expect(await recordWord(bindings, shop, { ...word, kind: "held", reference: "SM2" })).toMatchObject([{ outcome: "over" }]);
  expect(await barredOf(bindings, shop, [{ to: phone, others: [] }])).toEqual([null]);
  await recordWord(bindings, shop, out(2_000, phone));
  expect(await recordWord(bindings, shop, { ...word, kind: "held" })).toMatchObject([{ outcome: "stood", standing: { heldAt: null, outAt: 2_000 } }]);
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
  expect(await listRegister(bindings, one, other, 2)).toEqual([
    { subject: "phone", outAt: 1_000, inAt: null, heldAt: null, saidAt: 1_000, source: "text", reference: "SM1000", ended: null, further: [], revision: 1 },
  ]);
});

it("takes a mailbox that takes no mail for no word of its person, until one comes on top of it", async () => {
  const shop = newShop();
  const toPhone = { to: phone, others: [email] };
  await recordWord(bindings, shop, { ...out(1_000, email), source: "bounce" });
  expect(await barredOf(bindings, shop, [toPhone, { to: email, others: [phone] }])).toEqual([null, { kind: "opted_out", since: 1_000 }]);
  expect((await carryStanding(bindings, shop, [email], other)).from).toBeNull();
  await recordWord(bindings, shop, out(2_000, email));
  expect(await barredOf(bindings, shop, [toPhone])).toEqual([{ kind: "opted_out", since: 1_000 }]);
});
