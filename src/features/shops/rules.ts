/** What a shop may be called: a name that a host can have, that is not Daybook's own, and that looks like nobody else's. */
import { DAY } from "../../kernel/clock";
import { isShopSlug, RESERVED_SLUGS } from "../../http/site";

/** How long a name that was given up rests: letters and links with it are still around, and must lead to nobody else. */
export const SLUG_RESTS_MS = 90 * DAY;

const UNFIT = "Use 2 to 40 small letters, digits and hyphens, with a letter or digit at both ends.";
const DAYBOOKS_OWN = "That address is kept for Daybook itself. Choose another.";
/** The same words whether it is taken, looks like one that is, or rests: which of them is nobody else's business. */
export const SLUG_TAKEN = "That address is taken, or looks too much like one that is. Choose another.";

/**
 * What is left of a name when everything that looks alike is one: hyphens go, `rn` is m, `vv` is w, 0 is o, and 1 and i
 * are l (the ASCII part of the Unicode confusables, UTS #39). The directory computes the same in `shop.skeleton`.
 */
export function skeletonOf(slug: string): string {
  return slug.replaceAll("-", "").replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("0", "o").replaceAll("1", "l").replaceAll("i", "l");
}

const RESERVED_SKELETONS: ReadonlySet<string> = new Set([...RESERVED_SLUGS].map(skeletonOf));

/** Whether a name is one of Daybook's own sites, or looks like one. */
export function isDaybooksOwn(slug: string): boolean {
  return RESERVED_SKELETONS.has(skeletonOf(slug));
}

/** Why nobody could have a name, in a sentence, or null. `hq` at the beginning, however it is hyphened, is an organisation's. */
export function faultOfSlug(slug: string): string | null {
  if (isDaybooksOwn(slug) || (skeletonOf(slug).startsWith("hq") && /^[a-z0-9-]+$/.test(slug))) return DAYBOOKS_OWN;
  return isShopSlug(slug) ? null : UNFIT;
}
