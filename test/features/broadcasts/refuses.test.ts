/** What a list is refused for: nothing is written, and the sentence says what to do. */
import { describe, expect, it } from "vitest";
import type { BroadcastPlan } from "../../../src/features/broadcasts/contract";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { givenPeople, livesOn, numberIn, openHall, senderAt, sentBy, shardOf } from "./hall";

const ABSENT = "z".repeat(26);

async function open() {
  const house = await openHall();
  const ids = await givenPeople(house, [{ phone: numberIn("212", 1) }, { phone: numberIn("212", 2), name: "Ben" }]);
  const sender = await senderAt(house);
  const template = await sender.template();
  const refusal = async (path: string, body: unknown) => {
    const response = await sender.send("POST", path, body);
    const { error } = await response.json<{ error: { title: string } }>();
    return `${response.status} ${error.title}`;
  };
  const startOf = (plan: BroadcastPlan, fingerprint: string, key: string = newId(systemRandom)) => ({ ...plan, name: "Spring", fingerprint, key });
  return { house, ids, sender, template, plan: sender.planFor(template), refusal, startOf };
}

describe("a list is refused", () => {
  it("when it would not be what was shown", async () => {
    const { house, sender, template, plan, refusal, startOf } = await open();
    const { fingerprint } = await sender.dryRun(plan);
    await givenPeople(house, [{ phone: numberIn("212", 3), name: "Carla" }]);
    expect(await refusal("/broadcasts", startOf(plan, fingerprint))).toContain("409 The list or the template has changed");
    const again = await sender.dryRun(plan);
    await sender.call("PUT", `/message-templates/${template.id}`, { name: template.name, kind: template.kind, channel: "text", subject: "", body: "{{shop}}: something else.", version: 1 });
    expect(await refusal("/broadcasts", startOf(plan, again.fingerprint))).toContain("409 The list or the template has changed");
    await house.work();
    expect(sentBy(house)).toEqual([]);
  });

  it("twice for one key, unless it is the same", async () => {
    const { house, sender, plan, refusal, startOf } = await open();
    const { fingerprint } = await sender.dryRun(plan);
    const key = newId(systemRandom);
    const both = await Promise.all([sender.start(plan, fingerprint, key), sender.start(plan, fingerprint, key)]);
    expect(both[0].id).toBe(both[1].id);
    expect(await refusal("/broadcasts", { ...startOf(plan, fingerprint, key), name: "Summer" })).toContain("409 This was already asked for");
    await livesOn(house, { milliseconds: 60_000, stepMs: 1_000 });
    expect(sentBy(house)).toHaveLength(2);
  });

  it("for a template that is not there, is archived, or is for one contact at a time", async () => {
    const { sender, template, plan, refusal } = await open();
    expect(await refusal("/broadcasts/dry-run", { ...plan, template: ABSENT })).toContain("404");
    const own = await sender.template({ name: "Ready", body: "{{shop}}: {{certificate}} is ready." });
    expect(await refusal("/broadcasts/dry-run", { ...plan, template: own.id })).toContain("400 {{certificate}} is different for everybody");
    await sender.call("POST", `/message-templates/${template.id}/archive`, { version: 1, isArchived: true });
    expect(await refusal("/broadcasts/dry-run", plan)).toContain("409 This template is archived");
  });

  it("for a link that is none, or that the template has no place for", async () => {
    const { sender, plan, refusal } = await open();
    const linked = await sender.template({ name: "Review", kind: "review_request", body: "{{shop}}: {{link}}" });
    for (const link of ["", "javascript:alert(1)", "not a link", "ftp://x.test"]) {
      expect(await refusal("/broadcasts/dry-run", { ...plan, template: linked.id, link }), link).toContain("400 Say where {{link}} leads");
    }
    expect(await refusal("/broadcasts/dry-run", { ...plan, link: "https://x.test" })).toContain("400 This template has no {{link}}");
  });

  it("for nobody, and for nobody who may be written to", async () => {
    const { sender, plan, refusal, startOf } = await open();
    expect(await refusal("/broadcasts/dry-run", { ...plan, audience: { tags: [], contacts: [] } })).toContain("400 Choose a tag, or contacts");
    const nobody = { ...plan, audience: { tags: ["nobody"], contacts: [] } };
    const shown = await sender.dryRun(nobody);
    expect(shown).toMatchObject({ recipientCount: 0, startsAt: null, finishesAt: null, obstacle: "Nobody on this list can be written to." });
    expect(await refusal("/broadcasts", startOf(nobody, shown.fingerprint))).toContain("409 Nobody on this list");
  });

  it("without a number that works, and paused by itself where that comes to an end", async () => {
    const { house, sender, plan, refusal, startOf } = await open();
    const { fingerprint } = await sender.dryRun(plan);
    const list = await sender.start(plan, fingerprint);
    const turnLine = async (state: string) => await shardOf(house.env).prepare("UPDATE text_line SET state = ?1 WHERE shop_id = ?2").bind(state, house.shop.id).run();
    await turnLine("refused");
    expect(await refusal("/broadcasts", startOf(plan, fingerprint))).toContain("409 Twilio takes this shop's credentials no more");
    await house.work();
    expect(await sender.look(list)).toMatchObject({ state: "paused", problem: "no_line", counts: { waiting: 2 } });
    expect(await refusal(`/broadcasts/${list.id}/resume`, {})).toContain("409 Twilio takes");
    await turnLine("active");
    await sender.turn(list, "resume");
    await livesOn(house, { milliseconds: 60_000, stepMs: 1_000 });
    expect(sentBy(house)).toHaveLength(2);
    expect(await sender.look(list)).toMatchObject({ state: "done", problem: null });
  });

  it("to be turned in ways that it cannot be", async () => {
    const { sender, plan, refusal } = await open();
    const list = await sender.go(plan);
    expect(await refusal(`/broadcasts/${list.id}/resume`, {})).toContain("409 It is running already");
    await sender.turn(list, "cancel");
    for (const act of ["pause", "resume", "cancel"]) expect(await refusal(`/broadcasts/${list.id}/${act}`, {}), act).toContain("409 It was cancelled");
    expect(await refusal(`/broadcasts/${ABSENT}/pause`, {})).toContain("404");
  });

  it("to those who may not send to many", async () => {
    const { house, plan } = await open();
    for (const role of ["tech", "sales", "viewer"] as const) {
      const { send } = await house.someone(role);
      expect((await send("POST", "/broadcasts/dry-run", plan)).status, role).toBe(403);
      expect((await send("GET", "/broadcasts")).status, role).toBe(role === "viewer" ? 403 : 200);
    }
  });
});

