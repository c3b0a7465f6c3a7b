/** The demo's companies at the simulated QuickBooks, each with its own chart of accounts, and its organisations at Xero. */
import { CAFE_CHART } from "../providers/quickbooks/simulator-chart";
import type { CompanySeed } from "../providers/quickbooks/simulator";
import type { OrganisationSeed } from "../providers/xero/simulator";

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

/** Organisations at the simulated Xero, as its consent page lists them: one person keeps the books of both. */
export function demoOrganisations(): readonly OrganisationSeed[] {
  return [
    { id: "5f3c1a70-3b1e-4c55-8a51-0c0ffee00001", name: "Corner Bakery LLC", tracking: { Region: ["North", "South"], Department: ["Kitchen", "Front"] } },
    { id: "5f3c1a70-3b1e-4c55-8a51-0c0ffee00002", name: "Linnet Bakery Ltd", currency: "GBP", country: "GB", timezone: "GMTSTANDARDTIME" },
  ];
}
