/** What the provider tells of a message, in whatever order and as often as it does. */
import type { TextState } from "../../providers/registry";
import type { Ledger } from "../consent/service";
import { contactById, personOf } from "../contacts/service";
import { SAID_STOP } from "./carriers";
import { isOver, stateTold } from "./rules";
import { noteStop } from "./stops";
import { messageOfProvider, stateWritten } from "./store";

/** A message's state as the provider told it: by its id there. `at`: when it was told, epoch milliseconds. */
export type Told = { readonly sid: string; readonly state: TextState; readonly errorCode: string | null; readonly at: number };

/**
 * Records what the provider told. A state never goes back, and of two that end a message the further one stands, so that the
 * order does not matter. Of a message that is not known by this id yet nothing is recorded: it is asked after later.
 */
export async function recordState(desk: Ledger, { sid, state: word, errorCode, at }: Told): Promise<void> {
  const state = stateTold(word);
  if (state === null) return;
  // First of all, since whoever said stop to the provider must be written to no more, whatever breaks after this.
  if (errorCode === SAID_STOP) await noteStopOf(desk, sid);
  await stateWritten(desk.db, sid, { state, errorCode, at, isOver: isOver(state) });
}

async function noteStopOf(desk: Ledger, sid: string): Promise<void> {
  const [row] = await messageOfProvider(desk.db, sid);
  const contact = row === undefined ? null : await contactById(desk.db, row.contactId);
  const person = contact === null ? null : personOf(contact, "text");
  if (row !== undefined && person !== null) await noteStop(desk, row, person);
}
