/** Consent as it is given, taken back and given again: what is barred, what is written of it, and what a person's erasure leaves. */
import { describe, expect, it } from "vitest";
import { agree, barredAmong, carryOver, eraseEvidence, hasAgreed, holdForPerson, linesOf, optIn, optOut, release, standingsOf, stopsOnRecord, whileReachable } from "../../../src/features/consent/service";
import { booksOf, EMAIL, KIM, newDesk, PHONE, said, subject } from "./desk";

describe("a stop", () => {
  it("bars every address of the person, and is written with its words, its source and its hour", async () => {
    const desk = newDesk();
    expect(await optOut(desk, KIM, said(desk, "STOP"))).toEqual({ isFirst: true });
    const since = desk.world.clock();
    expect(await barredAmong(desk, [KIM, { address: EMAIL, others: [] }])).toEqual([{ kind: "opted_out", since }, { kind: "opted_out", since }]);
    const books = await booksOf(desk);
    const [own, other] = books.lines;
    expect(own).toMatchObject({ channel: "text", act: "opted_out", source: "text", said_at: since, at: since, reference: "SM1", follows: null });
    expect(other).toMatchObject({ channel: "email", act: "opted_out", follows: own?.id });
    expect(books.evidence.map(({ address, words }) => [address, words])).toEqual([["+12065550100", "STOP"], ["kim@example.com", "STOP"]]);
    expect(books.standing.map(({ opted_out_at: out, source }) => [out, source])).toEqual([[since, "text"], [since, "text"]]);
    expect(books.actions).toEqual(["consent.opted_out"]);
    expect(await whileReachable(desk, KIM, async () => "sent")).toEqual({ barred: { kind: "opted_out", since } });
  });

  it("that is said again changes nothing, is not first, and is written all the same", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    const since = desk.world.clock();
    desk.world.pass(60_000);
    expect(await optOut(desk, KIM, said(desk, "stop!!", "SM2"))).toEqual({ isFirst: false });
    const { lines, standing, actions } = await booksOf(desk);
    expect([lines.length, actions.length]).toEqual([4, 1]);
    expect(standing.every((row) => row.opted_out_at === since)).toBe(true);
  });

  it("that is delivered fifty times at once is one line for each address, and the same answer for all", async () => {
    const desk = newDesk();
    const answers = await Promise.all(Array.from({ length: 50 }, async () => await optOut(desk, KIM, said(desk, "STOP"))));
    expect(answers).toEqual(Array.from({ length: 50 }, () => ({ isFirst: true })));
    const { lines, evidence, actions } = await booksOf(desk);
    expect([lines.length, evidence.length, actions]).toEqual([2, 2, ["consent.opted_out"]]);
  });

  it("keeps no more of what was said than a text has, and nothing that is no text", async () => {
    const desk = newDesk();
    await optOut(desk, { address: PHONE, others: [] }, said(desk, `STOP\u0000\ud800 ${"🛑".repeat(2_000)}`));
    const words = (await booksOf(desk)).evidence[0]?.words as string;
    expect(words.startsWith("STOP\ufffd 🛑")).toBe(true);
    expect([words.length <= 1_600, words.isWellFormed(), words.includes("\ufffd\ufffd")]).toEqual([true, true, false]);
  });

  it("can be asked about at its source, until consent has ended it", async () => {
    const desk = newDesk();
    expect(await stopsOnRecord(desk, PHONE)).toEqual([]);
    await optOut(desk, KIM, said(desk, "STOP", "SM7"));
    expect(await stopsOnRecord(desk, PHONE)).toEqual([{ reference: "SM7", at: desk.world.clock() }]);
  });
});

describe("consent that is given again", () => {
  it("lifts the stop at the address that it came from, and at no other", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    const since = desk.world.clock();
    desk.world.pass(60_000);
    expect(await optIn(desk, PHONE, said(desk, "START", "SM2"), [])).toBe("restored");
    expect(await barredAmong(desk, [KIM, { address: EMAIL, others: [PHONE] }])).toEqual([null, { kind: "opted_out", since }]);
    expect((await booksOf(desk)).actions).toEqual(["consent.opted_out", "consent.opted_in"]);
    expect(await whileReachable(desk, KIM, async () => "sent")).toEqual({ barred: null, value: "sent" });
  });

  it("that is older than the stop, or of its second, lifts nothing", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    expect(await optIn(desk, PHONE, said(desk, "START", "SM2"), [])).toBe("older");
    expect(await optIn(desk, PHONE, said(desk, "START", "SM2"), [{ reference: "SM1", saidAt: desk.world.clock() }])).toBe("older");
    expect((await booksOf(desk)).lines).toHaveLength(2);
  });

  it("is a yes for whoever is out, and an answer for whoever is not", async () => {
    const desk = newDesk();
    expect(await optIn(desk, PHONE, said(desk, "Yes!", "SM0"), [])).toBe("unchanged");
    await optOut(desk, KIM, said(desk, "STOP"));
    desk.world.pass(60_000);
    expect(await optIn(desk, PHONE, said(desk, "Yes!", "SM2"), [])).toBe("restored");
  });

  it("is not undone by the stop that it ended, delivered once more", async () => {
    const desk = newDesk();
    await optOut(desk, KIM, said(desk, "STOP"));
    desk.world.pass(60_000);
    await optIn(desk, PHONE, said(desk, "START", "SM2"), []);
    expect(await optOut(desk, { address: PHONE, others: [] }, said(desk, "STOP"))).toEqual({ isFirst: false });
    expect(await barredAmong(desk, [KIM])).toEqual([null]);
    expect((await booksOf(desk)).lines.map(({ act }) => act)).toEqual(["opted_out", "opted_out", "opted_in"]);
  });
});

