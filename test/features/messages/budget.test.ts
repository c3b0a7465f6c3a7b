/** What a text costs at the database and outside, counted: a regression shows as a number. */
import { describe, expect, it } from "vitest";
import { recordArrived, recordState, writeMessage } from "../../../src/features/messages/service";
import { moveOn } from "../../../src/features/messages/send";
import { openShopDb } from "../../../src/platform/database";
import { countedBindings } from "../../support/counting";
import { must } from "../../support/people";
import { ADA, givenContact, newMessage, openHouse } from "./house";

describe("the cost", () => {
  it("of a text that is sent and told to be delivered", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    let calls = 0;
    const { env, cost } = countedBindings(house.env);
    const world = { ...house.world, transport: () => async (request: Request) => {
      calls += 1;
      return await house.transport(request);
    } };
    const desk = { world, env, db: openShopDb(env, house.shop.id, 0) };
    const row = must(await writeMessage(desk, newMessage(ada)));
    const written = { ...cost };
    await moveOn(desk, row, 1);
    const sent = { ...cost };
    const [text] = house.twilio.texts({ to: ADA });
    await recordState(desk, { sid: text?.sid ?? "", state: "delivered", errorCode: null, at: house.clock() });
    expect({
      writing: [written.trips, written.statements], sending: [sent.trips - written.trips, sent.statements - written.statements], telling: [cost.trips - sent.trips, cost.statements - sent.statements], calls,
    }).toEqual({ writing: [5, 10], sending: [7, 7], telling: [1, 1], calls: 1 });
    expect(cost.rowsWritten).toBeLessThanOrEqual(30);
  });

  it("of a text that arrives", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const { env, cost } = countedBindings(house.env);
    const desk = { world: house.world, env, db: openShopDb(env, house.shop.id, 0) };
    await recordArrived(desk, ada, { sid: `SM${"b".repeat(32)}`, body: "Hello", mediaCount: 0, at: house.clock() });
    expect([cost.trips, cost.statements]).toEqual([1, 2]);
    expect(cost.rowsWritten).toBeLessThanOrEqual(8);
  });

  it("of the badge's number", async () => {
    const house = await openHouse();
    const plan = await house.env.SHARD_0.prepare("EXPLAIN QUERY PLAN SELECT count(*) FROM thread WHERE thread.shop_id = ?1 AND thread.unread_count > 0").bind(house.shop.id).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail).join()).toContain("thread_unread");
    const due = await house.env.SHARD_0.prepare("EXPLAIN QUERY PLAN SELECT contact_id, at, id FROM message WHERE shop_id = ?1 AND due_at IS NOT NULL AND due_at <= ?2 ORDER BY due_at LIMIT 5")
      .bind(house.shop.id, 1).all<{ detail: string }>();
    expect(due.results.map(({ detail }) => detail).join()).toContain("message_due");
  });
});
