/** Every table, classed: owned by a shop or part of the directory. A table in neither set is refused by the guard. */
import { getTableName } from "drizzle-orm";
import { chart, connectedAccount, connection, location, oauthFlow } from "../features/connections/table";
import { day, entry } from "../features/days/table";
import { mapping } from "../features/mapping/table";
import { person } from "../features/people/table";
import { membership, shop } from "../features/shops/table";
import { credential, handOff, session, shopSession } from "../features/sign-in/table";
import { backfill, backfillDay, postingRule } from "../features/sync/table";

/** Tables of the platform itself (`vault.ts`, `once.ts`) that a shop owns. */
const PLATFORM_TABLES = ["shop_key", "once", "audit"];

/** Tables on the shards: every row has a shop, and every statement must say which. */
export const SHOP_TABLES: ReadonlySet<string> = new Set([
  ...[connection, location, chart, mapping, postingRule, day, entry, backfill, backfillDay].map((table) => getTableName(table)),
  ...PLATFORM_TABLES,
]);

/** Tables of the directory: people, sessions, and where each shop lives. */
export const DIRECTORY_TABLES: ReadonlySet<string> = new Set(
  [person, credential, session, shopSession, handOff, shop, membership, connectedAccount, oauthFlow].map((table) => getTableName(table)),
);
