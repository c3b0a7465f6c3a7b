/** One document is asked for by its id, by whoever may see it and by nobody else. */
import { beforeEach, expect, it } from "vitest";
import { bytesOf, openDrawer, pdfOf, type Drawer, type Hand } from "./drawer";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

const ask = async (hand: Hand, id: string) => {
  const response = await hand.send("GET", `/documents/${id}`);
  return { status: response.status, body: await response.text() };
};

it("is as the list shows it, for every role", async () => {
  const document = await owner.file(pdfOf("a kettle"));
  const [listed] = (await owner.list()).documents;
  expect(await owner.call("GET", `/documents/${document.id}`)).toEqual({ document: listed });
  const viewer = await drawer.someone(drawer.harbour, "viewer");
  expect((await ask(viewer, document.id)).status).toBe(200);
});

it("does not exist for another shop, nor for a role that sees no figures where it is about a day", async () => {
  const figures = await owner.file(bytesOf("takings,1\n"), { name: "day.csv", subjectKind: "day", subject: "2026-07-14" });
  const sales = await drawer.someone(drawer.harbour, "sales");
  const neighbour = await drawer.someone(drawer.lantern, "owner");
  const nothing = await ask(owner, "a".repeat(26));
  expect([await ask(sales, figures.id), await ask(neighbour, figures.id)]).toEqual([nothing, nothing]);
  expect(nothing.status).toBe(404);
});
