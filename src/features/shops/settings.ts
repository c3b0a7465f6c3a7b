/** What a shop says of itself and asks of its people: its name, its address, the second factor. Each an act with its line. */
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { actOnDirectory, batchOrWhy } from "../../platform/intent";
import type { World } from "../../platform/world";
import { SLUG_RESTS_MS, SLUG_TAKEN } from "./rules";
import { problemOfTakenSlug, slugProblem } from "./slug";
import { addressWritten, hasSecondFactor, nameWritten, readShop, secondFactorWritten } from "./store";

/** Gives the shop another name, as its people and its letters call it. */
export async function renameShop(world: World, env: Bindings, visit: Visit, name: string): Promise<Result<object>> {
  const { shop, db } = visit;
  if (name === shop.name) return ok({});
  const directory = directoryDb(env);
  const intent = { actor: actorOf(visit), action: "shop.renamed", subject: "shop", before: { name: shop.name }, after: { name } };
  return await actOnDirectory(world, db, intent, async () => {
    await directory.batch([nameWritten(directory, shop.id, name)]);
    return ok({});
  });
}

/**
 * Moves the shop to another address, at once: the old one rests for 90 days and is no host's meanwhile, and whoever is
 * in the shop enters anew. Answers the new first page. `invalid_input` for a name that no shop may have, `conflict` for
 * one that is taken, and for a shop that was moved meanwhile.
 */
export async function moveShop(world: World, env: Bindings, visit: Visit, slug: string): Promise<Result<{ readonly url: string }>> {
  const { shop, db } = visit;
  const directory = directoryDb(env);
  const now = world.clock();
  const problem = await slugProblem(directory, slug, now, shop.id);
  if (problem === SLUG_TAKEN) return failed({ kind: "conflict", message: problem });
  if (problem !== null) return failed({ kind: "invalid_input", message: problem, fields: [{ path: "slug", message: problem }] });
  const url = `${originOf(slug, readConfig(env))}/`;
  if (slug === shop.slug) return ok({ url });
  const intent = { actor: actorOf(visit), action: "shop.moved", subject: "shop", before: { address: shop.slug }, after: { address: slug } };
  return await actOnDirectory(world, db, intent, async () => {
    const move = { shopId: shop.id, from: shop.slug, to: slug, now, restsUntil: now + SLUG_RESTS_MS };
    const slugNow = async () => (await readShop(directory, shop.id))?.slug;
    const written = await batchOrWhy(directory, addressWritten(directory, move), {
      isDone: async () => (await slugNow()) === slug,
      why: async () => {
        const taken = await problemOfTakenSlug(directory, slug, now, shop.id);
        if (taken !== null) return { kind: "conflict", message: taken };
        return (await slugNow()) === shop.slug ? null : { kind: "conflict", message: "Somebody moved the shop meanwhile." };
      },
    });
    return written.ok ? ok({ url }) : written;
  });
}

/**
 * Asks everybody of the shop for a second factor from their next request on, or no more. `conflict` for somebody who
 * has none themselves: they would lock themselves out, and could not undo it.
 */
export async function askForSecondFactor(world: World, env: Bindings, visit: Visit, required: boolean): Promise<Result<object>> {
  const { shop, db, person } = visit;
  const directory = directoryDb(env);
  if (required === shop.requiresSecondFactor) return ok({});
  if (required && !(await hasSecondFactor(directory, person.id))) {
    return failed({ kind: "conflict", message: "Add a passkey or an authenticator app to your own account first; otherwise this would lock you out." });
  }
  const intent = {
    actor: actorOf(visit), action: "shop.second_factor", subject: "shop", before: { required: shop.requiresSecondFactor }, after: { required },
  };
  return await actOnDirectory(world, db, intent, async () => {
    await directory.batch([secondFactorWritten(directory, shop.id, required)]);
    return ok({});
  });
}
