/** Where a person is signed in: each session with its device, its place, and the sites it was used for. */
import { deviceInWords } from "../../kernel/device";
import type { Factor, SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { SessionsView, SessionView } from "./contract";
import { isLive } from "./rules";
import { readSessionsOf, type Listed } from "./store";

/** The person's sessions that still live, the last used first. */
export async function viewSessions(world: Pick<World, "clock">, env: Bindings, signed: SignedIn): Promise<SessionsView> {
  const rows = await readSessionsOf(directoryDb(env), signed.personId);
  return { sessions: rows.filter((row) => isLive(row, world.clock())).map((row) => toView(row, signed)) };
}

function toView({ id, device, place, address, createdAt, lastUsedAt, factors, sites }: Listed, signed: SignedIn): SessionView {
  return {
    id, device: deviceInWords(device), place, address, createdAt, lastUsedAt, isThis: id === signed.sessionId,
    factors: JSON.parse(factors) as Factor[], sites: (JSON.parse(sites) as string[]).toSorted((one, other) => one.localeCompare(other)),
  };
}
