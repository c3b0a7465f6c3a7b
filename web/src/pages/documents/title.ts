/** What a file is called until somebody names it. */

const LONGEST = 120;

/** "IMG_2034.jpeg" → "IMG 2034"; "warranty-card--final.PDF" → "warranty-card--final". Never empty. */
export function titleFrom(fileName: string): string {
  const words = fileName.replace(/\.[a-z0-9]{1,5}$/i, "").replaceAll(/[\p{Cc}\p{Cs}_\s]+/gu, " ").trim();
  // The cut may go through the two halves of one sign.
  return words.slice(0, LONGEST).replace(/\p{Cs}$/u, "").trim() || "Document";
}
