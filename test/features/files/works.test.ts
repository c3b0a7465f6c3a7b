/** A till without an API: its export files become days, once each, however often and in whatever order they are dropped. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { DaysView } from "../../../src/features/days/contract";
import { ITEMS_2026, sheet, TRANSACTIONS_2026 } from "../../providers/file/reading";
import { openHouse, type Desk, type House } from "./house";

const EASTERN = "Eastern Time (US & Canada)";

/** Goods of one sale of 10.00 with 0.80 tax, and how it was paid. */
export const item = (date: string, time: string, cells: Readonly<Record<string, string>> = {}) => ({ Date: date, Time: time, "Time Zone": EASTERN, Category: "Coffee", Item: "Latte", "Gross Sales": "$10.00", Discounts: "$0.00", Tax: "$0.80", "Event Type": "Payment", Location: "Pier", "Transaction ID": `${date}${time}`, ...cells });
export const paid = (date: string, time: string, cells: Readonly<Record<string, string>> = {}) => ({ Date: date, Time: time, "Time Zone": EASTERN, "Gross Sales": "$10.00", Discounts: "$0.00", Tax: "$0.80", "Total Collected": "$10.80", Card: "$10.80", "Event Type": "Payment", Location: "Pier", "Transaction ID": `${date}${time}`, ...cells });

const GOODS = sheet(ITEMS_2026, [item("2026-07-13", "09:00:00"), item("2026-07-14", "09:00:00"), item("2026-07-14", "10:00:00", { Category: "Cake" })]);
const MONEY = sheet(TRANSACTIONS_2026, [paid("2026-07-13", "09:00:00"), paid("2026-07-14", "09:00:00"), paid("2026-07-14", "10:00:00")]);

let house: House;
let owner: Desk;
let pier: string;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone(house.harbour, "owner");
  pier = (await owner.open(["Pier"]))["Pier"] ?? "";
});

describe("files of both halves", () => {
  it("become days: goods by category, money by tender", async () => {
    expect(await owner.dropped(GOODS)).toMatchObject({ state: "taken", layoutName: "Square items", dayCount: 2, rowCount: 3, droppedBy: "Ada Okafor" });
    expect(await owner.dropped(MONEY)).toMatchObject({ state: "taken", part: "money" });
    await house.work();
    const day = await owner.day(pier, "2026-07-14");
    expect(day.totals).toMatchObject({ orderCount: 2, categories: [{ label: "Cake", grossMinor: 1_000 }, { label: "Coffee", grossMinor: 1_000 }], tenders: [{ label: "Card", inMinor: 2_160 }] });
    // Nothing is mapped yet: the day is read, and waits for its accounts.
    expect(day).toMatchObject({ state: "held", explanation: { lines: expect.arrayContaining([expect.objectContaining({ label: "Cake" })]) } });
    expect((await owner.files()).halves).toEqual([]);
  });

  it("wait for each other: one half alone is no day, and nothing has failed", async () => {
    await owner.dropped(MONEY);
    await house.work();
    expect(await owner.day(pier, "2026-07-14")).toMatchObject({ state: "missing", totals: null, explanation: { title: expect.any(String) } });
    expect((await owner.files()).halves).toEqual([{ locationId: pier, date: "2026-07-14", has: "money" }, { locationId: pier, date: "2026-07-13", has: "money" }]);
    await owner.dropped(GOODS);
    await house.work();
    expect((await owner.day(pier, "2026-07-13")).totals).toMatchObject({ categories: [{ label: "Coffee" }] });
  });

  it("that disagree hold the day, by the amount and the tenders", async () => {
    await owner.dropped(GOODS);
    await owner.dropped(sheet(TRANSACTIONS_2026, [paid("2026-07-13", "09:00:00"), paid("2026-07-14", "09:00:00")]));
    await house.work();
    const day = await owner.day(pier, "2026-07-14");
    expect(day.state).toBe("held");
    expect(JSON.stringify(day.explanation)).toContain("10.00");
    expect((await owner.day(pier, "2026-07-13")).totals).not.toBeNull();
  });
});

