/** A shop whose till and books are connected and that has read some days; amounts in cents. */
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { MappingView } from "../../../src/features/mapping/contract";
import { createSalesDayFold, type SalesDay, type SalesDayFold } from "../../../src/ledger/sales-day";
import { api, connect, read } from "../connections/browser";
import { openHouse, shardOf, visitOf, type House, type Someone } from "../connections/house";

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Harbour with both connections, and Ada who owns it. */
export async function openShop() {
  const house = await openHouse();
  const owner = await house.someone("Ada", house.harbour, "owner");
  await connect(house, owner, house.harbour, "square");
  await connect(house, owner, house.harbour, "quickbooks");
  const { locations } = await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"));
  const locationId = locations.find(({ name }) => name === "Pier")?.id ?? "";
  const readDay = (date: string, totals: SalesDay, reason: unknown = null) => plantDay(house, { locationId, date, totals, reason });
  return { house, owner, readDay, visit: await visitOf(house, owner, house.harbour), view: () => viewOf(house, owner), accountId: (name: string) => accountId(house, name) };
}

async function viewOf(house: House, who: Someone): Promise<MappingView> {
  return await read<MappingView>(await api(who, house.harbour, "GET", "/mapping"));
}

/** The id that the books gave an account. */
function accountId({ quickbooks, accounts }: House, name: string): string {
  const account = quickbooks.control.accounts(accounts.realm).find((one) => one.Name === name);
  if (account === undefined) throw new Error(`the books have no account ${name}`);
  return account.Id;
}

type Planted = { readonly locationId: string; readonly date: string; readonly totals: SalesDay; readonly reason: unknown };

async function plantDay(house: House, { locationId, date, totals, reason }: Planted): Promise<void> {
  await shardOf(house, house.harbour).prepare(`INSERT INTO day (shop_id, location_id, business_date, state, reason, totals, fingerprint, revision, attempts, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, 'f', 0, '[]', 1)`)
    .bind(house.harbour.id, locationId, date, reason === null ? "ready" : "held", reason === null ? null : JSON.stringify(reason), JSON.stringify(totals)).run();
}

/** A café's day: coffee and food by card and cash, tax, tips, one return, a gift card sold and one redeemed. */
export function cafeDay(coffeeMinor = 10_000): SalesDay {
  return dayOf((fold) => {
    fold.category("C1", "Coffee").gross(coffeeMinor);
    fold.category("C2", "Food").gross(5_000);
    fold.category("C2", "Food").returned(500);
    fold.tax("T1", "Sales tax 8.25%").in(1_200);
    fold.tip.in(900);
    fold.giftCard.in(2_500);
    fold.tender("gift_card", "", "").in(1_000);
    fold.tender("card", "", "").in(coffeeMinor + 3_000);
    fold.tender("cash", "", "").in(5_100);
  });
}

export function dayOf(fill: (fold: SalesDayFold) => void): SalesDay {
  const fold = createSalesDayFold("USD");
  fill(fold);
  return fold.finish();
}
