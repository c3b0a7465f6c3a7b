/** Square's JSON as the simulator writes it: the fields of API 2025-08-20 that a till's sale really carries. */

/** Integer minor units with an ISO 4217 code. */
export type Money = { readonly amount: number; readonly currency: string };

export type AppliedTax = { readonly uid: string; readonly tax_uid: string; readonly applied_money: Money };
export type AppliedDiscount = { readonly uid: string; readonly discount_uid: string; readonly applied_money: Money };

export type Modifier = {
  readonly uid: string; readonly catalog_object_id?: string; readonly name: string; readonly quantity: string;
  readonly base_price_money: Money; readonly total_price_money: Money;
};

export type ItemType = "ITEM" | "CUSTOM_AMOUNT" | "GIFT_CARD";

export type LineItem = {
  readonly uid: string; readonly catalog_object_id?: string; readonly catalog_version?: number;
  readonly quantity: string; readonly name?: string; readonly variation_name?: string; readonly item_type: ItemType;
  readonly modifiers?: readonly Modifier[];
  readonly applied_taxes?: readonly AppliedTax[]; readonly applied_discounts?: readonly AppliedDiscount[];
  readonly base_price_money: Money; readonly variation_total_price_money: Money; readonly gross_sales_money: Money;
  readonly total_tax_money: Money; readonly total_discount_money: Money; readonly total_money: Money;
  readonly total_service_charge_money: Money;
};

export type TaxType = "ADDITIVE" | "INCLUSIVE";
export type Tax = {
  readonly uid: string; readonly catalog_object_id?: string; readonly name: string; readonly percentage: string;
  readonly type: TaxType; readonly scope: "ORDER"; readonly applied_money: Money;
};
export type Discount = {
  readonly uid: string; readonly catalog_object_id?: string; readonly name: string;
  readonly type: "FIXED_PERCENTAGE" | "FIXED_AMOUNT"; readonly percentage?: string; readonly amount_money?: Money;
  readonly scope: "ORDER"; readonly applied_money: Money;
};
export type ServiceCharge = {
  readonly uid: string; readonly catalog_object_id?: string; readonly name: string; readonly percentage?: string;
  readonly amount_money?: Money; readonly applied_money: Money; readonly total_money: Money; readonly total_tax_money: Money;
  readonly calculation_phase: "SUBTOTAL_PHASE" | "TOTAL_PHASE"; readonly taxable: boolean;
  readonly type?: "AUTO_GRATUITY" | "CUSTOM"; readonly treatment_type: "LINE_ITEM_TREATMENT";
};
export type Rounding = { readonly uid: string; readonly name: string; readonly amount_money: Money };

export type TenderType =
  | "CARD" | "CASH" | "THIRD_PARTY_CARD" | "SQUARE_GIFT_CARD" | "NO_SALE" | "BANK_ACCOUNT" | "WALLET"
  | "BUY_NOW_PAY_LATER" | "SQUARE_ACCOUNT" | "OTHER";

export type Tender = {
  readonly id: string; readonly location_id: string; readonly transaction_id: string; readonly created_at: string;
  readonly amount_money: Money; readonly tip_money?: Money; readonly processing_fee_money?: Money; readonly type: TenderType;
  readonly note?: string; readonly customer_id?: string; readonly payment_id: string;
  readonly card_details?: {
    readonly status: "AUTHORIZED" | "CAPTURED" | "VOIDED" | "FAILED"; readonly entry_method: string;
    readonly card: {
      readonly card_brand: string; readonly last_4: string; readonly fingerprint: string;
      readonly exp_month: number; readonly exp_year: number; readonly cardholder_name?: string;
    };
  };
  readonly cash_details?: { readonly buyer_tendered_money: Money; readonly change_back_money: Money };
};

export type ReturnLine = Omit<LineItem, "modifiers" | "gross_sales_money"> & {
  readonly source_line_item_uid?: string; readonly gross_return_money: Money;
};

export type OrderReturn = {
  readonly uid: string; readonly source_order_id?: string; readonly return_line_items?: readonly ReturnLine[];
  readonly return_taxes?: readonly (Tax & { readonly source_tax_uid?: string })[];
  readonly return_discounts?: readonly (Discount & { readonly source_discount_uid?: string })[];
  readonly return_service_charges?: readonly Omit<ServiceCharge, "type">[];
  readonly return_tips?: readonly { readonly uid: string; readonly applied_money: Money; readonly source_tender_id?: string }[];
  readonly rounding_adjustment?: Rounding;
  readonly return_amounts: MoneyAmounts;
};

export type MoneyAmounts = {
  readonly total_money: Money; readonly tax_money: Money; readonly discount_money: Money;
  readonly tip_money: Money; readonly service_charge_money: Money;
};

