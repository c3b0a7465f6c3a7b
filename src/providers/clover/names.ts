/** Ids and labels that Daybook gives to what Clover leaves without one, and what tells a comp from a discount. */
import { textOf, type Wire } from "./wire";

/** Goods without a category, and amounts that were keyed in. */
export const UNCATEGORIZED = { id: "uncategorized", label: "Uncategorized" } as const;

/** Refunds of money that name no goods. */
export const UNALLOCATED = { id: "unallocated", label: "Refunds without goods" } as const;

/** A tax of which only the amount is stated. */
export const UNNAMED_TAX = { id: "tax", label: "Tax" } as const;

/** A service charge that has no id of its own. */
export const SERVICE_CHARGE = { id: "service-charge", label: "Service charge" } as const;

export type Named = { readonly id: string; readonly label: string };

/** A tax rate by Clover's id: "San Jose 8.25%"; a name that already says its rate stays as it is. */
export function taxNameOf(rate: Wire): Named {
  const id = textOf(rate.id);
  const name = textOf(rate.name) || "Tax";
  const percent = typeof rate.rate === "number" && rate.rate > 0 ? ` ${rate.rate / 100_000}%` : "";
  return { id: id || `ad-hoc:${name}${percent}`, label: name.includes("%") ? name : `${name}${percent}` };
}

/** The charge of an order or a payment, which Clover names but need not number. */
export function serviceNameOf(charge: Wire): Named {
  return { id: textOf(charge.id) || SERVICE_CHARGE.id, label: textOf(charge.name) || SERVICE_CHARGE.label };
}

/** Charges of a payment by type (payments/AdditionalChargeType): each merchant has one of a type. */
export function chargeNameOf(charge: Wire): Named {
  const type = textOf(charge.type) || "OTHER";
  const words = type.toLowerCase().replaceAll("_", " ");
  return { id: `charge:${type}`, label: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` };
}

/** A fee line of an order: a delivery fee, or a gratuity that is added by itself and may be wages. */
export function feeNameOf(line: Wire): Named {
  const name = textOf(line.name) || "Order fee";
  return { id: textOf(line.orderFeeType) === "AUTO_GRATUITY" ? `auto-gratuity:${name}` : `order-fee:${name}`, label: name };
}

const COMP_WORDS: ReadonlySet<string> = new Set(["comp", "comps", "comped", "complimentary"]);

/** Clover has no field for a comp: it is a discount whose name has "comp" as a word of its own ("Comp - kitchen"). */
export function isComp(discountName: string): boolean {
  return discountName.toLowerCase().split(/[^a-z]+/).some((word) => COMP_WORDS.has(word));
}
