/** On what grounds somebody may be written to, or may not: what the ledger has of it. Whether they may is the register's to say. */
import { readConfig } from "../../platform/env";
import type { ConsentSource } from "./contract";
import type { Ledger, Person } from "./service";
import { agreedQuery, standingsQuery } from "./store";
import { subjectOf } from "./subject";

/** `isGiven`: consent to be written to at this address is on record. `source`: by which way the last word about it came, where one is known. */
export type Grounds = { readonly isGiven: boolean; readonly source: ConsentSource | null };

/** What is on record of a person, in one round trip: consent at the address that is written to, a stop at any of theirs. */
export async function groundsOf({ env, db }: Ledger, { address, others }: Person): Promise<Grounds> {
  const config = readConfig(env);
  const [to, ...elsewhere] = await Promise.all([subjectOf(config, db.shopId, address), ...others.map(async (one) => await subjectOf(config, db.shopId, one))]);
  const [given, standings] = await db.orm.batch([agreedQuery(db, [to]), standingsQuery(db, [to, ...elsewhere])]);
  const barring = standings.filter(({ optedOutAt, heldAt }) => optedOutAt !== null || heldAt !== null);
  const found = barring.find(({ subject }) => subject === to) ?? barring[0];
  return { isGiven: given.length > 0, source: found?.source ?? null };
}
