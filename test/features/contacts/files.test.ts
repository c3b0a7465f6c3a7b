/** Contacts come and go as files: looked at first, taken in steps that can be repeated, and no file ever lifts a stop. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ImportView } from "../../../src/features/contacts/contract";
import { planImportSweeps } from "../../../src/features/contacts/jobs";
import { createJobs } from "../../../src/jobs";
import { createQueue } from "../../support/queue";
import type { Keeper } from "../../../src/features/contacts/keep";
import { actsOf, barredAt, emailAt, keeperAt, openDesk, phoneAt, rowsOf, saysStop, type Desk, type Hand } from "./desk";

let desk: Desk;
let owner: Hand;
let keeper: Keeper;

beforeEach(async () => {
  desk = await openDesk();
  owner = await desk.someone(desk.harbour, "owner");
  keeper = keeperAt(desk, desk.harbour);
});

async function look(text: string, query: Readonly<Record<string, string>> = {}): Promise<ImportView> {
  const response = await owner.sendRaw(`/contacts/imports?${new URLSearchParams(query).toString()}`, text);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json<{ import: ImportView }>()).import;
}

async function take({ id }: ImportView): Promise<ImportView> {
  for (let step = 0; step < 100; step += 1) {
    const { import: now } = await owner.call<{ import: ImportView }>("POST", `/contacts/imports/${id}/step`, {});
    if (now.state === "done") return now;
  }
  throw new Error("the file has no end");
}

async function exported(): Promise<string> {
  const response = await owner.send("GET", "/contacts/export");
  expect([response.status, response.headers.get("content-type"), response.headers.get("content-disposition")])
    .toEqual([200, "text/csv; charset=utf-8", 'attachment; filename="daybook-contacts-2026-07-15.csv"']);
  return await response.text();
}

describe("a look at a file", () => {
  it("says what it would change, names the lines that are wrong, and changes nothing", async () => {
    await owner.add({ name: "Ana", phone: "2125550101" });
    await owner.add({ name: "Bo", phone: "2125550102", email: "bo@example.com" });
    await saysStop(keeper, phoneAt("+12125550103"));
    const before = [await owner.list(), await actsOf(desk.harbour)];
    const looked = await look([
      "Name,Mobile Phone,E-mail,Unsubscribed,Notes", "Ana,(212) 555-0101,,,", "Bo,2125550102,bo@other.example,,", "Cy,2125550103,,no,", "Di,2125550104,,YES,",
      "Ed,12,,,", "Flo,,not-an-address,,", "Gus,,,,", "Hal,2125550101,bo@example.com,,", "Ana again,+1 212 555 0101,,,", "Ike,2125550109,,perhaps,", `${"J".repeat(121)},2125550110,,,`,
    ].join("\n"));
    expect(looked).toMatchObject({
      state: "ready", done: 0, rows: 4,
      preview: { counts: { new: 2, changed: 1, same: 1, refused: 7, optedOut: 2, agreed: 0 }, columns: { name: "Name", phone: "Mobile Phone", email: "E-mail", optedOut: "Unsubscribed", note: "Notes" } },
    });
    expect(looked.preview.problems.map(({ line, message, isRefused }) => [line, message, isRefused])).toEqual([
      [6, "The number has too few digits.", true], [7, "Enter an email address such as name@example.com.", true], [8, "Enter a telephone number or an email address.", true],
      [9, "Line 2 has the same number or email address.", true], [10, "Line 2 has the same number or email address.", true],
      [11, "What stands under “opted out” is neither yes nor no.", true], [12, "The name is longer than 120 characters.", true],
    ]);
    expect([await owner.list(), await actsOf(desk.harbour)]).toEqual(before);
    expect(await barredAt(keeper, [phoneAt("+12125550104")])).toEqual([null]);
  });

  it("recognises other programs' headings, separators and encodings, and takes columns as they are chosen", async () => {
    const square = await look("First Name;Last Name;Phone Number;Email Address\r\nZoë;Ünal;'+1 212-555-0101;zoe@example.com\r\n");
    expect(square.preview).toMatchObject({ counts: { new: 1, refused: 0 }, columns: { firstName: "First Name", lastName: "Last Name" } });
    await take(square);
    expect(await owner.names()).toEqual(["Zoë Ünal"]);
    const chosen = await look("A\tB\tC\nZoë\t2125550102\tx", { name: "a", phone: "B" });
    expect(chosen.preview).toMatchObject({ counts: { new: 1 }, columns: { name: "A", phone: "B" }, headings: ["A", "B", "C"] });
  });

  it("refuses what is no list of people, in words", async () => {
    const refusals: [string, string][] = [];
    const files = { empty: "", columns: "Name,Town\nAna,Rome", quote: `Name,Phone\n"Ana,2125550101\n${"x\n".repeat(40_000)}`, archive: "PK\u0003\u0004 and more", many: `Phone\n${"2125550101\n".repeat(50_001)}` };
    for (const [name, text] of Object.entries(files)) {
      const response = await owner.sendRaw("/contacts/imports", text);
      refusals.push([name, `${response.status} ${(await response.json<{ error: { title: string } }>()).error.title}`]);
    }
    expect(refusals).toEqual([
      ["empty", "400 The file is empty."],
      ["columns", "400 No column of this file is called Phone or Email. Choose which column holds the numbers or the email addresses."],
      ["quote", expect.stringMatching(/^400 A quotation mark is opened and never closed/)],
      ["archive", "400 This is no text in which lines could be read. Open it where it came from, save it as CSV, and send the CSV."],
      ["many", "400 The file has more than 50,000 people. Divide it, and send one part after the other."],
    ]);
    expect((await owner.sendRaw("/contacts/imports", "x", { "content-length": "10000001" })).status).toBe(413);
    expect((await owner.sendRaw("/contacts/imports", "x", { "content-type": "text/plain" })).status).toBe(415);
    expect(await rowsOf(desk.harbour, "SELECT number FROM contact_import_part WHERE shop_id = ?1")).toEqual([]);
  });
});

describe("a file that is taken", () => {
  it("adds and changes people, and the same file again finds everybody as they are", async () => {
    await owner.add({ name: "Ana", phone: "2125550101", note: "kept", tags: ["old"] });
    const file = "Name,Phone,Email,Tags,Note\nAna Maria,2125550101,ana@example.com,new; old,\nBo,,bo@example.com,,\"two\nlines\"\n";
    const done = await take(await look(file));
    expect(done).toMatchObject({ state: "done", rows: 2, done: 2 });
    const { contacts } = await owner.list();
    expect(contacts).toMatchObject([{ name: "Ana Maria", phone: "+12125550101", email: "ana@example.com", tags: ["old", "new"], version: 2 }, { name: "Bo", email: "bo@example.com" }]);
    expect((await owner.look(contacts[0]?.id ?? "")).note).toBe("kept");
    expect((await owner.look(contacts[1]?.id ?? "")).note).toBe("two\nlines");
    const again = await look(file);
    expect(again.preview.counts).toMatchObject({ new: 0, changed: 0, same: 2 });
    await take(again);
    expect((await owner.list()).contacts).toEqual(contacts);
    expect((await actsOf(desk.harbour)).filter((act) => act === "contacts.imported")).toHaveLength(2);
    expect((await owner.send("POST", `/contacts/imports/${again.id}/step`, {})).status).toBe(200);
  });

  it("is taken once however many steps run at once", async () => {
    const file = await look(`Name,Phone\n${Array.from({ length: 1_200 }, (_, index) => `Person ${index},212555${String(2_000 + index)}`).join("\n")}`);
    const ends = await Promise.all(Array.from({ length: 6 }, async () => await owner.send("POST", `/contacts/imports/${file.id}/step`, {})));
    expect(ends.every(({ status }) => status === 200)).toBe(true);
    expect(await take(file)).toMatchObject({ rows: 1_200, done: 1_200 });
    expect(await rowsOf(desk.harbour, "SELECT count(*) AS count, count(DISTINCT phone) AS phones FROM contact WHERE shop_id = ?1")).toEqual([{ count: 1_200, phones: 1_200 }]);
  });

  it("puts people out who are said to be, also on lines that are refused, and notes consent only with how and when", async () => {
    const file = await look([
      "Name,Phone,Email,Do not text,Opted out,Consent,Consent date", "Ana,2125550101,ana@example.com,x,,,", "Bo,2125550102,,,yes,web form,2026-01-02", "Cy,2125550103,,,,at the counter,2026-01-02",
      "Di,2125550104,,,,at the counter,", "Ed,2125550105,,,,,2026-01-02", "Flo,2125550106,,,,by phone,2027-01-02", `${"G".repeat(200)},2125550107,broken,,yes,,`, "Hal,2125550108,,,,by phone,7/4/2026",
    ].join("\n"));
    expect(file.preview.counts).toEqual({ new: 7, changed: 0, same: 0, refused: 1, optedOut: 3, agreed: 1 });
    expect(file.preview.problems.map(({ line, isRefused }) => [line, isRefused])).toEqual([[5, false], [6, false], [7, false], [8, true], [9, false]]);
    for (let round = 0; round < 2; round += 1) await take(round === 0 ? file : await look("Name,Phone,Consent,Consent date\nCy,2125550103,at the counter,2026-01-02\nBo,2125550102,web form,2026-03-02"));
    const people = (await owner.list()).contacts.map(({ name, consent }) => [name, consent.text?.state, consent.email?.state]);
    expect(people).toEqual([
      ["Ana", "opted_out", "opted_out"], ["Bo", "opted_out", undefined], ["Cy", "agreed", undefined], ["Di", "none", undefined], ["Ed", "none", undefined], ["Flo", "none", undefined], ["Hal", "none", undefined],
    ]);
    expect(await barredAt(keeper, ["01", "02", "03", "07"].map((end) => phoneAt(`+121255501${end}`)))).toEqual(["opted_out", "opted_out", null, "opted_out"]);
    const agreed = await rowsOf(desk.harbour, "SELECT act, source, said_at FROM consent WHERE shop_id = ?1 AND act = 'agreed'");
    expect(agreed).toEqual([{ act: "agreed", source: "import", said_at: Date.UTC(2026, 0, 2) }]);
  });

  it("lifts no stop and brings nobody back under another address, whatever it says", async () => {
    await owner.add({ name: "Ana", phone: "2125550101" });
    await saysStop(keeper, phoneAt("+12125550101"));
    await take(await look("Name,Phone,Email,Opted out,Consent,Consent date\nAna,2125550101,ana@example.com,no,she says so,2026-07-15"));
    expect((await owner.list()).contacts[0]?.consent).toMatchObject({ text: { state: "opted_out", isLocked: true }, email: { state: "opted_out", isLocked: true } });
    expect(await barredAt(keeper, [emailAt("ana@example.com")])).toEqual(["opted_out"]);
  });

  it("that nobody goes on with is let go of by cron after a day, with all who stand in it", async () => {
    await look("Name,Phone\nAna,2125550101");
    const queue = createQueue(desk.world.clock);
    const env = { ...desk.env, SYNC_TWILIO: queue.binding };
    const partsOf = async () => (await rowsOf(desk.harbour, "SELECT number FROM contact_import_part WHERE shop_id = ?1")).length;
    expect(await partsOf()).toBe(1);
    desk.pass(25 * 3_600_000);
    expect(await planImportSweeps(desk.world, env)).toBeGreaterThan(0);
    await queue.deliver(createJobs(desk.world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() }).queue, env);
    expect([await partsOf(), await planImportSweeps(desk.world, env)]).toEqual([0, 0]);
  });

  it("is let go of when another is sent, somebody is erased, or a day has passed", async () => {
    const file = "Name,Phone\nAna,2125550101";
    const [first, second] = [await look(file), await look(file)];
    expect((await owner.send("POST", `/contacts/imports/${first.id}/step`, {})).status).toBe(404);
    const bo = await owner.add({ name: "Bo", phone: "2125550102" });
    await owner.call("POST", `/contacts/${bo.id}/erase`, { version: bo.version });
    expect((await owner.send("POST", `/contacts/imports/${second.id}/step`, {})).status).toBe(404);
    const third = await look(file);
    expect(await owner.call("GET", "/contacts/imports")).toEqual({ imports: [third] });
    desk.pass(25 * 3_600_000);
    expect((await owner.send("POST", `/contacts/imports/${third.id}/step`, {})).status).toBe(404);
    expect(await owner.call("GET", "/contacts/imports")).toEqual({ imports: [] });
  });
});

describe("the file of all contacts", () => {
  it("shows consent, runs in no spreadsheet, and comes back as it went", async () => {
    await owner.add({ name: "=HYPERLINK(\"http://x\")", phone: "2125550101", email: "ana@example.com", note: "+1\n=2", tags: ["a, b", "@c"].map((tag) => tag.replace(",", "")) });
    await owner.add({ name: "Bo \"Quote\", Jr.", phone: "2125550102" });
    await saysStop(keeper, phoneAt("+12125550102"));
    const text = await exported();
    const cells = text.split(/[,\r\n]+/).map((cell) => cell.replace(/^"/, ""));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(text).toContain("opted out,2026-07-15T");
    const before = (await owner.list()).contacts;
    const looked = await look(text);
    expect(looked.preview.counts).toEqual({ new: 0, changed: 0, same: 2, refused: 0, optedOut: 1, agreed: 0 });
    await take(looked);
    expect((await owner.list()).contacts).toEqual(before);
    expect((await actsOf(desk.harbour)).filter((act) => act.startsWith("contacts."))).toEqual(["contacts.exported", "contacts.imported"]);
  });

  it("taken away, everybody erased, and read again, leaves every stop where it was", async () => {
    for (let index = 10; index < 30; index += 1) await owner.add({ name: `Person ${index}`, phone: `21255501${index}`, email: index % 2 === 0 ? `p${index}@example.com` : null });
    for (const index of [11, 12, 17, 20]) await saysStop(keeper, phoneAt(`+121255501${index}`), index % 2 === 0 ? [emailAt(`p${index}@example.com`)] : []);
    const text = await exported();
    for (const { id, version } of (await owner.list()).contacts) await owner.call("POST", `/contacts/${id}/erase`, { version });
    expect((await owner.list()).contacts).toEqual([]);
    expect(await rowsOf(desk.harbour, "SELECT * FROM consent_evidence WHERE shop_id = ?1")).toEqual([]);
    for (const file of [text, text.replaceAll(/,yes/g, ",no")]) await take(await look(file));
    const { contacts } = await owner.list({ consent: "opted_out" });
    expect(contacts.map(({ name, consent }) => [name, consent.text?.isLocked, consent.email?.isLocked])).toEqual([
      ["Person 11", true, undefined], ["Person 12", true, true], ["Person 17", true, undefined], ["Person 20", true, true],
    ]);
    expect((await owner.list({ consent: "none" })).contacts).toHaveLength(16);
  });
});
