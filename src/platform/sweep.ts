/**
 * The planner's look across shops: the only statements that may touch rows of more than one shop. The list is closed;
 * each is a constant of this file, reads or moves planning columns, and can name no amount, account or person.
 */

const STATEMENTS = {
  /** Locations with work due, and whose till it is: ?1 = now in epoch milliseconds, ?2 = at most so many, earliest first. */
  dueLocations: `SELECT location.shop_id, location.id, location.zone, location.cut_offs, location.starts_on, location.next_due_at, connection.provider
    FROM location CROSS JOIN connection ON connection.shop_id = location.shop_id AND connection.id = location.connection_id
    WHERE location.next_due_at <= ?1 ORDER BY location.next_due_at LIMIT ?2`,
  /**
   * Which of the due locations' days need no further look: ?1 = JSON [{"shop","location"}], ?2 = the earliest business
   * date. A day whose job never ended is looked at again, and so is one that failed for a reason that passes by itself.
   */
  knownDays: `SELECT day.shop_id, day.location_id, day.business_date
    FROM json_each(?1) AS due CROSS JOIN day
    WHERE day.shop_id = due.value ->> 'shop' AND day.location_id = due.value ->> 'location' AND day.business_date >= ?2
      AND day.state NOT IN ('collecting', 'posting', 'uncertain')
      AND NOT (day.state = 'failed' AND day.reason ->> 'kind' IN ('provider_busy', 'provider_down', 'provider_unreadable',
        'reconnect_needed', 'not_connected', 'subscription_lapsed', 'key_unavailable'))`,
  /**
   * Moves the due instants on: ?1 = JSON [{"shop","location","was","next"}]. A location that was moved meanwhile, by
   * its shop or by another run, is left as it is.
   */
  moveDue: `UPDATE location SET next_due_at = moved.value ->> 'next'
    FROM json_each(?1) AS moved
    WHERE location.shop_id = moved.value ->> 'shop' AND location.id = moved.value ->> 'location'
      AND location.next_due_at = moved.value ->> 'was'`,
  /**
   * Logs that have grown and wait for their checkpoint: ?1 = since when at the latest, ?2 = at most so many, longest first.
   * Only logs with new lines stand in the table, so it is read through: an index would cost a shop more than it saves here.
   */
  grownLogs: `SELECT shop_id FROM audit_pending WHERE since <= ?1 ORDER BY since LIMIT ?2`,
  /** Shops with objects in the bucket that no document names: ?1 = now, ?2 = at most so many. Only such objects stand in the table. */
  strayObjects: `SELECT DISTINCT shop_id FROM stray_object WHERE sweep_at <= ?1 LIMIT ?2`,
  /** Shops with messages whose turn has come: ?1 = by when, ?2 = at most so many. Read from an index of what waits alone. */
  dueMessages: `SELECT DISTINCT shop_id FROM message INDEXED BY message_due WHERE due_at IS NOT NULL AND due_at <= ?1 LIMIT ?2`,
  /** Lists with a step due: ?1 = now, ?2 = at most so many. Only lists that go on stand in the index. */
  dueLists: `SELECT shop_id, id, due_at FROM broadcast INDEXED BY broadcast_due WHERE due_at IS NOT NULL AND due_at <= ?1 ORDER BY due_at LIMIT ?2`,
  /** Shops with files of contacts that nobody went on with: ?1 = now, ?2 = at most so many. Only files that are open stand in the table. */
  expiredImports: `SELECT DISTINCT shop_id FROM contact_import_part WHERE expires_at <= ?1 LIMIT ?2`,
} as const;

/** A row of each sweep, as D1 gives it. */
export type SweepRows = {
  readonly dueLocations: {
    readonly shop_id: string;
    readonly id: string;
    readonly zone: string;
    /** JSON of `CutOff[]`. */
    readonly cut_offs: string;
    readonly starts_on: string | null;
    readonly next_due_at: number;
    readonly provider: string;
  };
  readonly knownDays: { readonly shop_id: string; readonly location_id: string; readonly business_date: string };
  readonly moveDue: never;
  readonly grownLogs: { readonly shop_id: string };
  readonly strayObjects: { readonly shop_id: string };
  readonly dueMessages: { readonly shop_id: string };
  readonly expiredImports: { readonly shop_id: string };
  readonly dueLists: { readonly shop_id: string; readonly id: string; readonly due_at: number };
};

export type SweepName = keyof typeof STATEMENTS;

/** The text of one sweep. */
export function sweepStatement(name: SweepName): string {
  return STATEMENTS[name];
}

/** Every sweep there is, for the test that reads them. */
export const SWEEPS = Object.keys(STATEMENTS) as readonly SweepName[];

/** One shard's rows of a sweep, for the planner alone. */
export async function sweep<Name extends SweepName>(
  shard: D1Database, name: Name, values: readonly (string | number)[],
): Promise<readonly SweepRows[Name][]> {
  const result = await shard.prepare(STATEMENTS[name]).bind(...values).run<SweepRows[Name]>();
  return result.results;
}
