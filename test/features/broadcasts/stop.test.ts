/** Five hundred recipients through the real pipeline, while some of them say stop: nobody gets anything afterwards. */
import { describe, expect, it } from "vitest";
import { startList } from "../../../src/features/broadcasts/acts";
import type { BroadcastPlan } from "../../../src/features/broadcasts/contract";
import { dryRun, type Sending } from "../../../src/features/broadcasts/plan";
import { viewList } from "../../../src/features/broadcasts/view";
import { saveTemplate } from "../../../src/features/messages/templates";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { must } from "../../support/people";
import { openStreet, texts, type Street } from "../inbound/phone";
import { givenPeople, livesOn, numberIn, shardOf, templateOf } from "./hall";

const COUNT = 500;
const WORDS = ["STOP", "stop.", "Unsubscribe", "please don't text me again", "opt out", "ＳＴＯＰ", "no más mensajes por favor", "Revoke"];

const phones = Array.from({ length: COUNT }, (_, index) => numberIn("212", index));
const ours = (street: Street, to: string) => street.world.texting.control.texts({ to }).filter(({ direction, body }) => direction !== "inbound" && body.endsWith("is open again.")).length;

describe("a list of five hundred", () => {
  it("reaches everybody once, and nobody after their stop", { timeout: 240_000 }, async () => {
    const street = await openStreet();
    const { world, env, queue, jobs, desk, ledger } = street;
    await shardOf(env).prepare("UPDATE text_line SET per_minute = 300 WHERE shop_id = ?1").bind(ledger.db.shopId).run();
    await givenPeople({ desk: ledger, env }, phones.map((phone) => ({ phone })));
    const sending: Sending = { world, env, visit: desk.visit };
    const template = must(await saveTemplate(world, desk.visit, null, templateOf()));
    const plan: BroadcastPlan = { template: template.id, audience: { tags: ["all"], contacts: [] }, link: "", perMinute: 6_000 };
    const { fingerprint, perMinute } = must(await dryRun(sending, plan));
    expect(perMinute).toBe(300);
    const list = must(await startList(sending, { ...plan, name: "Spring", fingerprint, key: newId(systemRandom) }));

    const had = new Map<string, number>();
    let turn = 0;
    // While the queue works, somebody texts: before, in the midst of, or after their own message.
    const work = async () => {
      const phone = phones[(turn * 37) % COUNT] ?? "";
      const word = WORDS[turn % WORDS.length] ?? "STOP";
      turn += 1;
      const stops = turn % 2 === 0 && !had.has(phone);
      await Promise.all([street.work(), ...(stops ? [texts(street, word, phone).then(() => had.set(phone, ours(street, phone)))] : [])]);
      await street.work();
    };
    await livesOn({ clock: world.clock, pass: world.pass, queue, work, cron: async () => {
      await jobs.scheduled(env);
      await work();
    } }, { milliseconds: 150_000, stepMs: 1_000 });

    expect(had.size).toBeGreaterThan(50);
    for (const [phone, count] of had) expect(ours(street, phone), phone).toBe(count);
    expect(phones.filter((phone) => !had.has(phone) && ours(street, phone) !== 1)).toEqual([]);
    const stoppedBefore = [...had.values()].filter((count) => count === 0).length;
    expect(stoppedBefore).toBeGreaterThan(10);
    expect(phones.filter((phone) => ours(street, phone) > 1)).toEqual([]);
    const view = must(await viewList(sending, list.id));
    expect(view).toMatchObject({ state: "done", counts: { waiting: 0 } });
    const notSent = view.messages.find(({ state }) => state === "not_sent")?.count ?? 0;
    expect(view.counts.skipped + notSent).toBe(stoppedBefore);
  });
});
