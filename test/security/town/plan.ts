/** The two shops of a town. Everything of a shop that a stranger must never see has its canary in it. */

export const DOMAIN = "daybook.example";
export const PASSWORD = "a tin whistle under the stairs";
export const SECRETS = {
  square: "sq0csp-the-towns-square-secret", clover: "the-towns-clover-secret", quickbooks: "the-towns-quickbooks-secret", xero: "the-towns-xero-secret",
  resend: "re_the-towns-resend-key",
};

/** 11 in the morning in New York, and later than any machine: alarms that a lane sets do not go off by themselves. */
export const NOW = Date.UTC(2030, 6, 14, 15);

export type ShopPlan = {
  readonly slug: string;
  /** Stands in every name of this shop and nowhere else. */
  readonly canary: string;
  readonly merchant: string;
  readonly realm: string;
  /** The till's id of its one location. */
  readonly location: string;
  /** Before the till's ids of goods and categories. */
  readonly prefix: string;
};

export const HARBOUR: ShopPlan = {
  slug: "harbour-quixotic", canary: "quixotic", merchant: "MQUIXOTIC", realm: "9130350000000001", location: "LQUIXOTIC", prefix: "QUIXOTIC_",
};
export const LANTERN: ShopPlan = {
  slug: "lantern-zephyrous", canary: "zephyrous", merchant: "MZEPHYROUS", realm: "9130350000000002", location: "LZEPHYROUS", prefix: "ZEPHYROUS_",
};

export function ownerOf({ canary }: ShopPlan): { readonly email: string; readonly name: string } {
  return { email: `owner@${canary}.example`, name: `Owner ${canary}` };
}
