/** The demo's companies at the simulated QuickBooks: each shop's own chart of accounts. */
import { CAFE_CHART } from "../providers/quickbooks/simulator-chart";
import type { CompanySeed } from "../providers/quickbooks/simulator";

export const HARBOUR_REALM = "9130350000000001";
export const LANTERN_REALM = "9130350000000002";
export const COFFEE_REALM = "9130350000000003";
const CORNER_REALM = "9130350000000004";

/** The account that the demo's failed day is booked to. */
export const CATERING_ACCOUNT = "Catering Income";

/** The companies, as the consent page lists them. */
export function demoCompanies(): readonly CompanySeed[] {
  return [
    { realm: HARBOUR_REALM, name: "Harbour Coffee LLC", chart: [...CAFE_CHART, { name: CATERING_ACCOUNT, type: "Income", subType: "SalesOfProductIncome" }] },
    { realm: LANTERN_REALM, name: "Lantern Books Inc" },
    { realm: COFFEE_REALM, name: "Coffee history Ltd" },
    { realm: CORNER_REALM, name: "Corner Bakery LLC" },
  ];
}
