/** The SQL of whether an organisation's shops share what people said about being written to. DIRECTORY. */
import { sql } from "drizzle-orm";
import type { OrganisationId, ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";

/** A shop and where its rows are. */
export type Sharer = { readonly shopId: ShopId; readonly shard: number };

/** As many as an organisation may have. */
const MOST_SHOPS = 1_000;

/** Whether a stop at one of an organisation's shops is one at all of them. */
export async function readSharing(directory: DirectoryDb, id: OrganisationId): Promise<boolean> {
  const row = await directory.get<{ readonly isShared: 0 | 1 } | undefined>(sql`SELECT shares_opt_outs AS "isShared" FROM organisation WHERE id = ${id}`);
  return row?.isShared === 1;
}

/** Switches that on or off. */
export function sharingWritten(directory: DirectoryDb, id: OrganisationId, isShared: boolean): Statement {
  return directory.run(sql`UPDATE organisation SET shares_opt_outs = ${isShared ? 1 : 0} WHERE id = ${id}`);
}

/** The other shops that a shop shares stops with at this moment, by id; none where it is in no organisation, or in one that does not share. */
export async function shopsSharingWith(directory: DirectoryDb, shopId: ShopId): Promise<readonly Sharer[]> {
  return await directory.all<Sharer>(sql`
    SELECT other.id AS "shopId", other.shard AS shard FROM shop
    JOIN organisation ON organisation.id = shop.organisation_id AND organisation.shares_opt_outs = 1
    JOIN shop AS other ON other.organisation_id = organisation.id AND other.id <> shop.id AND other.state = 'open'
    WHERE shop.id = ${shopId} ORDER BY other.id LIMIT ${MOST_SHOPS}`);
}
