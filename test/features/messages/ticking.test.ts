/** A message leaves in a world whose clock goes on between one look at it and the next, as every real one does. */
import { expect, it } from "vitest";
import { moveOn } from "../../../src/features/messages/send";
import { must } from "../../support/people";
import { ADA, givenContact, messagesOf, openHouse, takenFor, write } from "./house";

it("a text whose turn has come is sent, though time passes while that is decided", async () => {
  const house = await openHouse();
  const ada = await givenContact(house);
  const row = must(await write(house, ada));
  const clock = () => {
    house.pass(1);
    return house.clock();
  };
  expect(await moveOn({ ...house.desk, world: { ...house.world, clock } }, row, 1)).toEqual({ kind: "done" });
  expect(takenFor(house, ADA)).toEqual(["Your bicycle is ready."]);
  expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted" }]);
});
