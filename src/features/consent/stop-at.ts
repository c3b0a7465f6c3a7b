/** A stop that came outside of a message: by a link, by the form of a shop, by what the post reports. It stands when this has ended. */
import type { ShopId } from "../../kernel/ids";
import type { Result } from "../../kernel/result";
import type { ShopCard } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { optOut, type Ledger, type Person, type Said } from "./service";
import { outReferredQuery, standingsQuery } from "./store";
import { subjectOf, type Address } from "./subject";

/** Where else the person behind an address is known to be. Consent knows addresses; contacts know people, and `app.ts` introduces them. */
export type FindPerson = (db: ShopDb, address: Address) => Promise<Person>;

/** What those need who hear of a stop without a session: a shop's rows, opened for what was proved otherwise, and its people. */
export type Stopping = {
  readonly open: (env: Bindings, owner: { readonly shopId: ShopId; readonly shard: number }) => ShopDb;
  readonly find: FindPerson;
  /** A number that somebody typed, in E.164; `invalid_input` where it is none. */
  readonly readPhone: (text: string, shop: Pick<ShopCard, "currency" | "zone">) => Result<string>;
};

/**
 * How it was said. `reference` names what it was said by: a person's stop counts once until the address is opted in again,
 * and may then be said by the same link; what a provider tells counts `once`, for it tells late and repeatedly.
 */
export type Stop = Omit<Said, "saidAt" | "byPerson" | "reference"> & { readonly reference: string; readonly counts: "once" | "until_opted_in" };

/**
 * Opts a person out at an address and wherever else they are known to be; the address alone where that cannot be found
 * out, for a stop at it holds for the others as well when somebody writes to them.
 */
export async function stopAt(ledger: Ledger, find: FindPerson, address: Address, { reference, counts, ...stop }: Stop): Promise<void> {
  const { world, env, db } = ledger;
  const subject = await subjectOf(readConfig(env), db.shopId, address);
  const [[known], [before]] = await db.orm.batch([standingsQuery(db, [subject]), outReferredQuery(db, subject, reference)]);
  if (counts === "once" && before !== undefined) return;
  const person = await personAt(ledger, find, address);
  await optOut(ledger, person, { ...stop, saidAt: world.clock(), reference: counts === "once" ? reference : `${reference}:${known?.optedInAt ?? 0}`, byPerson: null });
}

async function personAt({ world, db }: Ledger, find: FindPerson, address: Address): Promise<Person> {
  try {
    return await find(db, address);
  } catch (error) {
    world.log.error("consent.person_not_found", { shopId: db.shopId, ...errorFields(error) });
    return { address, others: [] };
  }
}
