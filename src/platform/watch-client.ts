/** The other side of a person's open pages: opening a socket, and telling them. Telling never fails an act that was done. */
import type { PersonId, SessionId } from "../kernel/ids";
import type { Bindings } from "./env";
import { errorFields } from "./log";
import type { Meant, WatchWord } from "./watch";
import type { World } from "./world";

/** Opens a socket for a session: status 101, or 429 where its person has too many. */
export async function openWatch(env: Bindings, personId: PersonId, sessionId: SessionId): Promise<Response> {
  const address = `https://watch/?session=${sessionId}`;
  return await env.WATCH.getByName(personId).fetch(address, { headers: { upgrade: "websocket" } });
}

/**
 * Tells a person's open pages, within a second, that sessions have ended. To be called after the batch that ended them;
 * never throws: a page that heard nothing is refused at its next request.
 */
export async function tellEnded(world: Pick<World, "log">, env: Bindings, personId: PersonId, meant: Meant): Promise<void> {
  await tell(world, env, personId, "ended", meant);
}

/** Tells a person's open pages that their role or another right has changed: they ask again what they may show. Never throws. */
export async function tellChanged(world: Pick<World, "log">, env: Bindings, personId: PersonId): Promise<void> {
  await tell(world, env, personId, "changed", { but: null });
}

async function tell(world: Pick<World, "log">, env: Bindings, personId: PersonId, word: WatchWord, meant: Meant): Promise<void> {
  try {
    await env.WATCH.getByName(personId).tell(word, meant);
  } catch (error) {
    world.log.warn("watch.untold", { kind: word, ...errorFields(error) });
  }
}
