/** Owners are reminded of what expires: a month before, a week before, on the day; each once, whatever becomes of a letter. */
import { beforeEach, describe, expect, it } from "vitest";
import { expiringOn } from "../../../src/features/certificates/service";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { openShopDb, type ShopDb } from "../../../src/platform/database";
import type { Hand } from "../documents/drawer";
import { deskOf, openOffice, type Desk } from "./desk";

const date = (text: string) => text as BusinessDate;

let hand: Hand;
let owner: Desk;
let db: ShopDb;

beforeEach(async () => {
  const office = await openOffice();
  hand = await office.someone(office.harbour, "owner");
  owner = deskOf(hand);
  db = openShopDb(office.env, office.harbour.id, office.harbour.shard);
});

/** A document of the shop's with its last day. */
async function file(title: string, expiresOn: string): Promise<void> {
  const { id, changedAt } = await hand.file(new TextEncoder().encode("%PDF-1.7\n%%EOF\n"), { name: `${title}.pdf` });
  await hand.call("PUT", `/documents/${id}`, { kind: "warranty", subjectKind: "shop", subject: "", title, tags: [], issuedOn: null, expiresOn, changedAt });
}

/** On which dates something is told, where a letter is written on each of them. */
async function told(dates: readonly BusinessDate[]): Promise<readonly (readonly [string, readonly string[]])[]> {
  const all: [string, string[]][] = [];
  let since: BusinessDate | null = null;
  for (const day of dates) {
    const { first } = await expiringOn(db, day, since);
    if (first.length > 0) all.push([day, first.map(({ title }) => title)]);
    since = day;
  }
  return all;
}

const daily = Array.from({ length: 60 }, (_, index) => addDays(date("2026-07-01"), index));

describe("what expires", () => {
  it("is told thirty days before, seven days before and on the day, and never again", async () => {
    await file("Lease", "2026-08-20");
    const { number } = await owner.issue(await owner.template({ validMonths: 1 }), { issuedOn: "2026-07-22" });
    expect(await told(daily)).toEqual([
      ["2026-07-21", ["Lease"]], ["2026-07-23", [`Warranty Certificate ${number}`]], ["2026-08-13", ["Lease"]], ["2026-08-15", [`Warranty Certificate ${number}`]],
      ["2026-08-20", ["Lease"]], ["2026-08-22", [`Warranty Certificate ${number}`]],
    ]);
  });

  it("on a day without a letter is told in the next one, but not after two weeks", async () => {
    await file("Lease", "2026-08-20");
    expect(await told([date("2026-07-19"), date("2026-07-24")])).toEqual([["2026-07-24", ["Lease"]]]);
    expect(await told([date("2026-07-19"), date("2026-08-09")])).toEqual([]);
    expect(await told([date("2026-07-21")])).toEqual([["2026-07-21", ["Lease"]]]);
    expect(await told([date("2026-07-22")])).toEqual([]);
  });

  it("and was revoked is not told of", async () => {
    const { number } = await owner.issue(await owner.template({ validMonths: 1 }), { issuedOn: "2026-07-22" });
    await owner.revoke(number, "Returned");
    expect(await told(daily)).toEqual([]);
  });

  it("is counted, and five are named, the first to expire first", async () => {
    for (let index = 9; index >= 0; index -= 1) await file(`Paper ${index}`, index < 5 ? "2026-08-14" : "2026-08-13");
    const { count, first } = await expiringOn(db, date("2026-07-15"), date("2026-07-12"));
    expect([count, first.map(({ title }) => title)]).toEqual([10, ["Paper 5", "Paper 6", "Paper 7", "Paper 8", "Paper 9"]]);
  });
});
