/** Stops that an organisation's shops share: off by default, one at all once switched on, and lifted by nobody's switch. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { optIn, optOut, whileReachable, type Ledger } from "../../../src/features/consent/service";
import { createJobs } from "../../../src/jobs";
import type { ShopCard } from "../../../src/http/guard";
import type { Bindings } from "../../../src/platform/env";
import { createBrowser, createTestWorld, originOf, type TestWorld } from "../../support/app";
import { givenPerson, givenShop, signIn } from "../../support/people";
import { createQueue } from "../../support/queue";
import { givenBelonging, givenHqMember, givenOrganisation, organisationLog } from "../organisations/house";
import { booksOf, EMAIL, KIM, newDesk, PHONE, said, type Desk } from "./desk";

let groups = 0;

/** An organisation with two shops, a shop of nobody, the queue between them, and the owner's browser on its site. */
async function openGroup() {
  const world = createTestWorld();
  const name = `sharing-${(groups += 1)}`;
  const owner = await givenPerson(world, `Sharing Owner ${groups}`);
  const organisation = await givenOrganisation(world, name, owner);
  const [pier, cove, lone] = [await givenShop(world, `${name}-pier`, owner), await givenShop(world, `${name}-cove`, owner), await givenShop(world, `${name}-lone`, owner)];
  for (const shop of [pier, cove]) await givenBelonging(organisation, shop.id);
  const queue = createQueue(world.clock);
  const bindings = { ...env, ...queue.bindings } as Bindings;
  const desk = (shop: ShopCard): Desk => ({ ...newDesk(shop, world), env: bindings });
  const jobs = createJobs(world);
  const browser = createBrowser(world, bindings);
  await signIn(world, browser, owner);
  await browser.open(`${originOf(`hq-${name}`)}/enter/start`);
  const set = async (sharesOptOuts: boolean) => await browser.api("PUT", `${originOf(`hq-${name}`)}/api/opt-outs`, { body: { sharesOptOuts } });
  const settle = async () => {
    while (await queue.deliver(jobs.queue, bindings) > 0);
  };
  return { world, organisation, queue, jobs, bindings, browser, name, set, settle, pier: desk(pier), cove: desk(cove), lone: desk(lone), shops: { pier, cove, lone } };
}

const reached = async (ledger: Ledger) => (await whileReachable(ledger, KIM, async () => "sent")).barred === null;
const stop = async (desk: Desk & { readonly world: TestWorld }, reference = "SM1") => await optOut(desk, KIM, said(desk, "STOP", reference));

