/**
 * The name under which a file is saved, in any script: RFC 6266 with RFC 8187. A name is somebody's text: what could end
 * the header, lead into another folder, hide the true ending or mean something to a shell of Windows is taken out.
 */

/** File systems take names of 255 bytes; an ending and a browser's " (2)" must fit besides. */
const LONGEST_STEM_BYTES = 200;

/** Control characters, half characters, and the marks that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** What separates folders, or is not taken by Windows; and what looks like a full stop or slash in other blocks. */
const SEPARATORS = /[/\\:*?"<>|\u2044\u2215\u29f8\uff0f\uff3c\u2024\uff0e]/gu;

/**
 * A name that can be saved anywhere and ends as its content demands: `endings` are those of its type, the first is added
 * to a name that has none of them (`report.pdf.exe` with a PDF in it becomes `report.pdf.exe.pdf`).
 */
export function savedName(name: string, endings: readonly string[]): string {
  const plain = name.toWellFormed().normalize("NFC").replace(INVISIBLE, "").replace(SEPARATORS, "_").replace(/^[\s.]+|[\s.]+$/gu, "");
  const found = endings.find((ending) => plain.toLowerCase().endsWith(`.${ending}`));
  const stem = found === undefined ? plain : plain.slice(0, -found.length - 1);
  const kept = cut(stem).trim();
  return `${kept === "" ? "document" : kept}.${found ?? endings[0] ?? "bin"}`;
}

/** The whole characters that fit. */
function cut(stem: string): string {
  let bytes = 0;
  return Array.from(stem).filter((character) => {
    bytes += new TextEncoder().encode(character).byteLength;
    return bytes <= LONGEST_STEM_BYTES;
  }).join("");
}

/** `attachment; filename="Re_u.pdf"; filename*=UTF-8''Re%C3%A7u.pdf`: old readers take the first, all others the second. */
export function contentDisposition(disposition: "inline" | "attachment", name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%;]/gu, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${disposition}; filename="${ascii}"${ascii === name ? "" : `; filename*=UTF-8''${encoded}`}`;
}
