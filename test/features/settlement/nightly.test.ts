/** What is sent for payouts of a night, and what is suggested for their lines. */
import { describe, expect, it } from "vitest";
import type { LocationId, ShopId } from "../../../src/kernel/ids";
import type { LineKey } from "../../../src/ledger/mapping";
import { suggestAccounts } from "../../../src/ledger/suggestion";
import { nightlyPayouts } from "../../../src/features/settlement/jobs";
import { CAFE_CHART, CLASSIFICATIONS } from "../../../src/providers/quickbooks/simulator-chart";

const PLACE = { shopId: "s".repeat(26) as ShopId, shard: 0, locationId: "l".repeat(26) as LocationId };
const MONDAY = Date.UTC(2026, 6, 13, 6);

describe("the night", () => {
  it("looks at the payouts of a week, on Mondays at those of five, and after the days", () => {
    const days = Array.from({ length: 7 }, (_, index) => nightlyPayouts(PLACE, MONDAY + index * 86_400_000, 60));
    expect(days.map((sent) => (sent?.body.payload as { readonly days?: number } | undefined)?.days)).toEqual([35, 7, 7, 7, 7, 7, 7]);
    expect(days[0]).toMatchObject({ body: { kind: "read-payouts", payload: PLACE }, delaySeconds: 360 });
  });
});

describe("suggestions", () => {
  it("find the bank for payouts and the fees account for fees, in a café's own chart", () => {
    const classes: Readonly<Record<string, "asset" | "liability" | "equity" | "income" | "expense">> = { Asset: "asset", Liability: "liability", Equity: "equity", Revenue: "income", Expense: "expense" };
    const accounts = CAFE_CHART.map(({ name, type }, index) => ({
      id: String(index), name, type, class: classes[CLASSIFICATIONS[type] ?? ""] ?? ("asset" as const), isActive: true, isPostable: !type.startsWith("Accounts"), currency: "USD",
    }));
    const line = (key: string, label: string, nature: "asset" | "expense") => ({ key: key as LineKey, label, nature });
    const lines = [line("payout:bank", "Payouts to the bank", "asset"), line("fee:square", "Square fees", "expense")];
    const found = suggestAccounts(lines, accounts, { version: 0, accounts: {} }, "USD");
    expect(found.map(({ key, account }) => [key, account.name])).toEqual([["payout:bank", "Checking"], ["fee:square", "Merchant Fees"]]);
  });
});
