/**
 * Every provider, one line each. A name added to `ProviderId` and not here does not compile. This is also the one door
 * through which features reach providers: the types they hold and the way out they hand over pass here.
 */
import { assert } from "../kernel/assert";
import { isRemote, type Books, type Provider, type ProviderId, type RemoteProvider, type Till } from "./contract";
import { clover } from "./clover/index";
import { quickbooks } from "./quickbooks/index";
import { resendReach, sendMail } from "./resend/index";
import { square } from "./square/index";

/** Where sales are read. */
export const tills = { square, clover } as const satisfies Partial<Record<ProviderId, Till>>;

/** Where entries are posted. */
export const books = { quickbooks } as const satisfies Partial<Record<ProviderId, Books>>;

const providers: Readonly<Record<ProviderId, Provider>> = { ...tills, ...books };

/** Where letters go out: no till and no books, but a service like them, behind the same way out. */
export const post = { reach: resendReach, send: sendMail } as const;

/** The provider of that id. */
export function providerOf(id: ProviderId): Provider {
  return providers[id];
}

/** The provider of that id, which is reached by consent; a bug where it is a local one. */
export function remoteOf(id: ProviderId): RemoteProvider {
  const provider = providerOf(id);
  assert(isRemote(provider), `${id} is reached by consent`);
  return provider;
}

export { parseCloverHook, possibleAccounts, type CloverHint } from "./clover/index";
export { isRemote } from "./contract";
export type {
  Access, BookedEntry, Books, BooksAccount, DayReading, Dimension, FoundRecord, LocalProvider, OAuthClient, Provider, ProviderId, RemoteProvider, Till, TillLocation,
} from "./contract";
export { createSend, type Send, type Transport } from "./send";