it("holds whoever may have meant stop until a person releases them", async () => {
  const desk = newDesk();
  expect(await holdForPerson(desk, KIM, said(desk, "wrong number"))).toEqual({ isFirst: true });
  expect(await barredAmong(desk, [KIM])).toEqual([{ kind: "held", since: desk.world.clock() }]);
  expect(await release(desk, KIM, said(desk, "they meant the part", "SM9"))).toEqual({ isFirst: false });
  expect(await release(desk, KIM, said(desk, "they meant the part"))).toEqual({ isFirst: true });
  expect(await barredAmong(desk, [KIM])).toEqual([null]);
  expect((await booksOf(desk)).lines.filter(({ act }) => act === "released")).toHaveLength(2);
});

it("knows who agreed beforehand, and lets nobody be written to by that alone", async () => {
  const desk = newDesk();
  await agree(desk, EMAIL, said(desk, "ticked the box", null));
  const [phone, email] = [await subject(desk, PHONE), await subject(desk, EMAIL)];
  expect([...await hasAgreed(desk.db, [phone, email])]).toEqual([email]);
  await optOut(desk, KIM, said(desk, "STOP"));
  expect((await barredAmong(desk, [{ address: EMAIL, others: [] }]))[0]).toMatchObject({ kind: "opted_out" });
});

it("makes an address that is added to a person who is out be out, once, by a line that follows the first", async () => {
  const desk = newDesk();
  await optOut(desk, { address: PHONE, others: [] }, said(desk, "STOP"));
  const since = desk.world.clock();
  desk.world.pass(60_000);
  expect(await carryOver(desk, { from: [PHONE], to: EMAIL })).toBe(true);
  expect(await carryOver(desk, { from: [PHONE], to: EMAIL })).toBe(true);
  expect(await barredAmong(desk, [{ address: EMAIL, others: [] }])).toEqual([{ kind: "opted_out", since }]);
  const { lines } = await booksOf(desk);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ channel: "email", source: "text", said_at: since, follows: lines[0]?.id });
  expect(await carryOver(newDesk(), { from: [PHONE], to: EMAIL })).toBe(false);
});

it("keeps the keyed hash alone of whoever is erased, and still writes to nobody there", async () => {
  const desk = newDesk();
  await optOut(desk, KIM, said(desk, "STOP"));
  const subjects = [await subject(desk, PHONE), await subject(desk, EMAIL)];
  await eraseEvidence(desk, subjects);
  expect((await booksOf(desk)).evidence).toEqual([]);
  expect((await linesOf(desk.db, subjects)).map(({ act, words, address }) => [act, words, address])).toEqual([["opted_out", null, null], ["opted_out", null, null]]);
  expect(JSON.stringify(await booksOf(desk))).not.toMatch(/2065550100|kim@/);
  expect(await standingsOf(desk.db, subjects)).toHaveLength(2);
  expect(await whileReachable(desk, KIM, async () => "sent")).toMatchObject({ barred: { kind: "opted_out" } });
});

it("keeps shops apart: a stop at one is none at another, and neither can tell whose hash it is", async () => {
  const [ours, theirs] = [newDesk(), newDesk()];
  await optOut(ours, KIM, said(ours, "STOP"));
  expect(await barredAmong(theirs, [KIM])).toEqual([null]);
  expect(await booksOf(theirs)).toEqual({ lines: [], evidence: [], standing: [], actions: [] });
  expect(await subject(ours, PHONE)).not.toBe(await subject(theirs, PHONE));
  await eraseEvidence(theirs, [await subject(ours, PHONE)]);
  expect((await booksOf(ours)).evidence).toHaveLength(2);
});
