/** Clover's JSON as the simulator keeps and writes it: the fields of its v3 models that a till's sale really carries. */

/** Lists are nested in an object everywhere. */
export type Elements<T> = { readonly elements: readonly T[] };
export type Ref = { readonly id: string };

/** 10⁷ is 100 %. */
export type TaxRate = { readonly id: string; readonly name: string; readonly rate: number; readonly isDefault?: boolean };
export type StatedTax = TaxRate & { readonly taxableAmount: number; readonly taxAmount: number; readonly isVat?: boolean };
export type Discount = { readonly id: string; readonly name: string; readonly amount?: number; readonly percentage?: number; readonly percentageDecimal?: number };
export type Modification = { readonly id: string; readonly name: string; readonly amount: number };
export type Tender = { readonly id: string; readonly label: string; readonly labelKey?: string; readonly opensCashDrawer?: boolean; readonly enabled?: boolean };
export type Category = { readonly id: string; readonly name: string; readonly sortOrder: number; readonly deleted?: boolean };
export type Item = {
  readonly id: string; readonly name: string; readonly price: number; readonly priceType: "FIXED" | "VARIABLE" | "PER_UNIT";
  readonly isRevenue: boolean; readonly hidden: boolean; readonly modifiedTime: number; readonly deletedTime?: number;
  readonly categories: Elements<Category>;
};

export type LineItem = {
  readonly id: string; readonly orderRef: Ref; readonly item?: Ref; readonly name: string; readonly price: number; readonly unitQty?: number;
  readonly printed: boolean; readonly createdTime: number; readonly orderClientCreatedTime: number; readonly exchanged: boolean; readonly refunded: boolean;
  readonly isRevenue: boolean; readonly isOrderFee?: boolean; readonly orderFeeType?: string;
  readonly discounts?: Elements<Discount>; readonly modifications?: Elements<Modification>; readonly taxRates?: Elements<TaxRate>;
};

export type PaymentState = "OPEN" | "PAID" | "REFUNDED" | "CREDITED" | "PARTIALLY_PAID" | "PARTIALLY_REFUNDED";

export type Order = {
  readonly id: string; readonly currency: string; readonly employee: Ref; readonly total: number; readonly unpaidBalance: number;
  readonly paymentState: PaymentState; readonly title?: string; readonly taxRemoved: boolean; readonly isVat: boolean;
  /** Null hides an order from every list. */
  readonly state: string | null;
  readonly manualTransaction: boolean; readonly groupLineItems: boolean; readonly testMode: boolean;
  readonly createdTime: number; readonly clientCreatedTime: number; readonly modifiedTime: number; readonly deletedTimestamp?: number;
  readonly serviceCharge?: { readonly id: string; readonly name: string; readonly enabled: boolean; readonly percentageDecimal: number };
  readonly discounts?: Elements<Discount>; readonly lineItems: Elements<LineItem>; readonly device: Ref;
};

export type PaymentResult =
  | "SUCCESS" | "FAIL" | "INITIATED" | "VOIDED" | "VOIDING" | "VOID_FAILED" | "AUTH" | "AUTH_COMPLETED" | "DISCOUNT" | "OFFLINE_RETRYING" | "PENDING";
export type Charge = { readonly id: string; readonly amount: number; readonly type: string; readonly pretax?: boolean };
export type ServiceAmount = { readonly id?: string; readonly name: string; readonly amount: number };

export type Payment = {
  readonly id: string; readonly order?: Ref; readonly device: Ref; readonly tender: Tender; readonly amount: number; readonly tipAmount?: number;
  readonly taxAmount?: number; readonly cashbackAmount?: number; readonly cashTendered?: number; readonly employee: Ref;
  readonly createdTime: number; readonly clientCreatedTime: number; readonly modifiedTime: number; readonly offline: boolean; readonly result: PaymentResult;
  readonly serviceCharge?: ServiceAmount; readonly additionalCharges?: Elements<Charge>; readonly taxRates?: Elements<StatedTax>;
  readonly cardTransaction?: { readonly cardType: string; readonly entryType: string; readonly last4: string; readonly type: string; readonly state: string };
  readonly note?: string;
};

export type Refund = {
  readonly id: string; readonly orderRef: Ref; readonly device: Ref; readonly amount: number; readonly taxAmount?: number; readonly tipAmount?: number;
  readonly createdTime: number; readonly clientCreatedTime: number; readonly payment?: Ref; readonly employee: Ref; readonly lineItems?: Elements<Ref>;
  readonly overrideMerchantTender?: Tender; readonly taxableAmountRates?: Elements<StatedTax>; readonly serviceChargeAmount?: ServiceAmount;
  readonly additionalCharges?: Elements<Charge>; readonly status?: "FAIL" | "SUCCESS" | "PENDING" | "VOIDED"; readonly voided: boolean; readonly reason?: string;
};

export type Credit = {
  readonly id: string; readonly orderRef?: Ref; readonly device: Ref; readonly tender: Tender; readonly employee: Ref; readonly amount: number;
  readonly taxAmount?: number; readonly taxRates?: Elements<StatedTax>; readonly createdTime: number; readonly clientCreatedTime: number;
  readonly voided: boolean; readonly creditRefunds?: Elements<Ref>; readonly result?: PaymentResult;
};

export type CreditRefund = {
  readonly id: string; readonly orderRef?: Ref; readonly device: Ref; readonly createdTime: number; readonly clientCreatedTime: number; readonly credit: Ref;
  readonly employee: Ref;
};

/** What is listed by the time at which it was made. */
export type Rows = {
  readonly orders: Order; readonly payments: Payment; readonly refunds: Refund; readonly credits: Credit; readonly credit_refunds: CreditRefund;
};
export type Kind = keyof Rows;
export const KINDS = ["orders", "payments", "refunds", "credits", "credit_refunds"] as const satisfies readonly Kind[];

/** Everything of some stretch of time at one merchant. */
export type Batch = { readonly [K in Kind]: readonly Rows[K][] };

/** Nothing of anything. */
export const EMPTY_BATCH: Batch = { orders: [], payments: [], refunds: [], credits: [], credit_refunds: [] };

/** Puts stretches of time together. */
export function joinBatches(batches: readonly Batch[]): Batch {
  return {
    orders: batches.flatMap((one) => one.orders), payments: batches.flatMap((one) => one.payments), refunds: batches.flatMap((one) => one.refunds),
    credits: batches.flatMap((one) => one.credits), credit_refunds: batches.flatMap((one) => one.credit_refunds),
  };
}
