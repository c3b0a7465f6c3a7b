/** One shop's conversations are nobody else's, and nothing of them stands on a queue or in a log. */
import { describe, expect, it } from "vitest";
import { recordState } from "../../../src/features/messages/service";
import { moveOn } from "../../../src/features/messages/send";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { must } from "../../support/people";
import { ADA, arrives, givenContact, messagesOf, openHouse, takenFor, write } from "./house";

const BODY = "The canary sings at noon.";

describe("another shop", () => {
  it("finds nothing by the ids of a conversation or a message", async () => {
    const [ours, theirs] = [await openHouse(), await openHouse()];
    const ada = await givenContact(ours);
    const row = must(await write(ours, ada, { body: BODY }));
    const stranger = await theirs.someone("admin");
    const [absent, foreign] = await Promise.all([newId(systemRandom), ada.id].map(async (contact) => await stranger.send("GET", `/threads/${contact}`)));
    expect([foreign?.status, await foreign?.text()]).toEqual([404, await absent?.text()]);
    const tries = await Promise.all([
      stranger.send("POST", `/threads/${ada.id}/messages`, { key: newId(systemRandom), channel: "text", subject: "", body: "Boo", documents: [], template: null }),
      stranger.send("POST", `/threads/${ada.id}/messages/${row.id}/cancel`, { at: row.at }),
      stranger.send("POST", `/threads/${ada.id}/read`, { through: 1 }), stranger.send("POST", `/threads/${ada.id}/done`, { isDone: true }),
      stranger.send("POST", `/threads/${ada.id}/assign`, { person: null }),
    ]);
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await moveOn(theirs.desk, row, 1)).toEqual({ kind: "done" });
    expect(takenFor(theirs, ADA)).toEqual([]);
  });

  it("changes no state by the name of another's text", async () => {
    const [ours, theirs] = [await openHouse(), await openHouse()];
    const ada = await givenContact(ours);
    must(await write(ours, ada));
    await ours.work();
    const [text] = ours.twilio.texts({ to: ADA });
    await recordState(theirs.desk, { sid: text?.sid ?? "", state: "failed", errorCode: "21610", at: ours.clock() });
    expect(await messagesOf(ours, ada.id)).toMatchObject([{ state: "accepted", error_code: null }]);
  });
});

describe("queues and logs", () => {
  it("hold neither a word nor a number of anybody", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    await arrives(house, ada, BODY);
    must(await write(house, ada, { body: BODY }));
    const queued = JSON.stringify(house.queue.waiting().map(({ body }) => body));
    expect(queued).toContain(ada.id);
    house.twilio.misbehave({ misbehaviour: { kind: "refused", status: 400, code: 30_007, message: `Message filtered: ${BODY} to ${ADA}` } });
    await house.work();
    house.pass(200_000);
    await house.work();
    const lines = house.logs.join("\n");
    for (const word of ["canary", ADA, "Ada"]) expect([queued.includes(word), lines.includes(word)], word).toEqual([false, false]);
  });
});
