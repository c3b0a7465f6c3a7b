/** A café's chart of accounts, as a bookkeeper would set it up, and the making of accounts from it. */
import type { Account, Company } from "./simulator-state";

/** An account to begin with; ids are given in order, from 1. */
export type AccountSeed = {
  readonly name: string;
  readonly type: string;
  readonly subType: string;
  readonly isActive?: boolean;
  readonly currency?: string;
};

const seed = (type: string, subType: string, name: string): AccountSeed => ({ name, type, subType });

export const CAFE_CHART: readonly AccountSeed[] = [
  seed("Bank", "Checking", "Checking"),
  seed("Bank", "Savings", "Savings"),
  seed("Bank", "CashOnHand", "Cash on Hand"),
  seed("Accounts Receivable", "AccountsReceivable", "Accounts Receivable (A/R)"),
  seed("Other Current Asset", "UndepositedFunds", "Undeposited Funds"),
  seed("Other Current Asset", "OtherCurrentAssets", "Square Clearing"),
  seed("Other Current Asset", "OtherCurrentAssets", "House Accounts"),
  seed("Other Current Asset", "Inventory", "Inventory Asset"),
  seed("Fixed Asset", "MachineryAndEquipment", "Espresso Machines"),
  seed("Accounts Payable", "AccountsPayable", "Accounts Payable (A/P)"),
  seed("Credit Card", "CreditCard", "Visa"),
  seed("Other Current Liability", "SalesTaxPayable", "Sales Tax Payable"),
  seed("Other Current Liability", "OtherCurrentLiabilities", "Tips Payable"),
  seed("Other Current Liability", "OtherCurrentLiabilities", "Gift Cards Outstanding"),
  seed("Other Current Liability", "PayrollTaxPayable", "Payroll Liabilities"),
  seed("Long Term Liability", "NotesPayable", "Notes Payable"),
  seed("Equity", "OpeningBalanceEquity", "Opening Balance Equity"),
  seed("Equity", "RetainedEarnings", "Retained Earnings"),
  seed("Income", "SalesOfProductIncome", "Sales"),
  seed("Income", "SalesOfProductIncome", "Coffee Sales"),
  seed("Income", "SalesOfProductIncome", "Tea Sales"),
  seed("Income", "SalesOfProductIncome", "Food Sales"),
  seed("Income", "SalesOfProductIncome", "Merchandise Sales"),
  seed("Income", "ServiceFeeIncome", "Service Charges"),
  seed("Income", "DiscountsRefundsGiven", "Discounts Given"),
  seed("Income", "DiscountsRefundsGiven", "Comps"),
  seed("Income", "DiscountsRefundsGiven", "Returns and Refunds"),
  seed("Cost of Goods Sold", "SuppliesMaterialsCogs", "Cost of Goods Sold"),
  seed("Expense", "BankCharges", "Merchant Fees"),
  seed("Expense", "OtherMiscellaneousServiceCost", "Cash Over and Short"),
  seed("Expense", "OtherMiscellaneousServiceCost", "Petty Cash Expenses"),
  seed("Expense", "AdvertisingPromotional", "Promotions"),
  seed("Expense", "RentOrLeaseOfBuildings", "Rent"),
  seed("Other Expense", "OtherMiscellaneousExpense", "Rounding Differences"),
];

/** Account types and the class that each belongs to (Intuit, Account). */
export const CLASSIFICATIONS: Readonly<Record<string, string>> = {
  "Bank": "Asset", "Accounts Receivable": "Asset", "Other Current Asset": "Asset", "Fixed Asset": "Asset",
  "Other Asset": "Asset", "Accounts Payable": "Liability", "Credit Card": "Liability",
  "Other Current Liability": "Liability", "Long Term Liability": "Liability", "Equity": "Equity", "Income": "Revenue",
  "Other Income": "Revenue", "Cost of Goods Sold": "Expense", "Expense": "Expense", "Other Expense": "Expense",
};

/** An account as the API shows it. `time` is its `MetaData` instant. */
export function makeAccount(company: Company, id: string, from: AccountSeed, time: string): Account {
  const isActive = from.isActive ?? true;
  const name = isActive ? from.name : `${from.name} (deleted)`;
  return {
    Id: id,
    SyncToken: "0",
    MetaData: { CreateTime: time, LastUpdatedTime: time },
    Name: name,
    FullyQualifiedName: name,
    SubAccount: false,
    Active: isActive,
    Classification: CLASSIFICATIONS[from.type] ?? "Asset",
    AccountType: from.type,
    AccountSubType: from.subType,
    CurrentBalance: 0,
    CurrentBalanceWithSubAccounts: 0,
    ...(company.omitsCurrency ? {} : { CurrencyRef: { value: from.currency ?? company.currency } }),
    domain: "QBO",
    sparse: false,
  };
}

/** The same account made inactive or active again: QuickBooks marks the name and counts the change. */
export function withActivity(account: Account, isActive: boolean, time: string): Account {
  if (account.Active === isActive) return account;
  const name = isActive ? account.Name.replace(/ \(deleted\)$/, "") : `${account.Name} (deleted)`;
  return {
    ...account,
    Active: isActive,
    Name: name,
    FullyQualifiedName: name,
    SyncToken: String(Number(account.SyncToken) + 1),
    MetaData: { ...account.MetaData, LastUpdatedTime: time },
  };
}
