/** Long lists of seeded cases: a part of them at every run, all of them with `THOROUGH=1 npm test`. */
import { env } from "cloudflare:workers";

/** Whether everything is to run, however long it takes. */
export const IS_THOROUGH = (env as { readonly THOROUGH?: string }).THOROUGH === "1";

/** Seeds from 0: `all` of them when it is to be thorough, otherwise the first `few`. */
export function seeds(all: number, few: number): readonly number[] {
  return Array.from({ length: IS_THOROUGH ? all : few }, (_, seed) => seed);
}
