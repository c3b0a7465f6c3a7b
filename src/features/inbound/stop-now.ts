/** A stop is one from the moment at which it arrives: before it is answered, and before any queue has looked at it. */
import { actorNamed, type Actor } from "../../platform/audit-leaf";
import { classify, optOut, type Ledger, type Person, type Said } from "../consent/service";
import { contactOf, personOf } from "../contacts/service";
import type { Letter } from "./envelope";
import { noteArrival } from "./first";
import { isPhone, meaningOf } from "./rules";

/** Whoever texts is known by their number alone. */
const STRANGER: Actor = actorNamed("stranger");

/** As much as the ledger keeps of what was said. */
const MOST_WORDS = 1_600;

/** A text as consent takes it. `saidAt` is when it arrived, since Twilio does not say when it was sent. */
export function saidBy({ body }: Pick<Letter, "body">, sid: string, at: number): Said {
  return { source: "text", words: body.toWellFormed().slice(0, MOST_WORDS), saidAt: at, reference: sid, actor: STRANGER, byPerson: null };
}

/** Whoever has a number, with the other addresses of theirs that are known. */
export async function senderOf({ db }: Ledger, from: string): Promise<Person> {
  const address = { channel: "text", value: from } as const;
  const contact = await contactOf(db, address);
  return (contact === null ? null : personOf(contact, "text")) ?? { address, others: [] };
}

/** Opts the sender out where a text says stop, here and now. What it does is done once, whoever else does it too. */
export async function stopNow(desk: Ledger, sid: string, text: Letter): Promise<void> {
  if (meaningOf(text, classify(text.body)).kind !== "stop" || !isPhone(text.from)) return;
  const at = desk.world.clock();
  if ((await noteArrival(desk, sid, at, text)) !== "first") return;
  await optOut(desk, await senderOf(desk, text.from), saidBy(text, sid, at));
}
