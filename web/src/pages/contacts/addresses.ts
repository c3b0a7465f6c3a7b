/** The addresses of a contact as consent knows them. */
import type { ContactItem } from "../../../../src/features/contacts/contract";
import type { AgreementEntry } from "../../../../src/features/consent/contract";

export type Address = AgreementEntry["address"];

/** The number first. */
export function addressesOf({ phone, email }: Pick<ContactItem, "phone" | "email">): readonly Address[] {
  return [...(phone === null ? [] : [{ channel: "text" as const, value: phone }]), ...(email === null ? [] : [{ channel: "email" as const, value: email }])];
}
