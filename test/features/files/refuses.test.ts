/** What is refused, whoever asks: files that are none, people who may not, shops that are not theirs. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sheet, TRANSACTIONS_2026 } from "../../providers/file/reading";
import { payloadFile } from "../../security/town/payloads";
import { openHouse, type Desk, type House } from "./house";

const paid = (cells: Readonly<Record<string, string>> = {}) => ({ Date: "2026-07-14", Time: "09:00:00", "Gross Sales": "$10.00", "Total Collected": "$10.00", Card: "$10.00", "Event Type": "Payment", Location: "Pier", ...cells });
const FILE = sheet(TRANSACTIONS_2026, [paid()]);

let house: House;
let owner: Desk;
let pier: string;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone(house.harbour, "owner");
  pier = (await owner.open(["Pier"]))["Pier"] ?? "";
});

describe("dropping a file", () => {
  it("is for those who may work on days", async () => {
    for (const [role, status] of [["admin", 200], ["tech", 200], ["sales", 403], ["viewer", 403]] as const) {
      const someone = await house.someone(house.harbour, role);
      expect([role, (await someone.upload(FILE)).status]).toEqual([role, status]);
    }
  });

  it("is for Daybook's own page: another origin, another type and no session are refused", async () => {
    expect((await owner.upload(FILE, {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await owner.upload(FILE, {}, { "sec-fetch-site": null })).status).toBe(403);
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json", null]) {
      expect([type, (await owner.upload(FILE, {}, { "content-type": type })).status]).toEqual([type, 415]);
    }
    expect((await owner.files()).drops).toEqual([]);
  });

  it("that says to be larger than a file may be is refused before it is read", async () => {
    expect((await owner.upload(FILE, {}, { "content-length": "300000000" })).status).toBe(413);
  });

  it("needs a till of files, a location, and one of the shop's own", async () => {
    const stranger = await house.someone(house.lantern, "owner");
    expect((await stranger.upload(FILE)).status).toBe(409);
    await stranger.open([]);
    expect((await stranger.upload(FILE)).status).toBe(409);
    expect((await owner.upload(FILE, { location: "a".repeat(26) })).status).toBe(404);
    await stranger.open(["Theirs"]);
    expect((await stranger.upload(FILE, { location: pier })).status).toBe(404);
  });

  it("with a query that nobody's page sends is refused", async () => {
    for (const query of [{ name: "" } as Record<string, string>, { name: "x".repeat(300) }, { extra: "1" }, { dates: "ymd" }, { location: "pier" }]) expect((await owner.upload(FILE, query)).status).toBe(400);
  });

  it("without days or words leaves nothing behind", async () => {
    for (const content of ["", "Date,Total\n", Uint8Array.from([0x50, 0x4b, 3, 4, 0]), sheet(TRANSACTIONS_2026, [])]) {
      const response = await owner.upload(content);
      expect([response.status === 200 ? (await response.json<{ kind: string }>()).kind : "", response.status]).toEqual(content === "Date,Total\n" ? ["unknown_layout", 200] : ["", 400]);
    }
    expect((await owner.files()).drops).toEqual([]);
  });

  it("waits for its turn after two hundred in an hour", async () => {
    for (let turn = 0; turn < 200; turn += 1) await owner.upload("");
    expect((await owner.upload(FILE)).status).toBe(429);
  });
});

describe("somebody else's file", () => {
  it("is not there", async () => {
    const drop = await owner.dropped(sheet(TRANSACTIONS_2026, [paid(), paid({ Tip: "x" })]));
    const stranger = await house.someone(house.lantern, "owner");
    await stranger.open(["Theirs"]);
    const absent = await (await stranger.send("POST", `/files/${"z".repeat(26)}/take`, {})).text();
    for (const act of ["take", "dismiss"]) {
      const response = await stranger.send("POST", `/files/${drop.id}/${act}`, {});
      expect([response.status, await response.text()]).toEqual([404, absent]);
    }
    expect((await stranger.files()).drops).toEqual([]);
    expect((await stranger.send("PUT", "/files/places", { places: [{ name: "x", location: pier }] })).status).toBe(404);
    expect((await owner.files()).drops).toMatchObject([{ id: drop.id, state: "waiting" }]);
  });
});

describe("a layout", () => {
  const layout = { name: "Kasse", headings: ["Tag", "Umsatz", "Zahlart"], part: "whole", dates: "dmy", decimals: "comma", tender: null, tipInAmount: true, columns: { date: "Tag", gross: "Umsatz", tender: "Zahlart" } };

  it.each([
    ["without a date", { columns: { gross: "Umsatz", tender: "Zahlart" } }],
    ["without an amount", { columns: { date: "Tag", tender: "Zahlart" } }],
    ["without a tender", { columns: { date: "Tag", gross: "Umsatz" } }],
    ["with a column that is not there", { columns: { date: "Tag", gross: "Netto", tender: "Zahlart" } }],
    ["with a field that nobody knows", { columns: { date: "Tag", card_number: "Umsatz" } }],
    ["without headings", { headings: [] }],
    ["with a name of control characters", { name: "a\u0007b" }],
  ])("%s is refused", async (_, change) => {
    expect((await owner.send("PUT", "/files/layouts", { ...layout, ...change })).status).toBe(400);
  });
});

describe("a location of one's own making", () => {
  it("has a name of its own and a zone that exists, at a till that brings none", async () => {
    const connection = (await owner.call<{ connections: { id: string }[] }>("GET", "/connections")).connections[0]?.id;
    expect((await owner.send("POST", "/locations", { connection, name: "pier", zone: "America/New_York" })).status).toBe(400);
    expect((await owner.send("POST", "/locations", { connection, name: "Quay", zone: "Mars/Olympus" })).status).toBe(400);
    expect((await owner.send("POST", "/locations", { connection: "z".repeat(26), name: "Quay", zone: "America/New_York" })).status).toBe(404);
    expect((await (await house.someone(house.harbour, "tech")).send("POST", "/locations", { connection, name: "Quay", zone: "America/New_York" })).status).toBe(403);
    expect((await owner.send("POST", "/locations", { connection, name: "Quay", zone: "Europe/London" })).status).toBe(200);
  });
});

const PAYLOADS = await payloadFile("csv-injection-patt.txt");

describe.skipIf(PAYLOADS === null)("cells of the public collection of formulas (skipped where ../shared is absent)", () => {
  let lines: readonly string[] = [];
  beforeAll(() => void (lines = (PAYLOADS ?? "").split(/\r?\n/).filter((line) => line.trim() !== "").slice(0, 200)));

  it("are labels or lines that cannot be read, and never anything else", async () => {
    const cell = (text: string) => `"${text.replaceAll("\"", "\"\"")}"`;
    await owner.call("PUT", "/files/layouts", { name: "Till", headings: ["Day", "Kind", "Sum"], part: "whole", dates: "mdy", decimals: "point", tender: "Card", tipInAmount: true, columns: { date: "Day", category: "Kind", gross: "Sum" } });
    const rows = lines.flatMap((line) => [`2026-07-14,${cell(line)},1.00`, `2026-07-14,tea,${cell(line)}`, `${cell(line)},tea,1.00`]);
    const drop = await owner.dropped(`Day,Kind,Sum\n${rows.join("\n")}\n`);
    expect(drop.summary.badCount).toBe(lines.length * 2);
    expect(drop.summary.bad.every(({ reason }) => /^(?:What stands under "sum" is no amount|The date or time cannot be read)\.$/.test(reason))).toBe(true);
  });
});
