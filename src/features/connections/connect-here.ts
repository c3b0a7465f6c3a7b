/** Connecting what is nowhere else but here: nothing is asked of anybody outside, and no tokens are kept. */
import { newId, type ConnectionId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine, type Statement } from "../../platform/audit";
import type { World } from "../../platform/world";
import type { LocalProvider } from "../../providers/registry";
import { beginOwnBooks, starterAccounts } from "../journal/service";
import { resumeAt, toLocation } from "./rules";
import { chartWritten, connectionWritten, locationsWritten, readConnections, readLocations } from "./store";

/**
 * Connects a local provider to the visit's shop, once: a shop that had it before has it again under the same id. Answers
 * where the browser goes on. The shop itself is the account, so it can hang on no other shop.
 */
export async function connectHere(world: World, visit: Visit, { manifest }: LocalProvider): Promise<Result<{ readonly url: string }>> {
  const { db, shop } = visit;
  const { id: provider, role, name } = manifest;
  const known = (await readConnections(db)).find((row) => row.provider === provider);
  const url = `/connections?connected=${provider}`;
  if (known !== undefined && known.state === "connected") return ok({ url });
  const now = world.clock();
  const id = known?.id ?? newId<ConnectionId>(world.random);
  const audit = auditLine(db, world.random, {
    at: now, actor: actorOf(visit), action: known === undefined ? "connection.connected" : "connection.reconnected", subject: id, after: { provider },
  });
  const resumed = known === undefined ? [] : (await readLocations(db)).filter(({ connectionId }) => connectionId === id)
    .map((row) => ({ ...row, nextDueAt: resumeAt(toLocation(row), known.checkedAt) }));
  await db.orm.batch([connectionWritten(db, {
    shopId: shop.id, id, provider, role, externalAccount: shop.id, name, currency: role === "books" ? shop.currency : null, closedThrough: known?.closedThrough ?? null,
    state: "connected", scopes: [], connectedBy: visit.person.id, connectedAt: now, checkedAt: now,
  }), ...(provider === "journal" && known === undefined ? begunJournal(visit, id, now) : []), ...(resumed.length === 0 ? [] : [locationsWritten(db, resumed)]), ...audit]);
  return ok({ url });
}

/** Own books begin with a chart, which the mapping can be made over at once. */
function begunJournal({ db, shop }: Visit, id: ConnectionId, now: number): readonly Statement[] {
  const accounts = starterAccounts(shop.currency);
  return [...beginOwnBooks(db, shop.currency, now), chartWritten(db, id, { accounts, dimensions: [] }, now)];
}
