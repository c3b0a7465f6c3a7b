/** What is written to a shop's owners and admins about its connections: one that ended, and one that somebody asks for. */
import { DAY } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { rolesThatMay } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import { originOf } from "../../http/site";
import { directoryDb, type ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { actOnDirectory } from "../../platform/intent";
import type { World } from "../../platform/world";
import { providerOf, type ProviderId } from "../../providers/registry";
import { postLetter, type Letter } from "../mail/service";
import { addressesOf, findShop } from "../shops/service";
import type { ConnectionRow } from "./store";

/** The most people of a shop that are written to. */
const MOST_PEOPLE = 20;

/**
 * Tells those who can connect it again that a connection has ended, with the address where one press does it. Never
 * throws: the connection is marked already, the pages show it, and the morning's letter names the days that wait.
 */
export async function tellOfEnd(world: World, env: Bindings, db: ShopDb, connection: ConnectionRow): Promise<void> {
  try {
    const shop = await findShop(directoryDb(env), db.shopId);
    if (shop === null) return;
    const name = providerOf(connection.provider).manifest.name;
    await write(world, env, db, {
      kind: "reconnect_needed",
      subject: `${shop.name}: connect ${name} again`,
      paragraphs: [
        `The connection of ${shop.name} to ${name} (${connection.name}) has ended: ${name} no longer takes the access that Daybook was given.`,
        connection.role === "till"
          ? "Days cannot be read until it is connected again. Nothing is lost: they are read as soon as it is."
          : "Days are read and wait; nothing in your books has changed. They are posted as soon as it is connected again.",
        "Your locations, accounts and settings are kept.",
      ],
      button: { text: `Connect ${name} again`, url: addressOf(env, shop.slug, connection.provider) },
      usefulUntil: world.clock() + DAY,
    });
  } catch (error) {
    world.log.error("connection.end_untold", { shopId: db.shopId, ...errorFields(error) });
  }
}

/**
 * Asks the shop's owners and admins to connect a provider, in the name of somebody who may not. `conflict` where it is
 * connected already.
 */
export async function askToConnect(
  world: World, env: Bindings, visit: Visit, wish: { readonly provider: ProviderId; readonly isConnected: boolean },
): Promise<Result<object>> {
  const { shop, person, db } = visit;
  const { name, role } = providerOf(wish.provider).manifest;
  if (wish.isConnected) return failed({ kind: "conflict", message: `${name} is connected already.` });
  const intent = { actor: actorOf(visit), action: "connection.asked_for", subject: `shop:${shop.id}`, after: { provider: wish.provider } };
  return await actOnDirectory(world, db, intent, async () => {
    await write(world, env, db, {
      kind: "ask_to_connect",
      subject: `${person.name} asks you to connect ${name} to ${shop.name}`,
      paragraphs: [
        `${person.name} (${person.email}) keeps the books of ${shop.name} on Daybook and needs ${name} ${role === "till" ? "to read its sales" : "to post to"}.`,
        `You sign in at ${name} yourself and say yes there: Daybook never sees your password, reads the till and only ever adds entries to the books.`,
        "If you do not know this person, do nothing, and look at your team on Daybook.",
      ],
      button: { text: `Connect ${name}`, url: addressOf(env, shop.slug, wish.provider) },
    });
    return ok({});
  });
}

async function write(world: World, env: Bindings, db: ShopDb, letter: Omit<Letter, "to">): Promise<void> {
  const directory = directoryDb(env);
  const addresses = await addressesOf(directory, db.shopId, { roles: rolesThatMay("connections.manage"), most: MOST_PEOPLE });
  const letters = await Promise.all(addresses.map(async (to) => await postLetter(world, env, directory, { ...letter, to })));
  const [first, ...others] = letters.map(({ statement }) => statement);
  if (first === undefined) return;
  await directory.batch([first, ...others]);
  for (const { send } of letters) await send();
}

/** The connections page, where the button of that provider has the focus. */
function addressOf(env: Bindings, slug: string, provider: ProviderId): string {
  const url = new URL("/connections", originOf(slug, readConfig(env)));
  url.searchParams.set("connect", provider);
  return url.href;
}
