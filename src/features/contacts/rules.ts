/** Decisions about contacts: how addresses are written, what a list is in order of, what a search finds, and who is one and the same. */
import { isZone } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import type { Subject } from "../../platform/register";
import type { Address } from "../consent/service";
import { foldedWords, searchedWords } from "../documents/service";
import { emailAddress } from "../people/contract";
import { LONGEST_NOTE, MOST_TAGS, type Description } from "./contract";
import { readPhone, type Country } from "./phone";

const LONGEST_SORT = 40;
/** After every letter: who has no name stands at the list's end. */
const NAMELESS = "\u{10FFFD}";

/** A contact as it was said to be, its addresses in the form in which they are stored. */
export type Checked = Omit<Description, "tags"> & { readonly tags: readonly string[] };

/**
 * Reads what is said of a contact. `invalid_input` for a number or an address that cannot be, a zone that is none, and for
 * somebody with neither: nobody could write to them, and a stop of theirs would have nothing to stand at.
 */
export function checkDescription(said: Description, country: Country): Result<Checked> {
  const phone = said.phone === null || said.phone === "" ? ok(null) : readPhone(said.phone, country);
  if (!phone.ok) return phone;
  const email = said.email === null || said.email === "" ? ok(null) : readEmail(said.email);
  if (!email.ok) return email;
  if (phone.value === null && email.value === null) return wrong("phone", "Enter a telephone number or an email address.");
  if (said.zone !== null && !isZone(said.zone)) return wrong("zone", "Choose a time zone such as America/New_York.");
  return ok({ ...said, phone: phone.value, email: email.value, tags: [...new Set(said.tags)] });
}

/** An email address as people's own are stored. `invalid_input` for what is none. */
export function readEmail(text: string): Result<string> {
  const parsed = emailAddress.safeParse(text);
  return parsed.success ? ok(parsed.data) : wrong("email", "Enter an email address such as name@example.com.");
}

/** The addresses of a contact, the number first. */
export function addressesOf({ phone, email }: { readonly phone: string | null; readonly email: string | null }): readonly Address[] {
  return [
    ...(phone === null ? [] : [{ channel: "text" as const, value: phone }]),
    ...(email === null ? [] : [{ channel: "email" as const, value: email }]),
  ];
}

/** The addresses that a contact had and shall have: what stands of one of them is carried to the others. None where no address is new. */
export function addressesMet(before: Parameters<typeof addressesOf>[0], now: Parameters<typeof addressesOf>[0]): readonly Address[] {
  const had = addressesOf(before);
  const added = addressesOf(now).filter(({ channel, value }) => !had.some((one) => one.channel === channel && one.value === value));
  return added.length === 0 ? [] : [...had, ...added];
}

/** The keyed hashes by which addresses are known. */
type Known = { readonly phoneSubject: Subject | null; readonly emailSubject: Subject | null };

/** The addresses that a contact had and has no more, once it has others. */
export function formerOf(before: readonly (Known & { readonly former: readonly Subject[] })[], now: Known): readonly Subject[] {
  return [...new Set(before.flatMap(subjectsEver))].filter((subject) => subject !== now.phoneSubject && subject !== now.emailSubject);
}

/** Every address that a contact has or had, by its keyed hash. */
export function subjectsEver({ former, phoneSubject, emailSubject }: Known & { readonly former: readonly Subject[] }): readonly Subject[] {
  return [...former, phoneSubject, emailSubject].filter((subject) => subject !== null);
}

/** Which parts of a contact become something else, never what: that goes with the contact. Empty for none. */
export function changedIn(before: Checked, now: Checked): string {
  const parts = ["name", "phone", "email", "zone", "note", "tags"] as const;
  return parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(now[part])).join(", ");
}

/**
 * What two contacts are as one: of each part what the first says, or what the other does where the first says nothing; notes
 * and tags of both. `conflict` where those are more than a contact holds.
 */
export function joined(into: Checked, from: Checked): Result<Checked> {
  const note = [into.note, from.note].filter((one) => one !== "").join("\n");
  if (note.length > LONGEST_NOTE) return failed({ kind: "conflict", message: "The notes of the two are longer than one contact's can be. Shorten one of them, then merge." });
  const tags = [...new Set([...into.tags, ...from.tags])];
  if (tags.length > MOST_TAGS) return failed({ kind: "conflict", message: `The two have more than ${MOST_TAGS} tags together. Take some away, then merge.` });
  return ok({ name: into.name || from.name, phone: into.phone ?? from.phone, email: into.email ?? from.email, zone: into.zone ?? from.zone, note, tags });
}

/** What is kept beside a contact to find it and to put it in its place. */
export function foundBy({ name, phone, email, tags }: Pick<Checked, "name" | "phone" | "email" | "tags">): { readonly words: string; readonly sort: string } {
  const words = foldedWords([name, phone ?? "", email ?? "", ...tags]);
  const shown = name === "" ? `${NAMELESS}${phone ?? email ?? ""}` : name;
  // Half a character at the end would not come back from the database as it went in.
  return { words, sort: foldedWords([shown]).slice(0, LONGEST_SORT).replace(/[\ud800-\udbff]$/, "") };
}

/** The words that a search asks for; a number that was typed with spaces and brackets is one word. */
export function wordsSought(search: string): readonly string[] {
  // Numbers of one's own country are often written with a zero in front, which is not in the stored form.
  const digits = search.replace(/[^\d+]/g, "").replace(/^0+/, "");
  return /^[\d\s()+./-]{4,}$/.test(search) && digits !== "" ? [digits] : searchedWords(search);
}

function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
