/** Another shop's documents do not exist; lists find what they should and nothing else, in one round trip. */
import { beforeEach, describe, expect, it } from "vitest";
import type { DocumentItem, DocumentsView } from "../../../src/features/documents/contract";
import type { Bindings } from "../../../src/platform/env";
import { countedBindings } from "../../support/counting";
import { inventoryOf, openDrawer, pdfOf, type Drawer, type Hand } from "./drawer";
import { smallPicture } from "./pictures";

let drawer: Drawer;
let ours: Hand;
let theirs: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  ours = await drawer.someone(drawer.harbour, "owner");
  theirs = await drawer.someone(drawer.lantern, "owner");
});

const SAID = { kind: "other", subjectKind: "shop", subject: "", title: "Mine now", tags: [], issuedOn: null, expiresOn: null };

describe("another shop's document", () => {
  it("is as absent as one that never was, on every address, and stays as it is", async () => {
    const document = await ours.file(pdfOf("ours"));
    const before = await inventoryOf(drawer.harbour);
    const acts: readonly ((id: string) => Promise<Response>)[] = [
      async (id) => await theirs.send("PUT", `/documents/${id}`, { ...SAID, changedAt: document.changedAt }),
      async (id) => await theirs.sendRaw("PUT", `/documents/${id}/file?name=x.pdf&version=1`, pdfOf("theirs")),
      async (id) => await theirs.sendRaw("PUT", `/documents/${id}/thumbnail?version=1`, smallPicture()),
      async (id) => await theirs.send("POST", `/documents/${id}/remove`, {}),
    ];
    for (const act of acts) {
      const [told, absent] = [await act(document.id), await act("z".repeat(26))];
      expect([told.status, await told.text()]).toEqual([404, await absent.text()]);
    }
    expect(await inventoryOf(drawer.harbour)).toEqual(before);
    expect((await theirs.list()).documents).toEqual([]);
    expect(await inventoryOf(drawer.lantern)).toMatchObject({ documents: [], held: [], strays: [], lines: [] });
  });

  it("does not come up in a search, nor by a key that both shops use", async () => {
    const key = "k".repeat(26);
    const [one, other] = [await ours.file(pdfOf("ours"), { key, title: "Same words" }), await theirs.file(pdfOf("theirs"), { key, title: "Same words" })];
    expect(one.id).not.toBe(other.id);
    expect((await theirs.list({ search: "same" })).documents.map(({ id }) => id)).toEqual([other.id]);
    expect((await inventoryOf(drawer.harbour)).held.every((name) => name.startsWith(`${drawer.harbour.id}/${one.id}/`))).toBe(true);
  });
});

describe("a list", () => {
  it("comes by pages, newest first, each document once, also where they were filed in one instant", async () => {
    const filed: DocumentItem[] = [];
    for (let index = 0; index < 104; index += 1) {
      if (index % 40 === 0) drawer.pass(1_000);
      filed.push(await ours.file(pdfOf(String(index)), { title: `Number ${index}` }));
    }
    const seen: string[] = [];
    let view: DocumentsView = await ours.list();
    for (;;) {
      seen.push(...view.documents.map(({ id }) => id));
      if (view.next === null) break;
      view = await ours.list({ after: view.next });
    }
    expect(seen).toHaveLength(104);
    expect(new Set(seen)).toEqual(new Set(filed.map(({ id }) => id)));
    expect((await ours.list({ after: `0.${"a".repeat(26)}` })).documents).toEqual([]);
    expect((await ours.send("GET", "/documents?after=1.x%27--")).status).toBe(400);
  });

  it("is narrowed by kind, subject and expiry, together with words", async () => {
    const kettle = await ours.file(pdfOf("kettle"), { title: "Kettle", subjectKind: "product", subject: "SN-1", kind: "warranty" });
    drawer.pass(1_000);
    await ours.file(pdfOf("pot"), { title: "Pot", subjectKind: "product", subject: "SN-2" });
    await ours.call("PUT", `/documents/${kettle.id}`, { ...SAID, kind: "warranty", subjectKind: "product", subject: "SN-1", title: "Kettle", expiresOn: "2026-08-01", changedAt: kettle.changedAt });
    const titles = async (query: Readonly<Record<string, string>>) => (await ours.list(query)).documents.map(({ title }) => title);
    expect(await titles({ kind: "warranty" })).toEqual(["Kettle"]);
    expect(await titles({ subjectKind: "product", subject: "SN-2" })).toEqual(["Pot"]);
    expect(await titles({ subjectKind: "product" })).toEqual(["Pot", "Kettle"]);
    expect([await titles({ expiresBy: "2026-08-01" }), await titles({ expiresBy: "2026-07-31" })]).toEqual([["Kettle"], []]);
    expect([await titles({ kind: "warranty", search: "pot" }), await titles({ search: "sn-1 kettle" })]).toEqual([[], ["Kettle"]]);
  });
});

describe("what documents cost at the database", () => {
  it("is one round trip to list, and few to file, replace, describe and remove", async () => {
    let cost = { trips: 0 };
    const counted = await openDrawer((env: Bindings) => {
      const counting = countedBindings(env);
      const shardOne = countedBindings({ ...counting.env, SHARD_0: env.SHARD_1 });
      cost = { get trips() { return counting.cost.trips + shardOne.cost.trips; } };
      return { ...counting.env, SHARD_1: shardOne.env.SHARD_0 };
    });
    const hand = await counted.someone(counted.harbour, "owner");
    const tripsOf = async <T>(act: () => Promise<T>): Promise<readonly [number, T]> => {
      const before = cost.trips;
      const value = await act();
      return [cost.trips - before, value];
    };
    const [filing, document] = await tripsOf(async () => await hand.file(pdfOf("one")));
    const [listing] = await tripsOf(async () => await hand.list({ search: "one two three", kind: "other" }));
    const [replacing, newer] = await tripsOf(async () => await hand.refile(pdfOf("two"), document.id, 1));
    const [describing] = await tripsOf(async () => await hand.call("PUT", `/documents/${document.id}`, { ...SAID, changedAt: newer.changedAt }));
    const [removing] = await tripsOf(async () => await hand.call("POST", `/documents/${document.id}/remove`, {}));
    expect({ listing, filing, replacing, describing, removing }).toEqual({ listing: 1, filing: 4, replacing: 9, describing: 3, removing: 5 });
  });
});
