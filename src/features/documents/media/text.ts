/** What counts as plain text: UTF-8 that shows as what it is everywhere, and that no program takes for something to run. */

/** Controls other than tab, line feed, form feed and carriage return; C1 controls and DEL too. */
const CONTROL = /[^\P{Cc}\t\n\f\r]/u;
/**
 * Markup of any kind, scripts with an interpreter, and the first letters of other formats that can be written in ASCII
 * alone (a GIF that is also JavaScript, PostScript, RTF). Browsers skip white space before they guess (WHATWG MIME Sniffing, 7.1).
 */
const BEGINS_LIKE_ANOTHER = /^\s*(?:(?:\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*\n)\s*)*(?:<[a-z!?/%]|#!|GIF8|%!|\{\\rtf)/i;
/** Readers of PDF look for its first line this far in. */
const PDF_BEGINS_WITHIN = 1024;

/** Looks at text piece by piece; pieces may end within a character. */
export type TextCheck = {
  /** Whether everything until here is text. Once false, it stays so. */
  readonly take: (piece: Uint8Array) => boolean;
  /** Whether the whole was text: to be asked once after the last piece. */
  readonly end: () => boolean;
};

/** Begins to look at a text that arrives in pieces: UTF-8 throughout, without control characters. `readMedia` has judged its beginning. */
export function checkText(): TextCheck {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let isText = true;
  const read = (decode: () => string): boolean => {
    if (!isText) return false;
    try {
      isText = !CONTROL.test(decode());
    } catch {
      // The decoder throws at the first byte that is not UTF-8, and has no other way to say it.
      isText = false;
    }
    return isText;
  };
  return { take: (piece) => read(() => decoder.decode(piece, { stream: true })), end: () => read(() => decoder.decode()) };
}

/** Whether a file that begins so is plain text. A character that the head cuts in two is no fault. */
export function beginsAsText(head: Uint8Array): boolean {
  if (head.length === 0 || !checkText().take(head)) return false;
  const text = new TextDecoder("utf-8").decode(head);
  return !BEGINS_LIKE_ANOTHER.test(text) && !text.slice(0, PDF_BEGINS_WITHIN).includes("%PDF-");
}
