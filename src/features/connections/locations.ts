/** A shop's choice of a location: from which day it is kept, where its day begins, and what it is called in numbers. */
import type { Result } from "../../kernel/result";
import { failed, ok } from "../../kernel/result";
import type { LocationId } from "../../kernel/ids";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import type { LocationChoice, LocationView } from "./contract";
import { planChoice, refusedField, toLocation, type LocationPlan } from "./rules";
import { locationChanged, readConnections, readLocations, type ConnectionRow, type Location } from "./store";
import { toLocationView } from "./view";

/**
 * Chooses, changes or stops a location. `not_found`; `not_connected` without its till; `currency_mismatch` with the
 * books; `invalid_input` for dates, cut-offs and codes that cannot be. Days and entries are never touched.
 */
export async function chooseLocation(world: World, visit: Visit, id: LocationId, choice: LocationChoice): Promise<Result<LocationView>> {
  const locations = (await readLocations(visit.db)).map(toLocation);
  const location = locations.find((row) => row.id === id);
  if (location === undefined) return failed({ kind: "not_found" });
  const now = world.clock();
  const plan = planChoice(location, choice, now);
  if (!plan.ok) return plan;
  const fits = plan.value.startsOn === null ? ok(undefined) : checkConnections(await readConnections(visit.db), location);
  if (!fits.ok) return fits;
  const holder = locations.find((other) => other.code === plan.value.code && other.id !== id);
  if (holder !== undefined) return refusedField("code", `${holder.name} has ${plan.value.code} already.`);
  if (!isChange(location, plan.value)) return ok(toLocationView(location));
  await save(visit, { id, plan: plan.value, now, random: world.random });
  return ok(toLocationView(toLocation({ ...location, ...plan.value })));
}

/** A location can be kept when its till is connected and the books, where there are some, count in its currency. */
function checkConnections(connections: readonly ConnectionRow[], location: Location): Result<void> {
  const till = connections.find((row) => row.id === location.connectionId);
  if (till === undefined || till.state === "disconnected") return failed({ kind: "not_connected", role: "till" });
  const books = connections.find((row) => row.role === "books" && row.state !== "disconnected");
  if (books !== undefined && books.currency !== location.currency) {
    return failed({ kind: "currency_mismatch", expected: books.currency ?? "", found: location.currency });
  }
  return ok(undefined);
}

function isChange(location: Location, plan: LocationPlan): boolean {
  const held: LocationPlan = { startsOn: location.startsOn, cutOffs: location.cutOffs, code: location.code, nextDueAt: location.nextDueAt };
  return !location.wasChosen || JSON.stringify(held) !== JSON.stringify({ ...held, ...plan });
}

type Saving = { readonly id: LocationId; readonly plan: LocationPlan; readonly now: number; readonly random: World["random"] };

async function save(visit: Visit, { id, plan, now, random }: Saving): Promise<void> {
  const { startsOn, code } = plan;
  const cutOffs = plan.cutOffs.map(({ from, minutes }) => ({ from, minutes }));
  const audit = auditLine(visit.db, random, {
    at: now, actor: actorOf(visit), action: startsOn === null ? "location.stopped" : "location.chosen",
    subject: id, after: { startsOn, code, cutOffs },
  });
  await visit.db.orm.batch([locationChanged(visit.db, id, plan), ...audit]);
}
