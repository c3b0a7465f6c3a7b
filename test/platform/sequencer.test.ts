/** The sequencer: takes what was written, signs it, puts it where nobody can change it, and proves it line by line. */
import { env } from "cloudflare:workers";
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { newId, type ShopId } from "../../src/kernel/ids";
import { systemRandom } from "../../src/kernel/clock";
import { isConsistent, isIncluded } from "../../src/kernel/merkle";
import { shelfKey } from "../../src/platform/checkpoint-shelf";
import { sequencerOf, type Sequencer } from "../../src/platform/sequencer-client";
import { createTestWorld, type TestWorld } from "../support/app";
import { leafHashesOf, loggedShop, proved, rootOver, shardOf, write, type LoggedShop } from "../support/audit-log";

let shop: LoggedShop;
let sequencer: Sequencer;
let world: TestWorld;

beforeEach(async () => {
  world = createTestWorld();
  shop = await loggedShop(`s${newId<ShopId>(systemRandom).slice(0, 12)}`);
  sequencer = sequencerOf(env, shop.log);
});

const pending = async () => await shardOf(shop).prepare("SELECT count(*) AS many FROM audit_pending WHERE shop_id = ?1").bind(shop.id).first<number>("many");

describe("a sequencer", () => {
  it("signs the tree over the lines as they stand, and puts the checkpoint away", async () => {
    await write(shop, 5);
    expect(await sequencer.advance(world)).toMatchObject({ size: 5, alarm: null, isComplete: true });
    const sealed = await sequencer.latest();
    const checkpoint = await proved(sealed);
    expect(checkpoint).toEqual({ origin: `daybook/${shop.log}`, size: 5, root: rootOver(await leafHashesOf(shop)) });
    expect(await (await env.CHECKPOINTS.get(shelfKey(shop.log, 5)))?.text()).toBe(sealed?.note);
    expect(shelfKey(shop.log, 5)).toBe(`${shop.log}/000000000005.txt`);
  });

  it("has nothing to say of a log without lines, and nothing of a shop that is not there", async () => {
    expect(await sequencer.advance(world)).toEqual({ size: 0, note: null, alarm: null, isComplete: true });
    expect(await sequencer.latest()).toBeNull();
    expect(await sequencer.inclusion([1])).toBeNull();
    expect(await sequencerOf(env, `shop:${newId<ShopId>(systemRandom)}`).advance(world)).toMatchObject({ size: 0, note: null });
  });

  it("proves every line at its place, across tiles, and that each checkpoint begins with the one before", async () => {
    await write(shop, 3);
    await sequencer.advance(world);
    const first = await proved(await sequencer.latest());
    const shard = shardOf(shop);
    // A line that is copied is as good as a line that was written, but for its number.
    await shard.prepare(`WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
      INSERT INTO audit SELECT shop_id, n.i, at, actor, through, action, subject, before, after, commitments, leaf_hash FROM audit, n WHERE shop_id = ?1 AND seq = 1`).bind(shop.id).run();
    expect(await sequencer.advance(world)).toMatchObject({ size: 700, isComplete: true });
    const latest = await proved(await sequencer.latest());
    expect(latest.root).toEqual(rootOver(await leafHashesOf(shop)));
    const shown = await sequencer.inclusion([1, 2, 256, 257, 512, 513, 699, 700, 701]);
    expect(shown?.proofs.map(({ seq }) => seq)).toEqual([1, 2, 256, 257, 512, 513, 699, 700]);
    for (const { seq, leaf, path } of shown?.proofs ?? []) {
      const proof = path.map(decodeBase64urlIgnorePadding);
      expect(isIncluded({ index: seq - 1, size: 700, leaf: decodeBase64urlIgnorePadding(leaf), root: latest.root, proof }), `line ${seq}`).toBe(true);
    }
    const grown = await sequencer.consistency(3);
    const proof = (grown?.path ?? []).map(decodeBase64urlIgnorePadding);
    expect(isConsistent({ earlier: 3, later: 700, earlierRoot: first.root, laterRoot: latest.root, proof })).toBe(true);
    expect(await sequencer.consistency(701)).toBeNull();
    expect((await sequencer.hashes(1)).length + (await sequencer.hashes(257)).length + (await sequencer.hashes(513)).length).toBe(700);
  });

  it("takes a log off the list of those that have grown, but not one that grew meanwhile", async () => {
    await write(shop, 2);
    expect(await pending()).toBe(1);
    const advancing = sequencer.advance(world);
    await Promise.all([advancing, write(shop, 1)]);
    const { size } = await advancing;
    expect(await pending()).toBe(size === 3 ? 0 : 1);
    await sequencer.advance(world, 3);
    expect(await pending()).toBe(0);
  });

  it("asked by twenty at once runs once and answers all alike", async () => {
    await write(shop, 4);
    const answers = await Promise.all(Array.from({ length: 20 }, () => env.SEQUENCER.getByName(shop.log).advance(shop.log)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await env.CHECKPOINTS.list({ prefix: `${shop.log}/` })).objects).toHaveLength(1);
  });

  it("goes on after it was torn down where it was, and signs the same the same way", async () => {
    await write(shop, 4);
    await sequencer.advance(world);
    const before = await sequencer.latest();
    await evictDurableObject(env.SEQUENCER.getByName(shop.log));
    expect(await sequencer.advance(world)).toMatchObject({ size: 4, alarm: null });
    expect(await sequencer.latest()).toEqual(before);
    await write(shop, 1);
    await evictDurableObject(env.SEQUENCER.getByName(shop.log));
    expect(await sequencer.advance(world)).toMatchObject({ size: 5, alarm: null });
  });

  it("serves one log and refuses another's name", async () => {
    await write(shop, 1);
    await sequencer.advance(world);
    const stub = env.SEQUENCER.getByName(shop.log);
    const other = await loggedShop(`o${newId<ShopId>(systemRandom).slice(0, 12)}`);
    expect(await stub.latest(other.log)).toBeNull();
    await expect((async () => await stub.advance(other.log))()).rejects.toThrow("one log");
  });

  it("follows the numbers when the clock steps back", async () => {
    await write(shop, 2, { at: 9_000 });
    await write(shop, 2, { at: 1 });
    expect(await sequencer.advance(world)).toMatchObject({ size: 4, alarm: null });
    expect((await proved(await sequencer.latest())).root).toEqual(rootOver(await leafHashesOf(shop)));
  });

  it("takes lines whose words are half characters or hold zeros, as they were hashed", async () => {
    await write(shop, 1, { subject: "half \ud800 and \u0000 zero", after: { text: "\udfff\u2028" }, personal: { name: "\ud83d\ude00\ud800" } });
    expect(await sequencer.advance(world)).toMatchObject({ size: 1, alarm: null });
  });
});
