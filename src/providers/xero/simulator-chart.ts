/** A café's chart of accounts, as Xero's own starting chart grows in a café, and the making of accounts from it. */
import type { Account } from "./simulator-state";

/** An account to begin with. */
export type AccountSeed = {
  readonly code?: string;
  readonly name: string;
  readonly type: string;
  readonly system?: string;
  readonly status?: Account["Status"];
};

const seed = (code: string, type: string, name: string, system?: string): AccountSeed => ({ code, type, name, ...(system === undefined ? {} : { system }) });

export const CAFE_CHART: readonly AccountSeed[] = [
  { name: "Business Bank Account", type: "BANK" },
  seed("091", "BANK", "Business Savings"),
  seed("200", "REVENUE", "Sales"),
  seed("201", "REVENUE", "Coffee Sales"),
  seed("202", "REVENUE", "Tea Sales"),
  seed("203", "REVENUE", "Food Sales"),
  seed("204", "REVENUE", "Merchandise Sales"),
  seed("210", "REVENUE", "Service Charges"),
  seed("220", "REVENUE", "Discounts Given"),
  seed("221", "REVENUE", "Comps"),
  seed("222", "REVENUE", "Returns and Refunds"),
  seed("260", "OTHERINCOME", "Other Revenue"),
  seed("310", "DIRECTCOSTS", "Cost of Goods Sold"),
  seed("400", "EXPENSE", "Advertising"),
  seed("404", "EXPENSE", "Merchant Fees"),
  seed("412", "EXPENSE", "Cash Over and Short"),
  seed("413", "EXPENSE", "Promotions"),
  seed("414", "EXPENSE", "Rounding Differences"),
  seed("469", "OVERHEADS", "Rent"),
  seed("610", "CURRENT", "Accounts Receivable", "DEBTORS"),
  seed("620", "PREPAYMENT", "Prepayments"),
  seed("630", "INVENTORY", "Inventory"),
  seed("640", "CURRENT", "Square Clearing"),
  seed("641", "CURRENT", "Undeposited Funds"),
  seed("642", "CURRENT", "House Accounts"),
  seed("710", "FIXED", "Espresso Machines"),
  seed("800", "CURRLIAB", "Accounts Payable", "CREDITORS"),
  seed("820", "CURRLIAB", "GST", "GST"),
  seed("821", "CURRLIAB", "Sales Tax Payable"),
  seed("822", "CURRLIAB", "Tips Payable"),
  seed("823", "CURRLIAB", "Gift Cards Outstanding"),
  seed("860", "CURRLIAB", "Rounding", "ROUNDING"),
  seed("900", "TERMLIAB", "Loan"),
  seed("960", "EQUITY", "Retained Earnings", "RETAINEDEARNINGS"),
  seed("970", "EQUITY", "Owner A Share Capital"),
];

/** Account types and the class that each belongs to (Xero, Accounts). */
export const CLASS_OF_TYPE: Readonly<Record<string, string>> = {
  BANK: "ASSET", CURRENT: "ASSET", FIXED: "ASSET", INVENTORY: "ASSET", NONCURRENT: "ASSET", PREPAYMENT: "ASSET",
  CURRLIAB: "LIABILITY", LIABILITY: "LIABILITY", TERMLIAB: "LIABILITY", PAYG: "LIABILITY", EQUITY: "EQUITY",
  DEPRECIATN: "EXPENSE", DIRECTCOSTS: "EXPENSE", EXPENSE: "EXPENSE", OVERHEADS: "EXPENSE",
  REVENUE: "REVENUE", SALES: "REVENUE", OTHERINCOME: "REVENUE",
};

/** An account as the API shows it. */
export function makeAccount(id: string, { code, name, type, system, status }: AccountSeed): Account {
  return {
    AccountID: id,
    ...(code === undefined ? {} : { Code: code }),
    Name: name,
    Status: status ?? "ACTIVE",
    Type: type,
    TaxType: "NONE",
    Class: CLASS_OF_TYPE[type] ?? "ASSET",
    ...(system === undefined ? {} : { SystemAccount: system }),
  };
}
