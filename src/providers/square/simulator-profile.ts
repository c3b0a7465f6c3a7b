/** How a simulated location trades. Shares are probabilities per sale. */
import type { DraftTax } from "./simulator-draft";

export type Profile = {
  /** Hours after the business day's start between which sales are closed. A late-night place passes midnight. */
  readonly openAfterHours: number; readonly closeAfterHours: number;
  readonly taxes: readonly DraftTax[];
  /** See `OrderDraft.grossHoldsTax`. */
  readonly grossHoldsTax?: boolean;
  /** Smallest coin for cash totals; 1 where nothing is rounded. */
  readonly cashCoinMinor: number;
  readonly cashShare: number; readonly splitShare: number; readonly oddTenderShare: number; readonly tipShare: number;
  readonly discountShare: number; readonly compShare: number; readonly customAmountShare: number;
  readonly giftCardSoldShare: number; readonly giftCardRedeemedShare: number;
  readonly autoGratuityShare: number; readonly deliveryShare: number;
  /** Per sale of the day: returns of goods (some as exchanges), refunds that name no goods, and ones that failed. */
  readonly returnShare: number; readonly plainRefundShare: number;
};

/** A café in New York: additive tax, tips on cards, some gift cards. */
export const cafeProfile: Profile = {
  openAfterHours: 3, closeAfterHours: 15,
  taxes: [{ id: "TAX_CITY", name: "Sales tax", percentage: "8.875" }],
  cashCoinMinor: 1,
  cashShare: 0.24, splitShare: 0.03, oddTenderShare: 0.02, tipShare: 0.55,
  discountShare: 0.07, compShare: 0.015, customAmountShare: 0.03, giftCardSoldShare: 0.01, giftCardRedeemedShare: 0.03,
  autoGratuityShare: 0.01, deliveryShare: 0.03, returnShare: 0.012, plainRefundShare: 0.006,
};

/** The same café open until two in the morning. */
export const lateNightProfile: Profile = {
  ...cafeProfile, openAfterHours: 13, closeAfterHours: 22, tipShare: 0.7, autoGratuityShare: 0.08,
};
