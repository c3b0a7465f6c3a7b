/** Who is on a list, and for each what they would get or why they get nothing: read anew for every dry run and every start. */
import { failed, ok, type Result } from "../../kernel/result";
import type { ContactId } from "../../kernel/ids";
import { barredAmong, hasAgreed, type Ledger } from "../consent/service";
import { contactsOf, personOf, type Contact } from "../contacts/service";
import { fillWords, valuesFor, zoneOfContact } from "../messages/service";
import { MOST_RECIPIENTS } from "./contract";
import { objectionOf, type Decided } from "./rules";
import type { Audience } from "./store";

/** What everybody on a list gets, before it is filled for each. */
export type ListWords = { readonly channel: "text" | "email"; readonly subject: string; readonly body: string; readonly link: string; readonly shopName: string };

/** Contacts that are looked at together: one statement, one question to the register. */
const MOST_AT_ONCE = 1_000;

/**
 * Decides for everybody on a list. Whoever is named twice, or is no contact, stands at the end. `invalid_input` where the list is
 * empty or longer than one may be.
 */
export async function decideAll(desk: Ledger, audience: Audience, words: ListWords, shopZone: string): Promise<Result<readonly Decided[]>> {
  const named = [...new Set(audience.contactIds)];
  if (named.length === 0 && audience.tags.length === 0) return wrong("Choose a tag, or contacts.");
  const decided: Decided[] = [];
  for (let after: ContactId | "" = ""; ; ) {
    const contacts: readonly Contact[] = await contactsOf(desk.db, { tags: audience.tags, contactIds: named }, after, MOST_AT_ONCE);
    decided.push(...await decideSome(desk, contacts, words, shopZone));
    if (decided.length > MOST_RECIPIENTS) return wrong(`At most ${MOST_RECIPIENTS.toLocaleString("en")} contacts fit one list. Choose narrower tags.`);
    const last = contacts.at(-1);
    if (last === undefined || contacts.length < MOST_AT_ONCE) break;
    after = last.id;
  }
  const found = new Set(decided.map(({ contactId }) => contactId));
  const unknown = named.filter((contactId) => !found.has(contactId)).map((contactId): Decided => ({ contactId, name: "", leftOut: "unknown" }));
  return ok([...decided, ...unknown]);
}

async function decideSome(desk: Ledger, contacts: readonly Contact[], words: ListWords, shopZone: string): Promise<readonly Decided[]> {
  const { channel } = words;
  const people = contacts.map((contact) => personOf(contact, channel));
  const subjects = contacts.map((contact) => (channel === "text" ? contact.phoneSubject : contact.emailSubject));
  const reachable = people.flatMap((person) => (person === null ? [] : [person]));
  const [barred, given] = await Promise.all([barredAmong(desk, reachable), hasAgreed(desk.db, subjects.filter((subject) => subject !== null))]);
  const barredOf = new Map(reachable.map((person, index) => [person, barred[index] ?? null]));
  return contacts.map((contact, index) => {
    const person = people[index] ?? null;
    const subject = subjects[index] ?? null;
    const objection = person === null ? "no_address" : objectionOf(barredOf.get(person) ?? null, subject !== null && given.has(subject));
    return objection === null ? filledFor(contact, words, shopZone) : { contactId: contact.id, name: contact.name, leftOut: objection };
  });
}

/** What one contact would get. The fields of a template were checked before: what cannot be filled is empty, or too long. */
export function filledFor(contact: Contact, words: ListWords, shopZone: string): Decided {
  const { id: contactId, name } = contact;
  const values = valuesFor(contact, words.shopName, { link: words.link });
  const filled = fillWords(words, values);
  if (filled.ok) return { contactId, name, leftOut: null, ...filled.value, zones: words.channel === "text" ? zoneOfContact(contact, shopZone) : [shopZone] };
  const fitsLetter = fillWords({ ...words, channel: "email" }, values).ok;
  return { contactId, name, leftOut: fitsLetter ? "too_long" : "no_value" };
}

function wrong(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "audience", message }] });
}
