/** Stops of which the provider knows and the shop did not. */
import { DAYBOOK } from "../../platform/audit-leaf";
import { optOut, type Ledger, type Person } from "../consent/service";
import type { MessageRow } from "./store";

/** Notes that the provider sends nothing to a person any more who said stop to it: from now on that stands here too. */
export async function noteStop(desk: Ledger, { id }: Pick<MessageRow, "id">, person: Person): Promise<void> {
  const words = "The provider's own list says that this number has said stop.";
  await optOut(desk, person, { source: "provider", words, saidAt: desk.world.clock(), reference: `message:${id}`, actor: DAYBOOK, byPerson: null });
}