describe("the same file", () => {
  it("dropped again, and again at once, changes nothing", async () => {
    await owner.dropped(GOODS);
    await owner.dropped(MONEY);
    await house.work();
    const before = await owner.day(pier, "2026-07-14");
    const again = await Promise.all([owner.dropped(MONEY), owner.dropped(MONEY), owner.dropped(GOODS)]);
    expect(again.map(({ state }) => state)).toEqual(["taken", "taken", "taken"]);
    expect(again[0]?.summary.warnings).toContain("Nothing is new: what the file says was known already.");
    await house.work();
    expect(await owner.day(pier, "2026-07-14")).toEqual(before);
  });

  it("taken twice is taken once", async () => {
    const waiting = await owner.dropped(`${MONEY}never${",".repeat(54)}\n`);
    expect(waiting).toMatchObject({ state: "waiting", summary: { badCount: 1, bad: [{ line: 5 }] } });
    await Promise.all([owner.call("POST", `/files/${waiting.id}/take`, {}), owner.call("POST", `/files/${waiting.id}/take`, {})]);
    expect(await owner.call("POST", `/files/${waiting.id}/take`, {})).toMatchObject({ drop: { state: "taken" } });
    expect((await owner.send("POST", `/files/${waiting.id}/dismiss`, {})).status).toBe(409);
    expect((await owner.files()).halves).toHaveLength(2);
  });
});

describe("a file with lines that cannot be read", () => {
  it("waits for somebody's word, names them by line and reason, and takes nothing before", async () => {
    const drop = await owner.dropped(sheet(TRANSACTIONS_2026, [paid("2026-07-14", "09:00:00"), paid("2026-07-14", "10:00:00", { Tip: "lots", "Customer Name": "Grace Hopper" }), paid("14th of July", "")]));
    expect(drop).toMatchObject({ state: "waiting", summary: { badCount: 2, bad: [{ line: 3, reason: "What stands under \"tip\" is no amount." }, { line: 4, reason: "The date or time cannot be read." }] } });
    expect((await owner.files()).halves).toEqual([]);
    expect(await owner.call("POST", `/files/${drop.id}/dismiss`, {})).toMatchObject({ drop: { state: "dismissed" } });
    expect((await owner.files()).halves).toEqual([]);
    expect((await owner.send("POST", `/files/${drop.id}/take`, {})).status).toBe(409);
  });

  it("and no other is over at once", async () => {
    expect(await owner.dropped(sheet(TRANSACTIONS_2026, [paid("never", "")]))).toMatchObject({ state: "dismissed", dayCount: 0 });
  });
});

describe("a newer file", () => {
  it("replaces the days that it covers whole, and is asked about where a day would become smaller", async () => {
    await owner.dropped(GOODS);
    await owner.dropped(MONEY);
    const more = await owner.dropped(sheet(TRANSACTIONS_2026, [paid("2026-07-14", "09:00:00"), paid("2026-07-14", "10:00:00", { Tip: "$1.00", "Total Collected": "$11.80", Card: "$11.80" })]));
    expect(more.state).toBe("taken");
    const less = await owner.dropped(sheet(TRANSACTIONS_2026, [paid("2026-07-14", "10:00:00")]));
    expect(less).toMatchObject({ state: "waiting", summary: { smallerCount: 1, smaller: [{ locationId: pier, date: "2026-07-14", beforeMinor: 2_260, afterMinor: 1_080 }] } });
    await house.work();
    expect((await owner.day(pier, "2026-07-14")).totals?.tenders).toMatchObject([{ inMinor: 2_260 }]);
    expect((await owner.day(pier, "2026-07-13")).totals?.tenders).toMatchObject([{ inMinor: 1_080 }]);
  });

  it("is waited for while a day goes on: a file of the morning is no day", async () => {
    const today = [sheet(ITEMS_2026, [item("2026-07-15", "08:00:00")]), sheet(TRANSACTIONS_2026, [paid("2026-07-15", "08:00:00")])] as const;
    for (const file of today) expect((await owner.dropped(file)).summary.warnings.join()).toContain("1 day was not over");
  });
});