describe("a list of one shop", () => {
  it("is nobody's in another, byte for byte", async () => {
    const { sender, template, plan, ids } = await open();
    const list = await sender.go(plan);
    const other = await openHall();
    const stranger = await senderAt(other, "owner");
    const text = async (method: string, path: string, body?: unknown) => {
      const response = await stranger.send(method, path, body);
      return `${response.status} ${await response.text()}`;
    };
    for (const [method, path, body] of [["GET", "", undefined], ["GET", "/recipients", undefined], ["POST", "/pause", {}], ["POST", "/resume", {}], ["POST", "/cancel", {}]] as const) {
      expect(await text(method, `/broadcasts/${list.id}${path}`, body)).toBe(await text(method, `/broadcasts/${ABSENT}${path}`, body));
    }
    expect(await text("POST", "/broadcasts/dry-run", plan)).toBe(await text("POST", "/broadcasts/dry-run", { ...plan, template: ABSENT }));
    const own = await stranger.template();
    const shown = await stranger.dryRun(stranger.planFor(own, { audience: { tags: ["all"], contacts: [...ids] } }));
    expect(shown).toMatchObject({ recipientCount: 0, leftOut: [{ reason: "unknown", count: 2 }] });
    expect(await stranger.call("GET", "/message-templates")).toMatchObject({ templates: [{ id: own.id }] });
    expect(template.id).not.toBe(own.id);
  });
});
