/** Closing a period of the books that Daybook keeps itself, and opening it again: the owner's word, in the audit log. */
import { businessDateAt, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { ConnectionId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import { closeOwnBooks } from "../journal/service";
import type { ConnectionsView } from "./contract";
import { FIRST_DATE, refusedField, toLocation } from "./rules";
import { accountRefreshed, connectionsQuery, locationsQuery, readConnection } from "./store";
import { toConnectionsView } from "./view";

/**
 * Closes the journal through a date, that day included; null opens all of it. What is written stays either way. `not_found`
 * for a connection that is no journal of this shop; `invalid_input` for a date that does not exist or is not over.
 */
export async function closePeriod(world: World, visit: Visit, id: ConnectionId, text: string | null): Promise<Result<ConnectionsView>> {
  const { db, shop } = visit;
  const connection = await readConnection(db, id);
  if (connection === undefined || connection.provider !== "journal") return failed({ kind: "not_found" });
  const through = text === null ? null : parseBusinessDate(text);
  if (text !== null && (through === null || through >= todayIn(shop.zone, world.clock()))) {
    return refusedField("closedThrough", "Only days that are over can be closed.");
  }
  const at = world.clock();
  const { name, currency, closedThrough: before } = connection;
  const audit = auditLine(db, world.random, {
    at, actor: actorOf(visit), action: through === null || (before !== null && through < before) ? "books.reopened" : "books.closed", subject: id,
    before: { closedThrough: before }, after: { closedThrough: through },
  });
  await db.orm.batch([closeOwnBooks(db, through), accountRefreshed(db, id, { name, currency, closedThrough: through, checkedAt: at }), ...audit]);
  const [connections, locations] = await db.orm.batch([connectionsQuery(db), locationsQuery(db)]);
  return ok(toConnectionsView(connections, locations.map(toLocation)));
}

function todayIn(zone: string, now: number): BusinessDate {
  return businessDateAt({ zone, cutOffs: [{ from: FIRST_DATE, minutes: 0 }] }, now);
}