/** The refund as an order repeats it; the whole of it is a `PaymentRefund`. */
export type OrderRefund = {
  readonly id: string; readonly location_id: string; readonly transaction_id?: string; readonly tender_id?: string;
  readonly created_at: string; readonly reason: string; readonly amount_money: Money;
  readonly status: "PENDING" | "APPROVED" | "REJECTED" | "FAILED";
};

export type Order = {
  readonly id: string; readonly location_id: string; readonly state: "OPEN" | "COMPLETED" | "CANCELED" | "DRAFT";
  readonly created_at: string; readonly updated_at: string; readonly closed_at?: string;
  readonly source?: { readonly name: string }; readonly customer_id?: string; readonly ticket_name?: string;
  readonly reference_id?: string;
  readonly line_items?: readonly LineItem[]; readonly taxes?: readonly Tax[]; readonly discounts?: readonly Discount[];
  readonly service_charges?: readonly ServiceCharge[]; readonly tenders?: readonly Tender[];
  readonly returns?: readonly OrderReturn[]; readonly refunds?: readonly OrderRefund[];
  readonly rounding_adjustment?: Rounding;
  readonly total_money: Money; readonly total_tax_money: Money; readonly total_discount_money: Money;
  readonly total_tip_money: Money; readonly total_service_charge_money: Money; readonly net_amounts: MoneyAmounts;
  readonly return_amounts?: MoneyAmounts; readonly net_amount_due_money: Money;
};

export type PaymentRefund = {
  readonly id: string; readonly status: "PENDING" | "COMPLETED" | "REJECTED" | "FAILED"; readonly location_id: string;
  readonly unlinked?: boolean; readonly destination_type: string;
  readonly destination_details?: { readonly card_details?: { readonly card: { readonly card_brand: string } } };
  readonly amount_money: Money; readonly payment_id?: string; readonly order_id?: string; readonly reason: string;
  readonly created_at: string; readonly updated_at: string;
};

export type Payout = {
  readonly id: string; readonly status: "SENT" | "FAILED" | "PAID"; readonly location_id: string;
  readonly created_at: string; readonly updated_at: string; readonly amount_money: Money;
  readonly destination: { readonly type: "BANK_ACCOUNT"; readonly id: string }; readonly version: number; readonly type: "BATCH";
  readonly payout_fee: readonly []; readonly arrival_date: string; readonly end_to_end_id: string;
};

export type PayoutEntry = {
  readonly id: string; readonly payout_id: string; readonly effective_at: string; readonly type: string;
  readonly gross_amount_money: Money; readonly fee_amount_money: Money; readonly net_amount_money: Money;
};

export type CatalogObject = {
  readonly type: "ITEM" | "ITEM_VARIATION" | "CATEGORY" | "TAX" | "DISCOUNT";
  readonly id: string; readonly updated_at: string; readonly version: number; readonly is_deleted: boolean;
  readonly present_at_all_locations: boolean;
  readonly item_data?: {
    readonly name: string; readonly category_id?: string; readonly tax_ids?: readonly string[];
    readonly categories?: readonly { readonly id: string; readonly ordinal: number }[];
    readonly reporting_category?: { readonly id: string; readonly ordinal: number };
    readonly variations?: readonly CatalogObject[];
  };
  readonly item_variation_data?: {
    readonly item_id: string; readonly name: string; readonly pricing_type: "FIXED_PRICING" | "VARIABLE_PRICING";
    readonly price_money?: Money;
  };
  readonly category_data?: { readonly name: string; readonly is_top_level: boolean };
};

export type CashDrawerShiftSummary = {
  readonly id: string; readonly state: "OPEN" | "ENDED" | "CLOSED"; readonly location_id: string; readonly description: string;
  readonly opened_at: string; readonly ended_at?: string; readonly closed_at?: string; readonly created_at: string; readonly updated_at: string;
  readonly opened_cash_money: Money; readonly expected_cash_money: Money; readonly closed_cash_money?: Money;
};

export type CashDrawerEvent = {
  readonly id: string; readonly created_at: string; readonly description: string; readonly team_member_id: string; readonly event_money: Money;
  readonly event_type: "NO_SALE" | "CASH_TENDER_PAYMENT" | "OTHER_TENDER_PAYMENT" | "CASH_TENDER_REFUND" | "PAID_IN" | "PAID_OUT";
};

export type GiftCardActivity = {
  readonly id: string; readonly type: "ACTIVATE" | "REDEEM" | "ADJUST_INCREMENT"; readonly location_id: string; readonly created_at: string;
  readonly gift_card_id: string; readonly gift_card_gan: string; readonly gift_card_balance_money: Money;
  readonly activate_activity_details?: { readonly amount_money: Money; readonly order_id: string; readonly line_item_uid: string };
  readonly redeem_activity_details?: { readonly amount_money: Money };
  readonly adjust_increment_activity_details?: { readonly amount_money: Money; readonly reason: string };
};

/** Amounts of nothing, in one currency. */
export function money(amount: number, currency: string): Money {
  return { amount, currency };
}
