/**
 * Every provider, one line each. A name added to `ProviderId` and not here does not compile. This is also the one door
 * through which features reach providers: the types they hold and the way out they hand over pass here.
 */
import { assert } from "../kernel/assert";
import { isRemote, type HookReader, type LocalProvider, type Provider, type ProviderId, type RemoteBooks, type RemoteProvider, type Till } from "./contract";
import { clover } from "./clover/index";
import { readCloverHook } from "./clover/webhook";
import { combineHalves, file, foldFile, recognise, suggestColumns } from "./file/index";
import { journal } from "./journal/index";
import { quickbooks } from "./quickbooks/index";
import { readQuickBooksHook } from "./quickbooks/webhook";
import { readMailHook, resendReach, sendMail } from "./resend/index";
import { square } from "./square/index";
import { readSquareHook } from "./square/webhook";
import { describeLine, findTexts, readText, readTextHook, sendText, twilioReach } from "./twilio/index";
import { xero } from "./xero/index";
import { readXeroHook } from "./xero/webhook";

/** Where sales are read. */
export const tills = { square, clover } as const satisfies Partial<Record<ProviderId, Till>>;

/** Where entries are posted. */
export const books = { quickbooks, xero } as const satisfies Partial<Record<ProviderId, RemoteBooks>>;

/** What is nowhere else but here. */
export const local = { file, journal } as const satisfies Partial<Record<ProviderId, LocalProvider>>;

const providers: Readonly<Record<ProviderId, Provider>> = { ...tills, ...books, ...local };

/** How dropped files are read: the till that is nobody else's. */
export const fileTill = { recognise, suggestColumns, fold: foldFile, combine: combineHalves } as const;

/** Where letters go out: no till and no books, but a service like them, behind the same way out. */
export const post = { reach: resendReach, send: sendMail, readHook: readMailHook } as const;

/** Where texts go out, and who proves those that come in. */
export const texting = { reach: twilioReach, send: sendText, read: readText, find: findTexts, describe: describeLine, readHook: readTextHook } as const;

/** Who tells Daybook by itself that something has changed. */
export const hookReaders: ReadonlyMap<string, HookReader> = new Map(Object.entries({
  square: readSquareHook, clover: readCloverHook, quickbooks: readQuickBooksHook, xero: readXeroHook,
} satisfies Partial<Record<ProviderId, HookReader>>));

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
  Access, BookedEntry, Books, BooksAccount, BooksCompany, DayReading, Dimension, EntryOrder, ExternalAccount, FoundRecord, HookMessage, LocalProvider, OAuthClient,
  PayoutsRequest, Provider, ProviderId, RemoteBooks, RemoteProvider, Till, TillLocation, WebhookHint,
} from "./contract";
export {
  FIELDS, headingOf, headingsKey, LARGEST_FILE_BYTES, MOST_BAD_ROWS_SHOWN, PLAIN,
  type BadRow, type DateOrder, type Field, type FilePart, type FilePlace, type FileReading, type FoldedDay, type Layout,
} from "./file/index";
export type { Mail, MailEvent, MailHeaders, SentMail } from "./resend/index";
export { Utf8 } from "./file/encoding";
export { separatorOf } from "./file/lines";
export { createSend, type Send, type Transport } from "./send";
export type { KnownText, LineFacts, SentText, Text, TextAccount, TextHook, TextState } from "./twilio/index";
