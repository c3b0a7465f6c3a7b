/** After everything that can happen to two shops, nothing is left anywhere of a sale, a customer, a card or a token. */
import { beforeAll, describe, expect, it } from "vitest";
import { runInDurableObject, listDurableObjectIds } from "cloudflare:test";
import { env as runtime } from "cloudflare:workers";
import type { SalesDay } from "../../src/ledger/sales-day";
import { books, post, texting, tills } from "../../src/providers/registry";
import { isAllowed } from "../../src/providers/send";
import { lanePlaces, openPlaces, search, textsIn, type Place } from "./town/evidence";
import { HARBOUR, LANTERN } from "./town/plan";
import { secretsOf, type Secrets } from "./town/secrets";
import { liveThrough } from "./town/story";
import { IN_THE_CLEAR, SEALED } from "./town/documents";
import { openTown, type Town } from "./town/town";

let town: Town;
let secrets: Secrets;
let places: Place[];
let lanes: Place[];

beforeAll(async () => {
  town = await openTown();
  await liveThrough(town);
  secrets = secretsOf(town);
  places = await openPlaces(town);
  lanes = await lanePlaces();
}, 120_000);

async function countOf(sql: string): Promise<number> {
  return (await town.env.SHARD_0.prepare(sql).first<number>("n")) ?? 0;
}

/** Calls to an address, by part of its path and of its body. */
function callsTo(path: string, body = ""): number {
  return town.calls.filter((call) => call.path.includes(path) && call.body.includes(body)).length;
}

describe("the run", () => {
  it.each(["posted", "held", "failed", "changed"])("left a day %s", async (state) => {
    expect(await countOf(`SELECT count(*) AS n FROM day WHERE state = '${state}'`)).toBeGreaterThan(0);
  });

  it("posted for both shops, doubted, was refused, and gave up", async () => {
    expect(await countOf("SELECT count(DISTINCT shop_id) AS n FROM entry")).toBe(2);
    const events = town.logs.map((line) => JSON.parse(line) as { readonly event: string; readonly state?: string });
    expect(events.some(({ state }) => state === "uncertain")).toBe(true);
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(["queue.given_up", "queue.malformed", "lane.dead", "planner.planned"]));
  });

  it("connected, renewed and revoked at both providers", () => {
    expect(callsTo("/oauth2/token", "authorization_code")).toBe(4);
    expect(callsTo("/tokens/bearer", "authorization_code")).toBe(2);
    expect(callsTo("/oauth2/token", "refresh_token")).toBeGreaterThan(2);
    expect(callsTo("/tokens/bearer", "refresh_token")).toBeGreaterThan(5);
    expect(callsTo("/tokens/revoke")).toBeGreaterThan(1);
  });

  it("brought hundreds of sales, customers with names, cards and tokens past us", () => {
    const counts = Object.fromEntries(Object.entries(secrets.words).map(([kind, values]) => [kind, values.size]));
    expect(counts["sales"]).toBeGreaterThan(1_000);
    expect(counts["people"]).toBeGreaterThan(5);
    expect(counts["tokens"]).toBeGreaterThan(20);
    expect(counts["codes"]).toBeGreaterThan(4);
    expect(counts["proofs"]).toBeGreaterThan(15);
    expect(secrets.cardDigits.size).toBeGreaterThan(100);
    expect(secrets.words["sales"]).toContain("LQUIXOTIC_20300713_late");
    expect(secrets.words["people"]).toContain("Holder late");
    expect([...(secrets.words["people"] ?? [])]).toEqual(expect.arrayContaining(["Loan to Quillon Vance", "Drawer of Odalys Finch"]));
    expect([...(secrets.words["sales"] ?? [])]).toEqual(expect.arrayContaining(["DRAWEREVENT-0", "7783329999991234"]));
  });
});

describe("the search", () => {
  it("covers every table of every database, queue bodies, logs and answers", () => {
    const names = new Set(places.map(({ name }) => name.split(".").slice(0, 2).join(".")));
    for (const table of ["session", "site_session", "person", "credential"]) expect([...names]).toContain(`DIRECTORY.${table}`);
    for (const table of ["connection", "location", "chart", "mapping", "day", "entry", "audit", "once", "backfill_day"]) expect([...names]).toContain(`SHARD_0.${table}`);
    expect([...names]).toEqual(expect.arrayContaining(["queue", "logs", "answers"]));
    expect(lanes).toHaveLength(4);
  });

  it.each(["tokens", "codes", "sales", "people", "proofs", "ours"])("would find one of the %s, wherever it lay", (kind) => {
    const [one = ""] = secrets.words[kind] ?? [];
    const planted = { name: "SHARD_0.once.answer", texts: textsIn({ answer: JSON.stringify({ deep: [{ inner: JSON.stringify([`before ${one} after`]) }] }) }) };
    expect(search([planted], secrets)).toContainEqual({ place: planted.name, kind, found: one });
  });

  it("would find a card's last digits in a sentence or as a value, and takes no date, amount or hash for them", () => {
    for (const text of ["8317", "paid by VISA 8317", "ends in: 8317.", "VISA 8317, again", "****8317", "xxxx-8317"]) {
      expect(search([{ name: "logs", texts: [text] }], secrets)).toEqual([{ place: "logs", kind: "card digits", found: "8317" }]);
    }
    expect(search([{ name: "logs", texts: ["8317-01-02", "a8317b", "$8317.00", "1,8317"] }], secrets)).toEqual([]);
  });
});

