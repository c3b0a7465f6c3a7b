/** TwiML as far as texts go: `<Response>` with any number of `<Message>`. Source: twilio.com/docs/messaging/twiml. */

export type Reply = { readonly body: string; readonly mediaUrls: readonly string[]; readonly to: string | null; readonly statusCallback: string | null };

type Token = { readonly kind: "open" | "close" | "empty"; readonly name: string; readonly attributes: string } | { readonly kind: "text"; readonly text: string };

const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<!\[CDATA\[(.*?)\]\]>|([^<]+)/gsy;

const MOST_TOKENS = 1_000;

/** The replies of a document, or null where it is none that Twilio reads (its error 12100 or 12200). */
export function parseTwiml(text: string): readonly Reply[] | null {
  const tokens = tokensOf(text.replace(/^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*/, "").trimEnd());
  const [first, ...rest] = tokens ?? [];
  if (first === undefined || first.kind === "text" || first.name !== "Response" || first.kind === "close") return null;
  if (first.kind === "empty") return rest.length === 0 ? [] : null;
  const last = rest.pop();
  if (last === undefined || last.kind !== "close" || last.name !== "Response") return null;
  return repliesOf(rest);
}

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, closing, name = "", attributes = "", empty, raw, words] = match;
    at += whole.length;
    if (raw !== undefined) tokens.push({ kind: "text", text: raw });
    else if (words !== undefined) tokens.push({ kind: "text", text: unescaped(words) });
    else tokens.push({ kind: closing === "/" ? "close" : empty === "/" ? "empty" : "open", name, attributes });
    if (tokens.length > MOST_TOKENS) return null;
  }
  return at === text.length ? tokens : null;
}

function repliesOf(tokens: readonly Token[]): readonly Reply[] | null {
  const replies: Reply[] = [];
  const left = [...tokens];
  while (left.length > 0) {
    const token = left.shift();
    if (token === undefined || (token.kind === "text" && token.text.trim() === "")) continue;
    if (token.kind !== "open" || token.name !== "Message") return null;
    const end = left.findIndex((one) => one.kind === "close" && one.name === "Message");
    const reply = end === -1 ? null : replyOf(token.attributes, left.splice(0, end + 1).slice(0, -1));
    if (reply === null) return null;
    replies.push(reply);
  }
  return replies;
}

/** Either bare words, or `<Body>` and `<Media>`. */
function replyOf(attributes: string, inner: readonly Token[]): Reply | null {
  const bodies: string[] = [];
  const mediaUrls: string[] = [];
  let within = "";
  for (const token of inner) {
    if (token.kind === "text" && within === "Media") mediaUrls.push(token.text.trim());
    else if (token.kind === "text") bodies.push(token.text);
    else if (token.kind === "open" && within === "" && (token.name === "Body" || token.name === "Media")) within = token.name;
    else if (token.kind === "close" && token.name === within) within = "";
    else return null;
  }
  const body = bodies.join("").trim();
  return within === "" ? { body, mediaUrls, to: attributeOf(attributes, "to"), statusCallback: attributeOf(attributes, "statusCallback") ?? attributeOf(attributes, "action") } : null;
}

function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found === null ? null : unescaped(found[1] ?? found[2] ?? "");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([["amp", "&"], ["lt", "<"], ["gt", ">"], ["quot", '"'], ["apos", "'"]]);

function unescaped(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.startsWith("#x") || name.startsWith("#X") ? `0x${name.slice(2)}` : name.slice(1)));
    return ENTITIES.get(name) ?? whole;
  });
}
