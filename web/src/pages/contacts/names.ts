/** What somebody is called here. */
import type { ContactItem } from "../../../../src/features/contacts/contract";
import { contactsWords } from "./words";

/** Their name; else their number or address. */
export function nameOf({ name, phoneText, email }: Pick<ContactItem, "name" | "phoneText" | "email">): string {
  return name === "" ? (phoneText ?? email ?? contactsWords.nameless) : name;
}
