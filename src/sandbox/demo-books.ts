/** The demo's companies at the simulated QuickBooks, each with its own chart of accounts, and its organisations at Xero. */
import { CAFE_CHART } from "../providers/quickbooks/simulator-chart";
import type { CompanySeed } from "../providers/quickbooks/simulator";
import { CAFE_CHART as XERO_CHART } from "../providers/xero/simulator-chart";
import type { OrganisationSeed } from "../providers/xero/simulator";

export const HARBOUR_REALM = "9130350000000001";
export const LANTERN_REALM = "9130350000000002";
export const COFFEE_REALM = "9130350000000003";
const CORNER_REALM = "9130350000000004";

/** Cove Kitchen's books at Xero, and those of its catering, which the same consent opens. */
export const COVE_ORGANISATION = "5f3c1a70-3b1e-4c55-8a51-0c0ffee00003";
export const COVE_CATERING = "5f3c1a70-3b1e-4c55-8a51-0c0ffee00004";

/** What Cove Kitchen's lines are tracked by. */
export const TRACKED = { category: "Location", option: "Cove Street" };

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

/** Organisations at the simulated Xero, as its consent page lists them: one person keeps the books of all. */
export function demoOrganisations(): readonly OrganisationSeed[] {
  return [
    { id: "5f3c1a70-3b1e-4c55-8a51-0c0ffee00001", name: "Corner Bakery LLC", tracking: { Region: ["North", "South"], Department: ["Kitchen", "Front"] } },
    { id: "5f3c1a70-3b1e-4c55-8a51-0c0ffee00002", name: "Linnet Bakery Ltd", currency: "GBP", country: "GB", timezone: "GMTSTANDARDTIME" },
    { id: COVE_ORGANISATION, name: "Cove Kitchen LLC", chart: cloverChart(), tracking: { [TRACKED.category]: [TRACKED.option, "Catering"] } },
    { id: "5f3c1a70-3b1e-4c55-8a51-0c0ffee00005", name: "Liffey Kitchen DAC", chart: cloverChart(), currency: "EUR", country: "IE", timezone: "GMTSTANDARDTIME" },
    { id: COVE_CATERING, name: "Cove Catering LLC", chart: cloverChart() },
  ];
}

/** A café's chart whose card takings wait for Clover, with a drawer of cash. */
function cloverChart(): NonNullable<OrganisationSeed["chart"]> {
  const renamed = XERO_CHART.map((account) => (account.name === "Square Clearing" ? { ...account, name: "Clover Clearing" } : account));
  return [...renamed, { code: "643", type: "CURRENT", name: "Cash on Hand" }];
}
