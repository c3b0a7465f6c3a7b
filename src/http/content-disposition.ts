/**
 * The name under which a file is saved, in any script: RFC 6266 with RFC 8187. A name is somebody's text: what could end
 * the header, lead into another folder, or turn the direction in which its ending is read is taken out.
 */

/** Control characters, half characters, and the marks that are not seen or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** What separates folders, or is not taken by Windows; and what looks like a slash in other blocks. */
const SEPARATORS = /[/\\:*?"<>|\u2044\u2215\u29f8\uff0f\uff3c]/gu;

/** `attachment; filename="Re_u.pdf"; filename*=UTF-8''Re%C3%A7u.pdf`: old readers take the first, all others the second. */
export function contentDisposition(disposition: "inline" | "attachment", name: string): string {
  const plain = name.toWellFormed().replace(INVISIBLE, "").replace(SEPARATORS, "_").trim() || "document";
  const ascii = plain.replace(/[^\x20-\x7e]|[%;]/gu, "_");
  const encoded = encodeURIComponent(plain).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${disposition}; filename="${ascii}"${ascii === plain ? "" : `; filename*=UTF-8''${encoded}`}`;
}
