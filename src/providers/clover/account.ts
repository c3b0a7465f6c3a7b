/** A Clover account as Daybook names it: `<region>.<merchant>`, so that every later call knows its host. */
import { regionOf, type Region } from "./manifest";

export type CloverAccount = { readonly region: Region; readonly merchantId: string };

/** Clover's ids: 13 digits and capitals (docs.clover.com). Held to, for it becomes part of an address. */
const MERCHANT_ID = /^[0-9A-Z]{13}$/;

/** The account's name, or null where the merchant's id is none. */
export function accountIdOf(region: Region, merchantId: string): string | null {
  return MERCHANT_ID.test(merchantId) ? `${region.id}.${merchantId}` : null;
}

/** The account behind a name, or null for a name that Daybook did not give. */
export function accountOf(name: string): CloverAccount | null {
  const [regionId, merchantId = "", ...rest] = name.split(".");
  const region = regionOf(regionId);
  return region === null || rest.length > 0 || !MERCHANT_ID.test(merchantId) ? null : { region, merchantId };
}
