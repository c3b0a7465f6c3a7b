/** A file says the same few dates, categories and tenders a million times: what was made of a text is kept for the length of one file. */

const MOST_REMEMBERED = 2_000;
const LONGEST_TEXT = 100;

/** The same function with a bounded memory. What it makes must never be changed by whoever gets it. */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (text.length > LONGEST_TEXT) return made;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, made);
    return made;
  };
}
