/**
 * Every provider, one line each. A name added to `ProviderId` and not here does not compile. This is also the one door
 * through which features reach providers: the types they hold and the way out they hand over pass here.
 */
import type { Books, Provider, ProviderId, Till } from "./contract";
import { quickbooks } from "./quickbooks/index";
import { resendReach, sendMail } from "./resend/index";
import { square } from "./square/index";

/** Where sales are read. */
export const tills = { square } as const satisfies Partial<Record<ProviderId, Till>>;

/** Where entries are posted. */
export const books = { quickbooks } as const satisfies Partial<Record<ProviderId, Books>>;

const providers: Readonly<Record<ProviderId, Provider>> = { ...tills, ...books };

/** Where letters go out: no till and no books, but a service like them, behind the same way out. */
export const post = { reach: resendReach, send: sendMail } as const;

/** The provider of that id. */
export function providerOf(id: ProviderId): Provider {
  return providers[id];
}

export type { Access, BookedEntry, Books, BooksAccount, DayReading, OAuthClient, Provider, ProviderId, Till, TillLocation } from "./contract";
export { createSend, type Send, type Transport } from "./send";