describe("stops of one organisation", () => {
  it("are each shop's own by default, and the page says from which day the rule asks otherwise", async () => {
    const { pier, cove, settle, queue, browser, name } = await openGroup();
    await stop(pier);
    expect(queue.waiting()).toEqual([]);
    await settle();
    expect([await reached(pier), await reached(cove)]).toEqual([false, true]);
    const view = await (await browser.api("GET", `${originOf(`hq-${name}`)}/api/opt-outs`)).json<{ readonly words: string }>();
    expect(view).toMatchObject({ sharesOptOuts: false });
    expect(view.words).toContain("31 January 2027");
  });

  it("count at every shop once that is switched on, those that stand included, and nowhere else", async () => {
    const { pier, cove, lone, set, settle, organisation } = await openGroup();
    await stop(pier);
    expect((await set(true)).status).toBe(200);
    await settle();
    expect([await reached(cove), await reached(lone)]).toEqual([false, true]);
    const { lines, evidence, actions } = await booksOf(cove);
    expect(lines.map(({ source, act, said_at: at }) => [source, act, at])).toEqual(Array.from({ length: 2 }, () => ["organisation", "opted_out", pier.world.clock()]));
    expect(evidence.map(({ address, words }) => [address, words])).toEqual([["+12065550100", ""], ["kim@example.com", ""]]);
    expect(actions.filter((action) => action === "consent.opted_out")).toHaveLength(2);
    expect((await organisationLog(organisation.id)).map(({ action }) => action)).toContain("organisation.opt_outs_shared");
    await optOut(cove, { address: { channel: "text", value: "+12065550199" }, others: [] }, said(cove, "STOP", "SM9"));
    await settle();
    expect((await whileReachable(pier, { address: { channel: "text", value: "+12065550199" }, others: [] }, async () => "sent")).barred).toMatchObject({ kind: "opted_out" });
  });

  it("are not lifted by switching it off, and those of then on are each shop's own again", async () => {
    const { pier, cove, set, settle } = await openGroup();
    await set(true);
    await stop(pier);
    await settle();
    await set(false);
    await settle();
    expect(await reached(cove)).toBe(false);
    await optOut(pier, { address: { channel: "text", value: "+12065550177" }, others: [] }, said(pier, "STOP", "SM8"));
    await settle();
    expect((await whileReachable(cove, { address: { channel: "text", value: "+12065550177" }, others: [] }, async () => "sent")).barred).toBe(null);
  });

  it("do not undo consent that was given to the other shop since", async () => {
    const { pier, cove, set, settle, world } = await openGroup();
    await set(true);
    await stop(pier);
    await settle();
    world.pass(MINUTE);
    expect(await optIn(cove, PHONE, said(cove, "START", "SM2"), [])).toBe("restored");
    await set(false);
    await set(true);
    await settle();
    expect([await reached(cove), await reached(pier)]).toEqual([true, false]);
    expect((await whileReachable(cove, { address: EMAIL, others: [] }, async () => "sent")).barred).toMatchObject({ kind: "opted_out" });
  });

  it("reach a shop that joins later within a day, by the daily look", async () => {
    const { pier, lone, set, settle, organisation, jobs, bindings, world } = await openGroup();
    await set(true);
    await stop(pier);
    await settle();
    await givenBelonging(organisation, lone.db.shopId);
    await jobs.scheduled(bindings);
    world.pass(DAY + MINUTE);
    await jobs.scheduled(bindings);
    await settle();
    expect(await reached(lone)).toBe(false);
  });

  it("travel sealed: the queue shows no address, and a copy of a message opens at no other shop", async () => {
    const { pier, cove, lone, set, queue, jobs, bindings, shops } = await openGroup();
    await set(true);
    while (await queue.deliver(jobs.queue, bindings) > 0);
    await stop(pier);
    const [sent, ...more] = queue.take();
    expect(more).toEqual([]);
    expect(JSON.stringify(sent)).not.toMatch(/5550100|kim|example/);
    if (sent === undefined) throw new Error("a message was sent");
    const { kind, payload } = sent.body as { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> };
    const moved = { kind, payload: { ...payload, shopId: lone.db.shopId, shard: shops.lone.shard } };
    queue.put({ ...sent, body: moved });
    await queue.deliver(jobs.queue, bindings);
    expect([await reached(lone), await reached(cove)]).toEqual([true, true]);
    queue.take();
    for (let twice = 0; twice < 2; twice += 1) queue.put(sent);
    await queue.deliver(jobs.queue, bindings);
    expect(await reached(cove)).toBe(false);
    expect((await booksOf(cove)).lines).toHaveLength(2);
  });

  it("are switched by the organisation's owners alone", async () => {
    const { world, organisation, name, bindings } = await openGroup();
    const admin = await givenPerson(world, `Sharing Admin ${groups}`);
    await givenHqMember(organisation, admin, "hq_admin");
    const browser = createBrowser(world, bindings);
    await signIn(world, browser, admin);
    await browser.open(`${originOf(`hq-${name}`)}/enter/start`);
    expect((await browser.api("PUT", `${originOf(`hq-${name}`)}/api/opt-outs`, { body: { sharesOptOuts: true } })).status).toBe(403);
    expect((await browser.api("GET", `${originOf(`hq-${name}`)}/api/opt-outs`)).status).toBe(200);
  });
});
