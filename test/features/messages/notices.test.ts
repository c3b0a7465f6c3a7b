/** Letters to the team: to whom it concerns, gathered, not too often, and without a word of what was written. */
import { describe, expect, it } from "vitest";
import { tellTeam } from "../../../src/features/messages/notices";
import { MINUTE } from "../../../src/kernel/clock";
import { lettersTo } from "../../support/mail";
import { arrives, BEN, givenContact, openHouse, type House } from "./house";

async function lettersFor(house: House, email: string) {
  return (await lettersTo({ ...house.world, mail: house.mail, transport: () => house.transport }, email, house.env)).filter(({ subject }) => subject.includes("wrote to"));
}

/** Two quarters of an hour of cron would call everybody: here the queue alone works. */
async function later(house: House, milliseconds: number): Promise<void> {
  house.pass(milliseconds);
  await house.work();
}

describe("the team", () => {
  it("is told who wrote, of several at once, and nothing of what", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const viewer = await house.someone("viewer");
    const [ada, ben] = [await givenContact(house), await givenContact(house, BEN, { name: "" })];
    await arrives(house, ada, "a secret word");
    await arrives(house, ben, "another secret");
    await arrives(house, ada, "a third secret");
    await later(house, 2 * MINUTE);
    const [letter, ...others] = await lettersFor(house, sam.person.email);
    expect(others).toEqual([]);
    expect(letter?.subject).toMatch(/^2 people wrote to The harbour/);
    expect(letter?.text).toContain("Ada");
    expect(`${letter?.subject} ${letter?.text} ${letter?.html}`).not.toMatch(/secret|\+1/);
    expect(await lettersFor(house, house.owner.email)).toHaveLength(1);
    expect(await lettersFor(house, viewer.person.email)).toEqual([]);
  });

  it("is told at most once in ten minutes, and then of all that came meanwhile", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    await arrives(house, ada);
    await later(house, 2 * MINUTE);
    for (let count = 0; count < 5; count += 1) {
      await arrives(house, ada);
      await later(house, MINUTE);
    }
    expect(await lettersFor(house, house.owner.email)).toHaveLength(1);
    for (let minute = 0; minute < 12; minute += 1) await later(house, MINUTE);
    expect(await lettersFor(house, house.owner.email)).toHaveLength(2);
    for (let minute = 0; minute < 30; minute += 1) await later(house, MINUTE);
    expect(await lettersFor(house, house.owner.email)).toHaveLength(2);
  });

  it("is not told of what was given to one of them: they alone are", async () => {
    const house = await openHouse();
    const [sam, kim] = [await house.someone("tech"), await house.someone("sales")];
    const ada = await givenContact(house);
    await sam.call("POST", `/threads/${ada.id}/assign`, { person: kim.person.id });
    await arrives(house, ada);
    await later(house, 2 * MINUTE);
    expect([await lettersFor(house, sam.person.email), await lettersFor(house, kim.person.email)].map(({ length }) => length)).toEqual([0, 1]);
  });

  it("is told of what belongs to somebody who has left", async () => {
    const house = await openHouse();
    const kim = await house.someone("sales");
    const ada = await givenContact(house);
    await kim.call("POST", `/threads/${ada.id}/assign`, { person: kim.person.id });
    await house.env.DIRECTORY.prepare("DELETE FROM membership WHERE person_id = ?1").bind(kim.person.id).run();
    await arrives(house, ada);
    await later(house, 2 * MINUTE);
    expect(await lettersFor(house, house.owner.email)).toHaveLength(1);
  });

  it("is not told of what somebody has read already, nor where the shop does not want it", async () => {
    const house = await openHouse();
    const [sam, admin] = [await house.someone("tech"), await house.someone("admin")];
    const ada = await givenContact(house);
    await arrives(house, ada);
    await sam.call("POST", `/threads/${ada.id}/read`, { through: house.clock() });
    await later(house, 2 * MINUTE);
    expect(await lettersFor(house, house.owner.email)).toEqual([]);
    expect(await sam.call("GET", "/message-notices")).toEqual({ notifies: true });
    expect((await sam.send("PUT", "/message-notices", { notifies: false })).status).toBe(403);
    expect(await admin.call("PUT", "/message-notices", { notifies: false })).toEqual({ notifies: false });
    await arrives(house, ada);
    await later(house, 2 * MINUTE);
    expect(await lettersFor(house, house.owner.email)).toEqual([]);
  });

  it("gets one letter each, however many workers try at once", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    await arrives(house, ada);
    await Promise.all(Array.from({ length: 8 }, async () => await tellTeam(house.desk)));
    expect(await lettersFor(house, house.owner.email)).toHaveLength(1);
  });
});
