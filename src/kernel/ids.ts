/**
 * Identifiers. Each is a string with a brand, so that one kind cannot be passed for another.
 * New ones are 128 random bits in base32 (26 characters): unguessable, and equal in length.
 */
import { encodeBase32LowerCaseNoPadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { RandomBytes } from "./clock";

export type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type ShopId = Brand<string, "ShopId">;
export type PersonId = Brand<string, "PersonId">;
export type ConnectionId = Brand<string, "ConnectionId">;
export type LocationId = Brand<string, "LocationId">;
export type PayoutId = Brand<string, "PayoutId">;
export type OrganisationId = Brand<string, "OrganisationId">;
export type InvitationId = Brand<string, "InvitationId">;
export type PasskeyId = Brand<string, "PasskeyId">;
export type SessionId = Brand<string, "SessionId">;
export type DocumentId = Brand<string, "DocumentId">;
export type ShareId = Brand<string, "ShareId">;
export type ContactId = Brand<string, "ContactId">;
export type ConsentId = Brand<string, "ConsentId">;
export type MessageId = Brand<string, "MessageId">;
export type TemplateId = Brand<string, "TemplateId">;
export type BroadcastId = Brand<string, "BroadcastId">;

/** 128 random bits as 26 lower-case base32 characters. */
export function newId<Id extends Brand<string, string>>(random: RandomBytes): Id {
  return encodeBase32LowerCaseNoPadding(random(16)) as Id;
}

/** 256 random bits as 43 base64url characters: for anything whose possession is proof. */
export function newSecret(random: RandomBytes): string {
  return encodeBase64urlNoPadding(random(32));
}

/** SHA-256 of UTF-8 text as 43 base64url characters; what is stored in place of a secret. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return encodeBase64urlNoPadding(new Uint8Array(digest));
}
