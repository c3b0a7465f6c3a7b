/** STAND-IN, never committed. */
import { and, eq } from "drizzle-orm";
import type { PersonId, ShopId } from "../../kernel/ids";
import type { Role } from "../../kernel/roles";
import type { ShopCard } from "../../http/guard";
import type { DirectoryDb } from "../../platform/database";
import { membership, shop } from "./table";

export async function findShop(directory: DirectoryDb, shopId: ShopId): Promise<ShopCard | null> {
  return (await directory.select().from(shop).where(and(eq(shop.id, shopId), eq(shop.state, "open"))).get()) ?? null;
}
export async function membershipOf(directory: DirectoryDb, shopId: ShopId, personId: PersonId): Promise<Role | null> {
  return (await directory.select().from(membership).where(and(eq(membership.shopId, shopId), eq(membership.personId, personId))).get())?.role ?? null;
}
