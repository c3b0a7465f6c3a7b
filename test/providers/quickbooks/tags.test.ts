import { describe, expect, test } from "vitest";
import { entryOf, type Tag } from "../../../src/ledger/entry";
import { compareEntries } from "../../../src/ledger/fingerprint";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { anOrder, CAFE, failureOf, givenBooks, valueOf } from "./given";

const CLASSES = [{ Id: "1", Name: "Bar", Active: true }, { Id: "2", Name: "Kitchen", Active: false }];
const DEPARTMENTS = [{ Id: "7", Name: "Pier", Active: true }];
const BAR: Tag = { dimension: "class", option: "1", name: "Bar" };
const KITCHEN: Tag = { dimension: "class", option: "2", name: "Kitchen" };
const PIER: Tag = { dimension: "location", option: "7", name: "Pier" };

function givenTracking() {
  const books = givenBooks();
  books.control.setCompany(CAFE, { tracksClasses: true, tracksDepartments: true, classes: CLASSES, departments: DEPARTMENTS });
  return books;
}

function tagged(...tags: Tag[]) {
  const order = anOrder();
  const [debit, credit] = order.entry.lines;
  if (debit === undefined || credit === undefined) throw new Error("an order has two lines");
  return { ...order, entry: entryOf("USD", [debit, { ...credit, tags }]) };
}

describe("classes and locations", () => {
  test("are none where the company does not track them, and are not even asked for", async () => {
    const { open, control } = givenBooks();
    expect(valueOf(await quickbooks.dimensions(await open()))).toEqual([]);
    expect(control.calls({ path: "/query" })).toHaveLength(0);
  });

  test("are read with the inactive ones under their own names", async () => {
    const { open } = givenTracking();
    expect(valueOf(await quickbooks.dimensions(await open()))).toEqual([
      { id: "class", name: "Class", options: [{ id: "1", name: "Bar", isActive: true }, { id: "2", name: "Kitchen", isActive: false }] },
      { id: "location", name: "Location", options: [{ id: "7", name: "Pier", isActive: true }] },
    ]);
  });

  test("stand on the line that carries them, and are read back to the letter", async () => {
    const { open, control } = givenTracking();
    const access = await open();
    const order = tagged(BAR, PIER);
    const booked = valueOf(await quickbooks.createEntry(access, order));
    expect(control.entries(CAFE)[0]?.Line[1]?.JournalEntryLineDetail).toMatchObject({ ClassRef: { value: "1" }, DepartmentRef: { value: "7" } });
    expect(control.entries(CAFE)[0]?.Line[0]?.JournalEntryLineDetail).not.toHaveProperty("ClassRef");
    expect(booked.lines.map(({ tags }) => tags)).toEqual([[], [{ dimension: "class", option: "1" }, { dimension: "location", option: "7" }]]);
    expect(compareEntries(order.entry, valueOf(await quickbooks.readEntry(access, booked.id, "journal")).lines)).toBeNull();
  });

  test("that were taken off a line by a person are a difference", async () => {
    const { open, control } = givenTracking();
    const access = await open();
    const order = tagged(BAR);
    const { id } = valueOf(await quickbooks.createEntry(access, order));
    const Line = control.entries(CAFE)[0]?.Line.map((line) => ({ ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, ClassRef: undefined } }));
    expect(control.editEntry(CAFE, id, { Line }).ok).toBe(true);
    expect(compareEntries(order.entry, valueOf(await quickbooks.readEntry(access, id, "journal")).lines)).toContain('with "Bar"');
  });
});

describe("a class or location that the books refuse", () => {
  test("because it is inactive, gone, or no longer tracked, is named", async () => {
    const { open, control } = givenTracking();
    const access = await open();
    const refused = async (...tags: Tag[]) => failureOf(await quickbooks.createEntry(access, tagged(...tags)));
    expect(await refused(KITCHEN, PIER)).toMatchObject({ kind: "tag_inactive", tags: [KITCHEN], answer: { code: "610" } });
    expect(await refused({ ...BAR, option: "99" })).toMatchObject({ kind: "tag_inactive", tags: [{ option: "99" }], answer: { code: "2500" } });
    control.setCompany(CAFE, { tracksClasses: false });
    expect(await refused(BAR, PIER)).toMatchObject({ kind: "tag_inactive", tags: [BAR], answer: { code: "5030" } });
    expect(control.entries(CAFE)).toHaveLength(0);
  });

  test("stays unnamed where the lists cannot be read, and is never taken for an account", async () => {
    const { open, control } = givenTracking();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/preferences" });
    expect(failureOf(await quickbooks.createEntry(access, tagged(KITCHEN)))).toMatchObject({ kind: "account_inactive", accountIds: [] });
    control.setAccountActive(CAFE, "20", false);
    expect(failureOf(await quickbooks.createEntry(access, tagged(KITCHEN)))).toMatchObject({ kind: "account_inactive", accountIds: ["20"] });
  });
});
