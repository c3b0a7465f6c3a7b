/**
 * JSON that means the same to every reader (I-JSON, RFC 7493 sections 2.1 and 2.3): no name twice in one object, no half
 * characters. And no NUL, which no text of ours has and other systems end a text at; nor more depth than any form of ours.
 */

/** Far deeper than any body of ours, which nest three levels. */
const DEEPEST = 16;

/** A text, with the colon that makes it a name; or a bracket. In valid JSON nothing else can hold either. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;

/** What makes valid JSON one that is not taken, as a sentence; null where nothing does. */
export function problemOfJson(text: string): string | null {
  const names: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === "}" || token === "]") names.pop();
    else if (token === "{" || token === "[") names.push(new Set());
    else {
      const value = JSON.parse(colon === undefined ? token : token.slice(0, -colon.length)) as string;
      if (!value.isWellFormed() || value.includes("\0")) return "That JSON holds half a character or a NUL.";
      if (colon !== undefined && names.at(-1)?.has(value) === true) return `That JSON says "${value.slice(0, 40)}" twice.`;
      if (colon !== undefined) names.at(-1)?.add(value);
    }
    if (names.length > DEEPEST) return "That JSON is nested too deep.";
  }
  return null;
}
