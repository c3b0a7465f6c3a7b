/** A stop that came outside of a message: by a link, by the form of a shop, by what the post reports. It stands when this has ended. */
import type { ShopId } from "../../kernel/ids";
import type { Result } from "../../kernel/result";
import type { ShopCard } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { optOut, type Ledger, type Person, type Said } from "./service";
import { standingsQuery } from "./store";
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

/** How it was said. What a provider tells late and repeatedly counts once for its `reference`; see `untilOptedIn` for what people say. */
export type Heard = Omit<Said, "saidAt" | "byPerson" | "reference"> & { readonly reference: string };

/**
 * Opts a person out at an address and wherever else they are known to be; the address alone where that cannot be found
 * out, for a stop at it holds for the others as well when somebody writes to them.
 */
export async function stopAt(ledger: Ledger, find: FindPerson, address: Address, heard: Heard): Promise<void> {
  const person = await personAt(ledger, find, address);
  await optOut(ledger, person, { ...heard, saidAt: ledger.world.clock(), byPerson: null });
}

/** A reference for what somebody may say again by the same link or form, after they have opted in: until then it counts once. */
export async function untilOptedIn({ env, db }: Ledger, address: Address, reference: string): Promise<string> {
  const [known] = await standingsQuery(db, [await subjectOf(readConfig(env), db.shopId, address)]);
  return `${reference}:${known?.optedInAt ?? 0}`;
}

async function personAt({ world, db }: Ledger, find: FindPerson, address: Address): Promise<Person> {
  try {
    return await find(db, address);
  } catch (error) {
    world.log.error("consent.person_not_found", { shopId: db.shopId, ...errorFields(error) });
    return { address, others: [] };
  }
}
