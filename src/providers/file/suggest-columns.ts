/** A guess at what an unknown file's columns hold, by their headings: something to correct, never something to rely on. */
import { headingOf, type Field } from "./layout";

/** Each pattern is tried on all headings in turn; a heading is given once. */
const GUESSES: readonly (readonly [Field, RegExp])[] = [
  ["date", /^(?:business |transaction |order |sale |sales |payment )?(?:date|datum|fecha|data|day|tag)(?: ?[&/]? ?(?:time|zeit))?$|created ?at|timestamp/],
  ["time", /^(?:transaction |order |sale |payment )?(?:time|uhrzeit|zeit|heure|hora|ora)$|[_ ]time$/],
  ["zone", /^time ?zone$/],
  ["place", /^(?:store|shop|outlet|branch|site|location|filiale)(?:[_ ](?:name|location))?$|store_location/],
  ["order", /(?:order|transaction|receipt|invoice|bill|bon|ticket|sale)[_ ]?(?:id|no|nr|number|#)/],
  ["category", /categor|kategorie|warengruppe|department|product group/],
  ["quantity", /^(?:qty|quantity|menge|anzahl|units?|pieces)$|_qty$|[_ ]quantity$/],
  ["gross", /^gross|gross sales|line total|item total|umsatz|subtotal|revenue/],
  ["price", /unit[_ ]?price|^price$|einzelpreis|preis/],
  ["discount", /discount|rabatt|remise|descuento/],
  ["tax", /^(?:sales )?tax(?:es)?(?: amount)?$|^vat|mwst|ust|^tva|^iva/],
  ["tip", /^tips?(?: amount)?$|gratuity|trinkgeld|pourboire|propina/],
  ["service", /service charge|surcharge|bedienung/],
  ["tender", /tender|payment (?:method|type)|zahlungsart|zahlart|paid by|moyen/],
  ["amount", /^(?:total|amount|total collected|amount paid|paid|betrag|gesamt|montant|importe)$/],
  ["refund", /refund|return|storno|retoure|erstattung/],
];

/** At most one column a field, first come first served. */
export function suggestColumns(headings: readonly string[]): Partial<Record<Field, string>> {
  const free = new Set(headings.map(headingOf));
  const found: Partial<Record<Field, string>> = {};
  for (const [field, pattern] of GUESSES) {
    const heading = [...free].find((one) => pattern.test(one.replaceAll("_", " ")) || pattern.test(one));
    if (heading === undefined) continue;
    found[field] = heading;
    free.delete(heading);
  }
  return found;
}
