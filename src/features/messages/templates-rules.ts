/** What a template may say, what speaks against it, and what a shop is offered to begin with. Pure. */
import { failed, ok, type Result } from "../../kernel/result";
import { LONGEST_TEXT, type TemplateChange, type WordsWarning } from "./contract";
import { fieldsOf, fill, FIELDS, type Field, type FieldValues } from "./fill";
import { segmentsOf } from "./segments";

type Words = Pick<TemplateChange, "channel" | "subject" | "body">;

/** The fields of a template. `invalid_input` for fields that there are none of, a text that is too long or has a subject, and an email without one. */
export function checkWords({ channel, subject, body }: Words): Result<readonly Field[]> {
  if (channel === "text" && subject !== "") return wrong("subject", "A text has no subject.");
  if (channel === "email" && subject === "") return wrong("subject", "Say what the email is about.");
  if (channel === "text" && body.length > LONGEST_TEXT) return wrong("body", `A text has at most ${LONGEST_TEXT} characters.`);
  const [ofSubject, ofBody] = [fieldsOf(subject), fieldsOf(body)];
  if (!ofSubject.ok) return ofSubject.failure.kind === "invalid_input" ? wrong("subject", ofSubject.failure.message) : ofSubject;
  return ofBody.ok ? ok([...new Set([...ofSubject.value, ...ofBody.value])]) : ofBody;
}

/** What is known of somebody for the fields: the first of their names, and what the sender gives. */
export function valuesFor(contact: { readonly name: string }, shopName: string, given: FieldValues = {}): FieldValues {
  return { ...given, name: contact.name, first_name: contact.name.trim().split(/\s+/)[0] ?? "", shop: shopName };
}

/** Words filled as they will read. `invalid_input` as `fill`, and for a text that has become too long. */
export function fillWords({ channel, subject, body }: Words, values: FieldValues): Result<{ readonly subject: string; readonly body: string }> {
  const [filledSubject, filledBody] = [fill(subject, values), fill(body, values)];
  if (!filledSubject.ok) return filledSubject;
  if (!filledBody.ok) return filledBody;
  if (channel === "text" && filledBody.value.length > LONGEST_TEXT) return wrong("body", `Filled in, the text has more than ${LONGEST_TEXT} characters.`);
  return ok({ subject: filledSubject.value, body: filledBody.value });
}

/** What stands for a field of which nothing is known while one only looks. */
export const EXAMPLES = {
  first_name: "Ada", name: "Ada Okafor", shop: "Your shop", link: "https://files.example/s/4f7k2", certificate: "W-00042", product: "Espresso machine", date: "14 July 2026",
} as const satisfies Record<Field, string>;

/** Services whose addresses carriers hold for a sign of fraud: they hide where a link leads (Twilio error 30007). */
const SHORTENERS = [
  "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly", "rebrand.ly", "cutt.ly", "shorturl.at", "rb.gy", "tiny.cc", "t.ly", "bl.ink", "lnkd.in",
  "s.id", "short.io", "shorte.st", "adf.ly",
];
const SHORT_LINK = new RegExp(`(?<![\\w.-])(?:${SHORTENERS.map((domain) => domain.replaceAll(".", "\\.")).join("|")})(?![\\w-]|\\.\\w)`, "iu");

/** What speaks against words, before their fields are filled. The last warning is about texts alone: one character can more than double what they cost. */
export function warningsOf({ channel, subject, body }: Words, shopName: string): readonly WordsWarning[] {
  const hasName = /\{\{[ \t]*shop[ \t]*\}\}/.test(body) || body.toLowerCase().includes(shopName.toLowerCase());
  const short = SHORT_LINK.exec(`${subject} ${body}`)?.[0];
  const costly = channel === "text" ? costlyIn(body) : null;
  return [
    ...(hasName ? [] : [{ kind: "no_shop_name" as const, message: "It does not say who writes. Add {{shop}}: a text from an unknown number is deleted or reported." }]),
    ...(short === undefined ? [] : [{ kind: "link_shortener" as const, message: `Carriers block texts with links of ${short}. Use the full address.` }]),
    ...(costly === null ? [] : [{ kind: "costly_character" as const, message: `“${costly}” makes the whole text cost more segments. Without it, it would be cheaper.` }]),
  ];
}

/** The first character that is in no GSM alphabet, where leaving such characters out would save a segment. */
function costlyIn(body: string): string | null {
  const isForeign = (character: string) => segmentsOf(character).encoding === "ucs2";
  const characters = Array.from(body);
  const first = characters.find(isForeign);
  if (first === undefined) return null;
  const plain = characters.map((character) => (isForeign(character) ? "-" : character)).join("");
  return segmentsOf(plain).segments < segmentsOf(body).segments ? first : null;
}

/** Templates to begin with. They say who writes, and how to stop. */
export const STARTERS: readonly TemplateChange[] = [
  { name: "Warranty ready", kind: "warranty_ready", channel: "text", subject: "", version: 0, body: "Hi {{first_name}}, your warranty certificate {{certificate}} from {{shop}} is ready: {{link}}\nReply STOP to opt out." },
  { name: "Ask for a review", kind: "review_request", channel: "text", subject: "", version: 0, body: "Hi {{first_name}}, thanks for coming to {{shop}}. Would you tell others how it was? {{link}}\nReply STOP to opt out." },
  { name: "Reminder", kind: "reminder", channel: "text", subject: "", version: 0, body: "Hi {{first_name}}, {{shop}} here: we are expecting you on {{date}}. Reply to this text if that does not suit you.\nReply STOP to opt out." },
  { name: "Warranty by email", kind: "warranty_ready", channel: "email", subject: "Your warranty certificate from {{shop}}", version: 0, body: "Hello {{first_name}},\n\nyour warranty certificate {{certificate}} is ready. You can open and keep it here:\n{{link}}\n\n{{shop}}" },
];

/** What each field is, for whoever writes a template. */
export const FIELD_LIST: readonly { readonly field: string; readonly means: string }[] = Object.entries(FIELDS).map(([field, means]) => ({ field, means }));

function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
