/** A shop's audit log, read past every guard. */
import { env } from "cloudflare:workers";
import type { ShopCard } from "../../src/http/guard";
import { shardsOf, type Bindings } from "../../src/platform/env";

export type Line = {
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
};

/** The lines of a shop's log in order, but for the first: that it was made. */
export async function auditOf({ id, shard }: Pick<ShopCard, "id" | "shard">, bindings: Bindings = env): Promise<Line[]> {
  const rows = await shardsOf(bindings)[shard]?.prepare("SELECT action, actor, subject, before, after FROM audit WHERE shop_id = ?1 AND action <> 'shop.created' ORDER BY seq")
    .bind(id).all<Omit<Line, "before" | "after"> & { before: string | null; after: string | null }>();
  return (rows?.results ?? []).map((row) => ({ ...row, before: parsed(row.before), after: parsed(row.after) }));
}

function parsed(json: string | null): Line["before"] {
  return json === null ? null : (JSON.parse(json) as Line["before"]);
}
