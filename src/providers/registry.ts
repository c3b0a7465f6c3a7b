/** Every provider, one line each. A name added to `ProviderId` and not here does not compile. */
import type { Books, Provider, ProviderId, Till } from "./contract";
import { quickbooks } from "./quickbooks/index";

/** Where sales are read. */
export const tills = {} as const satisfies Partial<Record<ProviderId, Till>>;

/** Where entries are posted. */
export const books = { quickbooks } as const satisfies Partial<Record<ProviderId, Books>>;

const providers = { ...tills, ...books };

/** The provider of that id. */
export function providerOf(id: keyof typeof providers): Provider {
  return providers[id];
}