describe("places", () => {
  it("that a file names are asked for once", async () => {
    const [first, second] = [sheet(TRANSACTIONS_2026, [paid("2026-07-14", "09:00:00", { Location: "The Pier Kiosk" })]), sheet(TRANSACTIONS_2026, [paid("2026-07-13", "09:00:00", { Location: "The Pier Kiosk" })])];
    expect(await owner.drop(first)).toEqual({ kind: "unknown_places", names: ["The Pier Kiosk"] });
    await owner.call("PUT", "/files/places", { places: [{ name: "The Pier Kiosk", location: pier }] });
    expect(await owner.dropped(first)).toMatchObject({ state: "taken", dayCount: 1 });
    expect(await owner.dropped(second)).toMatchObject({ state: "taken", dayCount: 1 });
  });

  it("can be said for a whole file", async () => {
    expect(await owner.dropped(sheet(TRANSACTIONS_2026, [paid("2026-07-14", "09:00:00", { Location: "Somewhere" })]), { location: pier })).toMatchObject({ dayCount: 1 });
  });
});

describe("a file that names no place", () => {
  const nameless = sheet(TRANSACTIONS_2026, [paid("2026-07-14", "09:00:00", { Location: "" })]);

  it("is the only location's, and asked about every time where there are several", async () => {
    expect(await owner.dropped(nameless)).toMatchObject({ state: "taken" });
    await owner.open(["Quay"]);
    expect(await owner.drop(nameless)).toEqual({ kind: "unknown_places", names: [""] });
    expect((await owner.send("PUT", "/files/places", { places: [{ name: "", location: pier }] })).status).toBe(400);
    expect(await owner.dropped(nameless, { location: pier })).toMatchObject({ state: "taken" });
    expect(await owner.drop(nameless)).toMatchObject({ kind: "unknown_places" });
  });
});

describe("a till of files that was given up", () => {
  it("takes up again where it stopped, under the same locations", async () => {
    const { connections, locations } = await owner.call<ConnectionsView>("GET", "/connections");
    await owner.call("POST", `/connections/${connections[0]?.id}/disconnect`);
    expect((await owner.upload(MONEY)).status).toBe(409);
    expect((await owner.call<ConnectionsView>("GET", "/connections")).locations[0]?.nextDueAt).toBeNull();
    await owner.call("POST", "/connections", { provider: "file" });
    await owner.call("POST", `/connections/${connections[0]?.id}/refresh`);
    expect((await owner.call<ConnectionsView>("GET", "/connections")).locations).toMatchObject([{ id: locations[0]?.id, nextDueAt: expect.any(Number) }]);
    expect(await owner.dropped(MONEY)).toMatchObject({ state: "taken" });
  });
});

describe("days without files", () => {
  it("are missing, not failed, however many nights pass", async () => {
    for (let night = 0; night < 3; night += 1) {
      house.pass(86_400_000);
      await house.night();
    }
    const { cells, needsWork } = await owner.call<DaysView>("GET", "/days?from=2026-07-10&to=2026-07-16");
    expect([needsWork, new Set(cells.map(({ state }) => state))]).toEqual([[], new Set(["missing"])]);
  });
});

describe("a file of any other till", () => {
  const FILE = "Tag;Uhrzeit;Warengruppe;Umsatz;Zahlart\r\n14.07.2026;09:00;Kaffee;4,50;Bar\r\n14.07.2026;09:05;Kuchen;3,20;EC-Karte\r\n";

  it("is read by the columns that somebody named once", async () => {
    const answer = await owner.drop(FILE);
    expect(answer).toMatchObject({ kind: "unknown_layout", headings: ["Tag", "Uhrzeit", "Warengruppe", "Umsatz", "Zahlart"], columns: { date: "tag", time: "uhrzeit", category: "warengruppe", gross: "umsatz", tender: "zahlart" } });
    await owner.call("PUT", "/files/layouts", {
      name: "Kasse", headings: ["Tag", "Uhrzeit", "Warengruppe", "Umsatz", "Zahlart"], part: "whole", dates: "dmy", decimals: "comma", tender: null, tipInAmount: true,
      columns: { date: "Tag", time: "Uhrzeit", category: "Warengruppe", gross: "Umsatz", tender: "Zahlart" },
    });
    expect(await owner.dropped(FILE)).toMatchObject({ state: "taken", layoutName: "Kasse", part: "whole" });
    await house.work();
    expect((await owner.day(pier, "2026-07-14")).totals).toMatchObject({ categories: [{ label: "Kaffee", grossMinor: 450 }, { label: "Kuchen", grossMinor: 320 }] });
    expect(await owner.files()).toMatchObject({ isConnected: true, layouts: [{ name: "Kasse" }], drops: [{ name: "export.csv", state: "taken" }] });
  });
});
