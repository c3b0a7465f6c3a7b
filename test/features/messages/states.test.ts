/** States are told in any order, twice and too late, and always come to the same end. */
import { describe, expect, it } from "vitest";
import { recordState } from "../../../src/features/messages/service";
import { isOver, statesBefore, stateTold } from "../../../src/features/messages/rules";
import { TEXT_STATES, type TextState } from "../../../src/providers/twilio/wire";
import { must } from "../../support/people";
import { drawsOf } from "../../support/schedule";
import { ADA, givenContact, messagesOf, openHouse, write } from "./house";

const TOLD: readonly TextState[] = ["queued", "accepted", "sending", "sent", "delivered", "undelivered", "failed", "read", "partially_delivered", "canceled"];

describe("the states of a text", () => {
  it("end the same in every order in which they are told", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    for (let seed = 1; seed <= 40; seed += 1) {
      const draw = drawsOf(seed);
      must(await write(house, ada, { body: `text ${seed}` }));
      await house.work();
      const sid = house.twilio.texts({ to: ADA }).at(-1)?.sid ?? "";
      const told = TOLD.filter(() => draw() < 0.4);
      const order = [...told, ...told.filter(() => draw() < 0.3)].map((state) => ({ state, key: draw() })).toSorted((a, b) => a.key - b.key);
      for (const { state } of order) await recordState(house.desk, { sid, state, errorCode: null, at: house.clock() });
      const furthest = ["accepted", ...told.map(stateTold)].reduce((far, state) => (state !== null && statesBefore(state as "sent").includes(far as "sent") ? state : far), "accepted");
      const row = (await messagesOf(house, ada.id)).find(({ provider_sid }) => provider_sid === sid);
      expect(furthest === "cancelled" ? ["cancelled", "failed", "undelivered", "delivered"] : [furthest], `${seed}: ${order.map(({ state }) => state).join(" ")}`).toContain(row?.state);
      expect(row?.due_at === null, `${seed}`).toBe(isOver(row?.state as "sent"));
    }
  });

  it("never go back", () => {
    const told = TEXT_STATES.map(stateTold).filter((state) => state !== null);
    for (const state of told) expect(statesBefore(state)).not.toContain(state);
    for (const [one, other] of told.flatMap((a) => told.map((b) => [a, b] as const))) {
      expect(one !== other && statesBefore(one).includes(other) && statesBefore(other).includes(one), `${one} and ${other}`).toBe(false);
    }
  });

  it("of what came in are nothing that can be told of what was sent", () => {
    expect([stateTold("received"), stateTold("receiving")]).toEqual([null, null]);
    for (const state of ["accepted", "sent", "delivered", "undelivered", "failed", "cancelled"] as const) expect(statesBefore(state)).not.toContain("received");
  });
});
