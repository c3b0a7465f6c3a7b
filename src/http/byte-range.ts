/** Parts of a representation and whether it changed: RFC 9110 sections 13.1 and 14, as far as one part at a time goes. */

/** Bytes of a content, both ends included. */
export type ByteRange = { readonly first: number; readonly last: number };

/** What is to be sent: all of it, one part, or nothing because no byte of it was asked for. */
export type Wanted = { readonly kind: "whole" } | { readonly kind: "part"; readonly range: ByteRange } | { readonly kind: "unsatisfiable" };

const WHOLE: Wanted = { kind: "whole" };

/**
 * Reads `Range` against a content of `size` bytes. Several parts, other units and what cannot be read are answered with
 * the whole, as section 14.2 allows; so is a part under an `If-Range` that is not exactly the strong `etag` (13.1.5).
 */
export function readRange(headers: Headers, etag: string | null, size: number): Wanted {
  const condition = headers.get("if-range");
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec((headers.get("range") ?? "").trim()) ?? [];
  if ((first === "" && last === "") || (condition !== null && (condition !== etag || etag === null))) return WHOLE;
  return first === "" ? suffixOf(Number(last), size) : partOf(Number(first), last === "" ? size - 1 : Number(last), size);
}

function suffixOf(length: number, size: number): Wanted {
  if (length === 0 || size === 0) return { kind: "unsatisfiable" };
  return { kind: "part", range: { first: Math.max(0, size - length), last: size - 1 } };
}

/** A range that ends before it begins is none at all, and the whole is sent; one that begins behind the end cannot be. */
function partOf(first: number, last: number, size: number): Wanted {
  if (first >= size) return { kind: "unsatisfiable" };
  return last < first ? WHOLE : { kind: "part", range: { first, last: Math.min(last, size - 1) } };
}

/** How many bytes a range has. */
export function lengthOf({ first, last }: ByteRange): number {
  return last - first + 1;
}

/** Whether `If-None-Match` names the content that there is: weakly compared, as section 13.1.2 asks. */
export function isUnchanged(headers: Headers, etag: string | null): boolean {
  const known = headers.get("if-none-match");
  if (known === null || etag === null) return false;
  return known.split(",").map((one) => one.trim().replace(/^W\//, "")).some((one) => one === etag || one === "*");
}
