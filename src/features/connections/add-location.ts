/** Adding a location by hand: a till that is nobody else's has no list of them to be read. */
import { isZone } from "../../kernel/day";
import { newId, type ConnectionId, type LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { locationCodeFor } from "../../ledger/document-number";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import { isRemote, providerOf } from "../../providers/registry";
import type { LocationView, NewLocation } from "./contract";
import { refusedField, toLocation } from "./rules";
import { locationsWritten, readConnection, readLocations, type LocationRow } from "./store";
import { toLocationView } from "./view";

/** What one shop may have of its own making. */
const MOST_LOCATIONS = 50;

/**
 * Adds a location in the shop's currency, not chosen yet. `not_found` for a connection of nobody or of another shop;
 * `conflict` for a till that brings its own locations and for more than fifty; `invalid_input` for an unknown zone or a
 * name that another location of the connection has.
 */
export async function addLocation(world: World, visit: Visit, { connection, name, zone }: NewLocation): Promise<Result<LocationView>> {
  const { db, shop } = visit;
  const till = await readConnection(db, connection as ConnectionId);
  if (till === undefined) return failed({ kind: "not_found" });
  if (till.role !== "till" || isRemote(providerOf(till.provider))) return failed({ kind: "conflict", message: `"${till.name}" brings its locations itself.` });
  if (till.state === "disconnected") return failed({ kind: "not_connected", role: "till" });
  if (!isZone(zone)) return refusedField("zone", `${zone} is no time zone.`);
  const locations = await readLocations(db);
  const own = locations.filter(({ connectionId }) => connectionId === till.id);
  if (own.length >= MOST_LOCATIONS) return failed({ kind: "conflict", message: `A shop can have ${MOST_LOCATIONS} locations of its own making.` });
  if (own.some((other) => other.name.toLowerCase() === name.toLowerCase())) return refusedField("name", `There is a location called ${name} already.`);
  const id = newId<LocationId>(world.random);
  const row: LocationRow = {
    shopId: shop.id, id, connectionId: till.id, externalId: id, name, code: locationCodeFor(name, locations.map(({ code }) => code)), zone,
    currency: shop.currency, cutOffs: [], startsOn: null, nextDueAt: null, tillCutOff: null,
  };
  const audit = auditLine(db, world.random, { at: world.clock(), actor: actorOf(visit), action: "location.added", subject: id, after: { name, zone } });
  await db.orm.batch([locationsWritten(db, [row]), ...audit]);
  return ok(toLocationView(toLocation(row)));
}
