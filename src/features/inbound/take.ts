/**
 * A text that arrived, taken in: what it says of being written to comes first, then it is kept, then it is answered. Each
 * step is done once however often it is tried, so that a delivery which broke anywhere is simply tried again.
 */
import { directoryDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import { backoff, DONE, type Verdict } from "../../platform/queue";
import { classify, holdForPerson, optOut, stopFormUrl, type Ledger, type Person } from "../consent/service";
import { knownOrNew, personOf, type Contact } from "../contacts/service";
import { recordArrived, sendConfirmation } from "../messages/service";
import { findShop } from "../shops/service";
import { lineOf } from "../text-line/service";
import { openText, type Letter } from "./envelope";
import { noteArrival } from "./first";
import type { TextArrived } from "./messages";
import { answerTo, isPhone, meaningOf, type Meaning } from "./rules";
import { startAgain } from "./start";
import { saidBy } from "./stop-now";

/** Takes a text in. Comes again where Twilio could not be asked about a START. */
export async function takeIn(desk: Ledger, { sid, at, sealed }: TextArrived, attempts: number): Promise<Verdict> {
  const { world, env, db } = desk;
  const text = await openText(world, env, { shopId: db.shopId, sid }, sealed);
  if (text === null || !isPhone(text.from)) {
    world.log.error(text === null ? "text.unreadable" : "text.from_no_phone", { provider: "twilio", shopId: db.shopId });
    return DONE;
  }
  if ((await noteArrival(desk, sid, at, text)) !== "first") return DONE;
  const contact = await knownOrNew(desk, { channel: "text", value: text.from });
  const person = personOf(contact, "text") ?? { address: { channel: "text", value: text.from }, others: [] };
  return await heed(desk, { sid, at, text, contact, person, attempts, meaning: meaningOf(text, classify(text.body)) });
}

type Taken = {
  readonly sid: string; readonly at: number; readonly text: Letter; readonly contact: Contact; readonly person: Person; readonly attempts: number;
  readonly meaning: Meaning;
};

async function heed(desk: Ledger, taken: Taken): Promise<Verdict> {
  const { sid, at, text, person, meaning } = taken;
  const said = saidBy(text, sid, at);
  switch (meaning.kind) {
    case "stop": {
      const { isFirst } = await optOut(desk, person, said);
      await keep(desk, taken);
      // A second stop is nothing new to anybody.
      if (isFirst && !meaning.isAnswered) await answer(desk, taken, "stop");
      return DONE;
    }
    case "held":
      await holdForPerson(desk, person, said);
      await keep(desk, taken);
      return DONE;
    case "start":
      await keep(desk, taken);
      return await start(desk, taken);
    case "help":
      await keep(desk, taken);
      if (!meaning.isAnswered) await answer(desk, taken, "help");
      return DONE;
    case "none":
      await keep(desk, taken);
      return DONE;
  }
}

async function start(desk: Ledger, taken: Taken): Promise<Verdict> {
  const { sid, at, text, person, attempts, meaning } = taken;
  const { world, db } = desk;
  const started = await startAgain(desk, person, { ...saidBy(text, sid, at), reference: sid });
  if (!started.ok) {
    world.log.warn("text.start_waits", { provider: "twilio", shopId: db.shopId, kind: started.failure.kind, attempts });
    return backoff(attempts);
  }
  if (started.value === "older") world.log.info("text.start_too_old", { provider: "twilio", shopId: db.shopId });
  if (started.value === "restored" && !meaning.isAnswered) await answer(desk, taken, "start");
  return DONE;
}

/** What came with a text is counted and not fetched. */
async function keep(desk: Ledger, { sid, at, text, contact }: Taken): Promise<void> {
  await recordArrived(desk, contact, { sid, body: text.body, mediaCount: text.mediaCount, at });
}

async function answer(desk: Ledger, { sid, contact, meaning }: Taken, kind: "stop" | "start" | "help"): Promise<void> {
  const { env, db } = desk;
  const [line, shop] = await Promise.all([lineOf(db), findShop(directoryDb(env), db.shopId)]);
  if (line === null || shop === null) return;
  const body = answerTo(kind, meaning.language, { ...line, stopUrl: stopFormUrl(readConfig(env), shop.slug) });
  await sendConfirmation(desk, contact, { purpose: kind === "help" ? "help" : "confirmation", body, answerTo: sid });
}
