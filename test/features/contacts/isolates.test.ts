/** Another shop's contacts do not exist; lists cost what they show, also in a shop that knows ten thousand people. */
import { beforeEach, describe, expect, it } from "vitest";
import { foundBy } from "../../../src/features/contacts/rules";
import { contactOf, contactsOf } from "../../../src/features/contacts/service";
import { contactsWritten } from "../../../src/features/contacts/store";
import { viewContacts } from "../../../src/features/contacts/look";
import { subjectsOf, type Keeper } from "../../../src/features/contacts/keep";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import { countedBindings } from "../../support/counting";
import { barredAt, bareDesk, keeperAt, openDesk, phoneAt, rowsOf, said, saysStop, type Desk, type Hand } from "./desk";

const everything = async (desk: Desk) => (
  await Promise.all(["contact", "consent", "standing", "contact_import", "audit"].map(async (table) => JSON.stringify(await rowsOf(desk.harbour, `SELECT * FROM ${table} WHERE shop_id = ?1`))))
);

describe("another shop's contact", () => {
  let desk: Desk;
  let ours: Hand;
  let theirs: Hand;

  beforeEach(async () => {
    desk = await openDesk();
    ours = await desk.someone(desk.harbour, "owner");
    theirs = await desk.someone(desk.lantern, "owner");
  });

  it("is as absent as one that never was, on every address, and stays as it is", async () => {
    const rosa = await ours.add({ name: "Rosa", phone: "2125550101" });
    const file = await ours.sendRaw("/contacts/imports", "Phone\n2125550102\n");
    const { import: { id: importId } } = await file.json<{ import: { id: string } }>();
    const own = await theirs.add({ name: "Own", phone: "2125550109" });
    const before = await everything(desk);
    const acts: readonly ((id: string) => Promise<Response>)[] = [
      async (id) => await theirs.send("GET", `/contacts/${id}`),
      async (id) => await theirs.send("PUT", `/contacts/${id}`, { ...said({ name: "Mine", phone: "2125550101" }), version: 1 }),
      async (id) => await theirs.send("POST", `/contacts/${id}/merge`, { from: own.id, fromVersion: 1, version: 1 }),
      async (id) => await theirs.send("POST", `/contacts/${own.id}/merge`, { from: id, fromVersion: 1, version: 1 }),
      async (id) => await theirs.send("POST", `/contacts/${id}/erase`, { version: 1 }),
    ];
    for (const act of acts) {
      const [told, absent] = [await act(rosa.id), await act("z".repeat(26))];
      expect([told.status, await told.text()]).toEqual([404, await absent.text()]);
    }
    for (const path of ["step", "drop"]) expect((await theirs.send("POST", `/contacts/imports/${importId}/${path}`, {})).status).toBe(404);
    expect(await everything(desk)).toEqual(before);
    expect(await theirs.names()).toEqual(["Own"]);
    expect(await (await theirs.send("GET", "/contacts/export")).text()).not.toContain("Rosa");
  });

  it("has the same number as one of ours, and what they said there is nothing to us", async () => {
    await theirs.add({ name: "Their Rosa", phone: "2125550101" });
    await saysStop(keeperAt(desk, desk.lantern), phoneAt("+12125550101"));
    expect((await ours.add({ name: "Our Rosa", phone: "2125550101" })).consent.text).toMatchObject({ state: "none", isLocked: false });
    expect(await barredAt(keeperAt(desk, desk.harbour), [phoneAt("+12125550101")])).toEqual([null]);
    expect(await contactOf(keeperAt(desk, desk.harbour).db, phoneAt("+12125550101"))).toMatchObject({ name: "Our Rosa" });
  });
});

const MANY = 10_000;

/** A shop that knows ten thousand people, every tenth by one tag. */
async function crowd(keeper: Keeper): Promise<void> {
  const people = await Promise.all(Array.from({ length: MANY }, async (_, index) => {
    const one = { name: `Person ${String(index).padStart(5, "0")}`, phone: `+1212${String(5_000_000 + index)}`, email: null, zone: null, note: "", tags: index % 10 === 0 ? ["regular"] : [] };
    return { id: newId<ContactId>(systemRandom), ...one, ...await subjectsOf(keeper, one), ...foundBy(one), former: [], version: 1, createdBy: "daybook" as const, createdAt: index, changedAt: index };
  }));
  for (let at = 0; at < MANY; at += 500) await keeper.db.orm.batch([contactsWritten(keeper.db, people.slice(at, at + 500))]);
}

describe("what contacts cost at the database", () => {
  it("is what a page shows, wherever it is; a search and a filter read each contact once", async () => {
    const desk = bareDesk();
    await crowd(keeperAt(desk, desk.shop));
    const { env, cost } = countedBindings(desk.env);
    const db = openShopDb(env, desk.shop.id, desk.shop.shard);
    const visit = { db, role: "owner" } as unknown as Parameters<typeof viewContacts>[0];
    const readBy = async <T>(act: () => Promise<T>): Promise<readonly [number, number, T]> => {
      const [rows, trips] = [cost.rowsRead, cost.trips];
      const value = await act();
      return [cost.rowsRead - rows, cost.trips - trips, value];
    };
    const [first, trips, page] = await readBy(async () => await viewContacts(visit, {}));
    expect([page.contacts.length, page.contacts[0]?.name, trips]).toEqual([50, "Person 00000", 1]);
    expect(first).toBeLessThan(400);
    let cursor = page.next;
    let costliest = 0;
    for (let pages = 0; pages < 40 && cursor !== null; pages += 1) {
      const after: string = cursor;
      const [rows, , next] = await readBy(async () => await viewContacts(visit, { after }));
      costliest = Math.max(costliest, rows);
      cursor = next.next;
    }
    expect(costliest).toBeLessThan(400);
    const [searching, , found] = await readBy(async () => await viewContacts(visit, { search: "person 09999" }));
    expect(found.contacts).toHaveLength(1);
    expect(searching).toBeLessThan(3 * MANY);
    const [filtering, , out] = await readBy(async () => await viewContacts(visit, { consent: "opted_out" }));
    expect(out.contacts).toEqual([]);
    expect(filtering).toBeLessThan(6 * MANY);
    const [knowing] = await readBy(async () => await contactOf(db, phoneAt("+12125001234")));
    expect(knowing).toBeLessThan(5);
    const [listing, , people] = await readBy(async () => await contactsOf(db, { tags: ["regular"], contactIds: [] }, "", 100));
    expect(people).toHaveLength(100);
    expect(listing).toBeLessThan(6_000);
  });
});
