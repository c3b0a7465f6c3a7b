import { describe, expect, test } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import type { Stored } from "../../../src/providers/quickbooks/simulator";
import { entry, line, type World } from "./caller";
import { anOrder, BAKERY, CAFE, DATE, givenBooks, valueOf } from "./given";

describe("its memory", () => {
  test("comes back whole from a snapshot, and from the single changes that it announced", async () => {
    const changes = new Map<string, Stored>();
    const world = givenBooks({ onChange: (stored) => changes.set(`${stored.kind}/${stored.key}`, structuredClone(stored)) });
    const { tokens } = await world.connect();
    const access = world.accessTo(CAFE, tokens);
    const kept = valueOf(await quickbooks.createEntry(access, anOrder()));
    const gone = valueOf(await quickbooks.createEntry(access, anOrder({ requestId: "request-2", documentNumber: "X" })));
    world.control.deleteEntry(CAFE, gone.id);
    world.control.setAccountActive(CAFE, "20", false);
    const asText = (stored: Iterable<Stored>) => JSON.parse(JSON.stringify([...stored])) as Stored[];
    for (const restore of [asText(world.control.snapshot()), asText(changes.values()).toReversed()]) {
      const again = givenBooks({ restore });
      const reopened = again.accessTo(CAFE, tokens);
      expect(again.control.snapshot()).toEqual(expect.arrayContaining(world.control.snapshot()));
      expect(valueOf(await quickbooks.findEntry(reopened, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(kept);
      expect(valueOf(await quickbooks.createEntry(reopened, anOrder()))).toEqual(kept);
      expect(valueOf(await quickbooks.createEntry(reopened, anOrder({ requestId: "request-2" })))).toEqual(gone);
      expect(again.control.entries(CAFE)).toHaveLength(1);
      expect(again.control.accounts(CAFE)).toEqual(world.control.accounts(CAFE));
      expect(again.control.issuedSecrets()).toEqual(expect.arrayContaining([tokens.accessToken, tokens.refreshToken]));
    }
  });

  test("finds by number and by request without reading everything: 200 entries among 5,000", async () => {
    const world = givenBooks();
    const Line = Array.from({ length: 12 }, () => [line("Debit", "6", 1), line("Credit", "20", 1)]).flat();
    for (let i = 0; i < 5_000; i += 1) world.control.addEntry(CAFE, entry({ DocNumber: `OLD-${i}`, Line }));
    const access = await world.open();
    for (let i = 0; i < 200; i += 1) {
      const order = anOrder({ documentNumber: `NEW-${i}`, requestId: `r-${i}` });
      expect(valueOf(await quickbooks.findEntry(access, order.documentNumber, DATE, "journal"))).toBeNull();
      const created = valueOf(await quickbooks.createEntry(access, order));
      expect(valueOf(await quickbooks.readEntry(access, created.id, "journal"))).toEqual(created);
    }
    expect(world.control.entries(CAFE)).toHaveLength(5_200);
  }, 30_000);
});

describe("its pages for people", () => {
  const page = async (world: World, path: string) => {
    const response = await world.transport(new Request(`http://quickbooks.localhost:8787${path}`, { headers: { accept: "text/html" } }));
    return { status: response.status, text: await response.text() };
  };

  test("show an entry under the address that the manifest gives, with hostile text as text", async () => {
    const world = givenBooks();
    const access = await world.open(BAKERY);
    const created = valueOf(await quickbooks.createEntry(access, anOrder({ memo: "<script>alert(1)</script>" })));
    const url = new URL(quickbooks.manifest.entryUrl?.(BAKERY, created.id) ?? "");
    const { status, text } = await page(world, url.pathname + url.search);
    expect(status).toBe(200);
    expect(text).toContain("Linnet Bakery");
    expect(text).toContain("DB-HAR-260105-S1");
    expect(text).toContain("12.50");
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script>");
    expect((await page(world, `/app/journals?deeplinkcompanyid=${BAKERY}`)).text).toContain("DB-HAR-260105-S1");
    expect((await page(world, `/app/journals?deeplinkcompanyid=${CAFE}`)).text).not.toContain("DB-HAR-260105-S1");
    expect((await page(world, "/app/journal?txnId=777")).status).toBe(404);
  });

  test("make an account inactive and active again at the press of a button", async () => {
    const world = givenBooks();
    const press = async (active: string) => await world.transport(new Request("http://quickbooks.localhost:8787/app/chartofaccounts/active", {
      method: "POST", redirect: "manual", body: new URLSearchParams({ company: CAFE, account: "20", active }),
    }));
    const isActive = () => world.control.accounts(CAFE).find(({ Id }) => Id === "20")?.Active;
    expect((await press("false")).headers.get("location")).toBe(`../chartofaccounts?deeplinkcompanyid=${CAFE}`);
    expect(isActive()).toBe(false);
    expect((await page(world, `/app/chartofaccounts?deeplinkcompanyid=${CAFE}`)).text).toContain('aria-label="Make active: Coffee Sales (deleted)"');
    await press("true");
    expect(isActive()).toBe(true);
  });
});
