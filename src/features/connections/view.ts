/** Rows as the web app sees them: never a token, never what only the provider needs to know. */
import { books, locals, providerOf, tills } from "../../providers/registry";
import type { ConnectionsView, ConnectionView, LocationView } from "./contract";
import { latestCutOff } from "./rules";
import type { ConnectionRow, Location } from "./store";

/** A connection as the web app sees it. */
export function toConnectionView(row: ConnectionRow): ConnectionView {
  const { id, provider, role, name, state, currency, closedThrough, connectedAt, checkedAt } = row;
  return { id, provider, providerName: providerOf(provider).manifest.name, role, name, state, currency, closedThrough, connectedAt, checkedAt };
}

/** A location as the web app sees it; the cut-off is the one that was set last. */
export function toLocationView(location: Location): LocationView {
  const { id, connectionId, name, code, zone, currency, startsOn, nextDueAt } = location;
  return { id, connectionId, name, code, zone, currency, cutOffMinutes: latestCutOff(location), tillCutOffMinutes: location.tillCutOff, startsOn, nextDueAt };
}

/** Everything of the connections page. */
export function toConnectionsView(connections: readonly ConnectionRow[], locations: readonly Location[]): ConnectionsView {
  const offers = [...Object.values(tills), ...Object.values(books), ...Object.values(locals)].map(({ manifest }) => ({ provider: manifest.id, name: manifest.name, role: manifest.role, regions: [...(("regions" in manifest ? manifest.regions : undefined) ?? [])] }));
  return { connections: connections.map(toConnectionView), locations: locations.map(toLocationView), offers };
}
