/** What a provider says of a connected account (name, locations, chart, closing date), read and kept in one write. */
import type { BusinessDate } from "../../kernel/day";
import { newId, type LocationId, type ShopId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import type { World } from "../../platform/world";
import type { Access, Books, Till, TillLocation } from "../../providers/registry";
import type { ChartAccount, ChartDimension } from "./contract";
import { mergeLocations, toLocation } from "./rules";
import { chartWritten, locationsWritten, readLocations, type ConnectionRow } from "./store";

/** A till brings locations, books a currency, a closing date and accounts. */
export type AccountReading = {
  readonly name: string;
  readonly currency: string | null;
  readonly closedThrough: BusinessDate | null;
  readonly locations: readonly TillLocation[];
  readonly accounts: readonly ChartAccount[];
  readonly dimensions: readonly ChartDimension[];
};

/** How many calls `readAccount` usually makes, for the lane's pacing. Long charts, and books that track classes, make a few more. */
export const CALLS_TO_READ_ACCOUNT = 4;

/** Reads the account behind a grant. Fails as the provider does. */
export async function readAccount(provider: Till | Books, access: Access): Promise<Result<AccountReading>> {
  return "readDay" in provider ? await readTill(provider, access) : await readBooks(provider, access);
}

async function readTill(till: Till, access: Access): Promise<Result<AccountReading>> {
  const described = await till.describe(access);
  if (!described.ok) return described;
  const { name, locations } = described.value;
  return ok({ name: nameOf(name, till), currency: null, closedThrough: null, locations, accounts: [], dimensions: [] });
}

async function readBooks(books: Books, access: Access): Promise<Result<AccountReading>> {
  const described = await books.describe(access);
  if (!described.ok) return described;
  const accounts = await books.accounts(access);
  if (!accounts.ok) return accounts;
  const dimensions = await books.dimensions(access);
  if (!dimensions.ok) return dimensions;
  const { name, currency, closedThrough } = described.value;
  return ok({
    name: nameOf(name, books), currency, closedThrough, locations: [], accounts: accounts.value.map(toChartAccount),
    dimensions: dimensions.value.map(({ id, name: dimension, options }) => ({ id, name: dimension, options: [...options] })),
  });
}

/** An account as it is kept and shown: what a person chooses by, and nothing else that a provider might say. */
export function toChartAccount({ id, name, type, class: accountClass, currency, isActive, isPostable }: ChartAccount): ChartAccount {
  return { id, name, type, class: accountClass, currency, isActive, isPostable };
}

function nameOf(name: string, provider: Till | Books): string {
  return name.trim().slice(0, 200) || provider.manifest.name;
}

export type Keeping = {
  readonly connection: ConnectionRow;
  readonly reading: AccountReading;
  readonly shop: { readonly id: ShopId; readonly zone: string };
  /** When the connection went away, if it is now back; else null. */
  readonly resumeFrom: number | null;
};

/** The statements that keep what a reading brought besides the connection's own row. */
export async function readingKept(world: World, db: ShopDb, keeping: Keeping): Promise<Statement[]> {
  const { connection, reading, shop, resumeFrom } = keeping;
  if (connection.role === "books") return [chartWritten(db, connection.id, reading, connection.checkedAt)];
  const known = (await readLocations(db)).map(toLocation);
  const rows = mergeLocations(known, reading.locations, {
    shopId: shop.id, connectionId: connection.id, zone: shop.zone, resumeFrom, newId: () => newId<LocationId>(world.random),
  });
  return rows.length === 0 ? [] : [locationsWritten(db, rows)];
}
