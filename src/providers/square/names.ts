/**
 * Ids and labels of what Square names: taxes, service charges, discounts. Ids are the catalogue's and
 * survive renaming; what a cashier typed in by hand has only its name, which then is its id.
 */
import { textOf, type Wire } from "./wire";

/** Goods without a category, and amounts that were keyed in. */
export const UNCATEGORIZED = { id: "uncategorized", label: "Uncategorized" } as const;

/** Refunds of money that name no goods. */
export const UNALLOCATED = { id: "unallocated", label: "Refunds without goods" } as const;

/** Id of a tax: its catalogue id, or name and rate where it has none. */
export function taxIdOf(tax: Wire): string {
  return textOf(tax.catalog_object_id) || `ad-hoc:${textOf(tax.name)}:${textOf(tax.percentage)}`;
}

/** "Sales tax 8.875%"; a name that already says its rate stays as it is. */
export function taxLabelOf(tax: Wire): string {
  const name = textOf(tax.name) || "Tax";
  const percentage = textOf(tax.percentage);
  return percentage === "" || name.includes("%") ? name : `${name} ${percentage}%`;
}

/**
 * Id of a service charge. Automatic gratuities are kept apart from other charges, for they may be wages. A returned
 * charge does not say its type, so one without a catalogue id is told by its name.
 */
export function chargeIdOf(charge: Wire): string {
  const id = textOf(charge.catalog_object_id);
  if (id !== "") return id;
  const name = textOf(charge.name);
  const isGratuity = charge.type === "AUTO_GRATUITY" || (charge.type === undefined && name.toLowerCase().includes("gratuity"));
  return `${isGratuity ? "auto-gratuity" : "ad-hoc"}:${name}`;
}

/** Name of a service charge for people. */
export function chargeLabelOf(charge: Wire): string {
  return textOf(charge.name) || (charge.type === "AUTO_GRATUITY" ? "Automatic gratuity" : "Service charge");
}

const COMP_WORDS: ReadonlySet<string> = new Set(["comp", "comps", "comped", "complimentary"]);
const KNOWN_NAMES_LIMIT = 1_000;

/**
 * Tells comps from discounts. Square has no field for it: a comp is a discount whose name has "comp" as a word of its
 * own ("Comp", "Comped - kitchen", "Complimentary"; not "Company picnic"), whatever its percentage. Decided once a name.
 */
export class Comps {
  private readonly known = new Map<string, boolean>();

  isComp(name: string): boolean {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const isComp = name.toLowerCase().split(/[^a-z]+/).some((word) => COMP_WORDS.has(word));
    if (this.known.size < KNOWN_NAMES_LIMIT) this.known.set(name, isComp);
    return isComp;
  }
}