describe("after everything", () => {
  it("what left the drawer, what its count found and the card given away are totals of a posted day", async () => {
    const rows = await town.env.SHARD_0.prepare("SELECT state, totals FROM day WHERE totals LIKE '%\"paidOuts\":[{%'").all<{ state: string; totals: string }>();
    const [day] = rows.results.map(({ state, totals }) => ({ state, ...(JSON.parse(totals) as SalesDay) }));
    expect(day).toMatchObject({ paidOuts: [{ minor: 1_000 }, { minor: 1_002 }, { minor: 1_001 }], giftCards: { promotionalMinor: 2_500 } });
    expect(day?.cashOverShortMinor).not.toBe(0);
    expect(day?.state).toMatch(/^(?:posted|final)$/);
  });

  it("no table, bucket, queue body, log line or answer holds a token, a code, a sale, a person, a card or a secret of ours", () => {
    // A browser is given its own tickets and codes: that is what they are for.
    const isGivenOut = ({ place, kind }: { readonly place: string; readonly kind: string }): boolean => place === "answers" && kind === "proofs";
    expect(search(places, secrets).filter((find) => !isGivenOut(find))).toEqual([]);
  });

  it("what stands in a document stands in its bucket alone, and there only where it is not sealed", () => {
    const holding = (text: string) => places.filter(({ texts }) => texts.some((one) => one.includes(text))).map(({ name }) => name);
    expect([holding(IN_THE_CLEAR), holding(SEALED)]).toEqual([["DOCUMENTS"], []]);
  });

  it("no lane holds any of them in the clear", () => {
    expect(search(lanes, secrets)).toEqual([]);
  });

  it("sealed tokens stand in the lanes and nowhere else; the shops' wrapped keys, a line's credentials, and what is personal on the queue are all else that is sealed", async () => {
    const sealed = (await Promise.all((await listDurableObjectIds(runtime.LANE)).map(async (id) => await runInDurableObject(runtime.LANE.get(id), (_lane, state) => (
      ["held", "farewell"].flatMap((table) => state.storage.sql.exec<{ sealed: string }>(`SELECT sealed FROM ${table}`).toArray())
    ))))).flat().map((row) => row.sealed);
    expect(sealed.length).toBeGreaterThan(2);
    expect(search(places, { words: { sealed: new Set(sealed) }, cardDigits: new Set() })).toEqual([]);
    const withSealed = places.filter(({ texts }) => texts.some((text) => /\bv1\.[a-z2-7]{10}\.|\bv1\.k1\./.test(text))).map(({ name }) => name);
    expect(new Set(withSealed)).toEqual(new Set(["SHARD_0.shop_key.wrapped", "SHARD_0.text_line.sealed_credentials", "queue"]));
  });
});

describe("over the whole run", () => {
  it("nothing left but what the providers' manifests and the post's reach allow", () => {
    const reaches = [...[...Object.values(tills), ...Object.values(books)].map(({ manifest }) => manifest), post.reach, texting.reach];
    const strays = town.calls.filter(({ method, host, path }) => !reaches.some((reach) => isAllowed(reach, method, new URL(`https://${host}${path}`))));
    expect(strays).toEqual([]);
    expect(town.calls.length).toBeGreaterThan(300);
  });

  it("the till was read only: beside OAuth every call was one of the manifest's questions", () => {
    const asked = new Set(town.calls.filter(({ host }) => host === "connect.squareup.com").map(({ method, path }) => `${method} ${path.replace(/(?<=refunds\/).+/, ":id").replace(/(?<=payouts\/)[^/]+/, ":id").replace(/(?<=shifts\/)[^/]+/, ":id")}`));
    const questions = ["POST /oauth2/token", "POST /oauth2/revoke", "GET /v2/merchants/me", "GET /v2/locations", "GET /v2/payments", "GET /v2/refunds", "GET /v2/refunds/:id", "GET /v2/payouts", "GET /v2/payouts/:id/payout-entries", "GET /v2/cash-drawers/shifts", "GET /v2/cash-drawers/shifts/:id/events", "GET /v2/gift-cards/activities", "POST /v2/orders/search", "POST /v2/orders/batch-retrieve", "POST /v2/catalog/batch-retrieve"];
    expect([...asked].filter((call) => !questions.includes(call))).toEqual([]);
    expect(asked).toContain("POST /v2/orders/search");
  });

  it("the books were only added to: no entry was changed or deleted, and every one is on record here", async () => {
    const writes = town.calls.filter(({ method, path }) => method === "POST" && path.includes("/company/"));
    expect(writes.filter(({ query, body }) => /operation=/.test(query) || /"(?:Id|SyncToken|sparse)":/.test(body))).toEqual([]);
    expect(new Set(writes.map(({ path }) => path.split("/").at(-1)))).toEqual(new Set(["journalentry", "account"]));
    const entries = [HARBOUR, LANTERN].flatMap(({ realm }) => town.quickbooks.control.entries(realm));
    expect(entries.filter(({ SyncToken }) => SyncToken !== "0")).toEqual([]);
    // Some days stand in the journal that Daybook keeps itself, and not at QuickBooks.
    const ours = "(SELECT count(*) FROM entry) + (SELECT count(*) FROM payout_entry) - (SELECT count(*) FROM own_entry)";
    expect(entries).toHaveLength(await countOf(`SELECT ${ours} AS n`));
  });
});
