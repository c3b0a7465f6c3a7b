/** What accounts for each kind of line tend to be called: the words of QuickBooks' default chart and of restaurants' books. */
import type { LineKey } from "./mapping";

export type Family = {
  /** What the keys of the kind begin with. */
  readonly prefix: string;
  /** Words (lower case, singular) that such accounts carry; the most telling one first. */
  readonly words: readonly string[];
  /** Words that rule an account out although its class would fit. */
  readonly not: readonly string[];
  /** What such an account is, after "the only". */
  readonly purpose: string;
  /** What lines of the kind are called, one and many, where they usually share an account; null where they do not. */
  readonly neighbours: readonly [one: string, many: string] | null;
};

/** The family of a line key. Kinds that nobody has words for match by name alone. */
export function familyOf(key: LineKey): Family {
  const [kind = "", second = ""] = key.split(":");
  const prefix = kind === "tender" ? `tender:${second}` : kind;
  return FAMILIES.get(prefix) ?? { prefix, words: [], not: [], purpose: "account", neighbours: null };
}

const CONTRA = ["discount", "comp", "refund", "return", "allowance", "tip", "tax", "gift", "interest", "uncategorized", "over", "short"];
const NOT_TILL_TAX = ["payroll", "income", "property", "withholding"];

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  family("sales", ["sale", "revenue", "income"], "sales account", CONTRA, ["category", "categories"]),
  family("return", ["return", "refund"], "returns account", ["tax"], ["category", "categories"]),
  family("discount", ["discount"], "discount account", ["comp"]),
  family("comp", ["comp", "complimentary"], "account for comps"),
  family("service_charge", ["service", "surcharge", "charge", "gratuity"], "service-charge account", ["bank"], ["service charge", "service charges"]),
  family("tax", ["tax"], "sales-tax liability", NOT_TILL_TAX, ["tax", "taxes"]),
  family("tip", ["tip", "gratuity"], "tips liability"),
  family("gift_card_sold", ["gift", "voucher"], "gift-card liability"),
  family("gift_card_redeemed", ["gift", "voucher"], "gift-card liability"),
  family("gift_card_promotion", ["promotion", "gift", "promotional", "marketing", "advertising"], "promotions account"),
  family("house_account_payment", ["house"], "house-account asset"),
  family("tender:card", ["card", "clearing", "square"], "card clearing account", ["gift"]),
  family("tender:cash", ["cash", "undeposited", "drawer"], "cash account"),
  family("tender:check", ["check", "cheque", "undeposited"], "account for checks", ["checking"]),
  family("tender:store_credit", ["credit", "store"], "store-credit liability", ["card", "line"]),
  family("tender:house_account", ["house"], "house-account asset"),
  family("tender:third_party", ["delivery"], "delivery clearing account"),
  family("tender:bank", ["transfer"], "account for bank transfers"),
  family("tender:wallet", ["wallet", "clearing"], "wallet clearing account"),
  family("tender:buy_now_pay_later", ["afterpay", "later"], "account for payments in instalments"),
  family("paid_out", ["petty"], "petty-cash account", ["over", "short"], ["paid-out", "paid-outs"]),
  family("cash_over_short", ["over", "short"], "over-and-short account"),
  family("uncategorized", ["uncategorized"], "account for uncategorized sales"),
  family("payout", ["checking", "bank"], "bank account", ["undeposited", "fee", "loan", "saving"]),
  family("fee", ["merchant", "processing", "fee", "square"], "account for card fees", ["sale", "service"]),
  family("chargeback", ["chargeback", "dispute"], "account for chargebacks"),
  family("adjustment", ["loan"], "account for adjustments"),
  family("rounding", ["rounding", "round"], "rounding account"),
]);

function family(
  prefix: string, words: readonly string[], purpose: string, not: readonly string[] = [], neighbours: Family["neighbours"] = null,
): [string, Family] {
  return [prefix, { prefix, words, not, purpose, neighbours }];
}
