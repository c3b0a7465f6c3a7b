/**
 * The addresses of `files.`, pure: what a link says and the one way to write it. Parameters stand in alphabetical order,
 * each once, and the signature last; no part has a sign in it that could be written in another way.
 */
import type { DocumentId, PersonId, ShareId, ShopId } from "../kernel/ids";

/** Where a document's row stands. */
export type Place = { readonly shard: number; readonly shopId: ShopId; readonly documentId: DocumentId };

/** For whom content may be fetched: somebody of the team (to look at it, or as a small picture), or whoever took a share. */
type Holder = { readonly purpose: "view" | "thumbnail"; readonly to: PersonId } | { readonly purpose: "share"; readonly share: ShareId };

/**
 * The content of a document in one version. Instants are epoch milliseconds: a link of the team was signed a fixed time
 * before it expires, and whether that was before links were ended is not rounded.
 */
export type ContentLink = Place & Holder & {
  readonly kind: "content"; readonly version: number; readonly disposition: "inline" | "attachment"; readonly expiresAt: number;
};

/** The page of a share: what it is, and the button that takes it. */
export type SharePageLink = Place & { readonly kind: "share_page"; readonly version: number; readonly share: ShareId; readonly expiresAt: number };

/** Whether a certificate is genuine. It stands on paper, so it never expires. */
export type CertificateLink = Place & { readonly kind: "certificate" };

export type Link = ContentLink | SharePageLink | CertificateLink;
export type LinkKind = Link["kind"];
export type LinkOf<Kind extends LinkKind> = Extract<Link, { readonly kind: Kind }>;

/** What an address says before anything of it is believed. */
export type Claimed<SomeLink extends Link = Link> = { readonly link: SomeLink; readonly keyId: string; readonly signature: string };

/** Path and query of a link, all but its signature; `keyId` is the master key's that it is signed under. */
export function addressOf(link: Link, keyId: string): string {
  const place = `${link.shard}/${link.shopId}/${link.documentId}`;
  switch (link.kind) {
    case "content": {
      const holder = link.purpose === "share" ? `share&share=${link.share}` : `${link.purpose}&to=${link.to}`;
      return `/d/${place}/${link.version}?disposition=${link.disposition}&expires=${link.expiresAt}&key=${keyId}&purpose=${holder}`;
    }
    case "share_page":
      return `/s/${place}/${link.version}/${link.share}?expires=${link.expiresAt}&key=${keyId}`;
    case "certificate":
      return `/c/${place}?key=${keyId}`;
  }
}

/** The address with its signature. */
export function signedAddress({ link, keyId, signature }: Claimed): string {
  return `${addressOf(link, keyId)}&signature=${signature}`;
}

const ID = "[a-z2-7]{26}";
const PLACE = `(?<shard>\\d{1,4})/(?<shop>${ID})/(?<document>${ID})`;
const VERSION = "(?<version>[1-9]\\d{0,8})";
const EXPIRES = "(?<expires>[1-9]\\d{12})";
const SIGNED = "key=(?<key>[a-z0-9]{1,16})";
// The last of 43 signs has two bits to spare: of the spellings of the same bytes only the one with zeros there is ours.
const SIGNATURE = "&signature=(?<signature>[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])";

/** By which sign in front a link of each kind is known. */
const PATTERNS: Readonly<Record<LinkKind, RegExp>> = {
  content: new RegExp(`^/d/${PLACE}/${VERSION}\\?disposition=(?<disposition>inline|attachment)&expires=${EXPIRES}&${SIGNED}`
    + `&purpose=(?:(?<purpose>view|thumbnail)&to=(?<to>${ID})|share&share=(?<share>${ID}))${SIGNATURE}$`),
  share_page: new RegExp(`^/s/${PLACE}/${VERSION}/(?<share>${ID})\\?expires=${EXPIRES}&${SIGNED}${SIGNATURE}$`),
  certificate: new RegExp(`^/c/${PLACE}\\?${SIGNED}${SIGNATURE}$`),
};

type Fields = Readonly<Partial<Record<string, string>>>;

const READERS: { readonly [Kind in LinkKind]: (fields: Fields) => LinkOf<Kind> } = {
  content: (fields) => ({
    kind: "content", ...placeOf(fields), ...versionOf(fields), disposition: fields["disposition"] === "inline" ? "inline" : "attachment",
    ...(fields["share"] === undefined
      ? { purpose: fields["purpose"] === "thumbnail" ? "thumbnail" : "view", to: (fields["to"] ?? "") as PersonId }
      : { purpose: "share", share: fields["share"] as ShareId }),
  }),
  share_page: (fields) => ({ kind: "share_page", ...placeOf(fields), ...versionOf(fields), share: (fields["share"] ?? "") as ShareId }),
  certificate: (fields) => ({ kind: "certificate", ...placeOf(fields) }),
};

/** Reads path and query as they came; null for whatever is not, sign for sign, an address as `signedAddress` writes it. */
export function readAddress<Kind extends LinkKind>(kind: Kind, address: string): Claimed<LinkOf<Kind>> | null {
  const fields: Fields | undefined = PATTERNS[kind].exec(address)?.groups;
  if (fields === undefined) return null;
  const claimed = { link: READERS[kind](fields), keyId: fields["key"] ?? "", signature: fields["signature"] ?? "" };
  return signedAddress(claimed) === address ? claimed : null;
}

function placeOf(fields: Fields): Place {
  return { shard: Number(fields["shard"]), shopId: (fields["shop"] ?? "") as ShopId, documentId: (fields["document"] ?? "") as DocumentId };
}

function versionOf(fields: Fields): { readonly version: number; readonly expiresAt: number } {
  return { version: Number(fields["version"]), expiresAt: Number(fields["expires"]) };
}
