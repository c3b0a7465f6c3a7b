/** Contacts as the web app sees them: each with where its addresses stand. */
import type { Barred } from "../consent/service";
import type { ConsentSource } from "../consent/contract";
import type { AddressConsent, ContactItem } from "./contract";
import { phoneText } from "./phone";
import type { ListedContact } from "./store";

/** What is on record of one address. */
type Stood = { readonly outAt: number | null; readonly inAt: number | null; readonly heldAt: number | null; readonly source: ConsentSource | null; readonly agreed: string | null };

/** A contact in a list. */
export function toContactItem(row: ListedContact): ContactItem {
  const { id, version, name, phone, email, tags, changedAt } = row;
  const [text, mail] = [stoodByText(row), stoodByEmail(row)];
  return {
    id, version, name, phone, phoneText: phone === null ? null : phoneText(phone), email, tags: [...tags], changedAt,
    consent: { text: phone === null ? null : consentOf(text, barredBy(text, mail)), email: email === null ? null : consentOf(mail, barredBy(mail, text)) },
  };
}

/** The same with what the register answered, whose word is the last: null for an address that may be written to. */
export function toContactItemAsRegistered(row: ListedContact, barred: { readonly text: Barred | null; readonly email: Barred | null }): ContactItem {
  const item = toContactItem(row);
  const [text, mail] = [stoodByText(row), stoodByEmail(row)];
  const sourceOf = (own: Stood, other: Stood) => own.source ?? other.source;
  return {
    ...item,
    consent: {
      text: item.consent.text === null ? null : consentOf(text, barred.text === null ? null : { ...barred.text, source: sourceOf(text, mail) }),
      email: item.consent.email === null ? null : consentOf(mail, barred.email === null ? null : { ...barred.email, source: sourceOf(mail, text) }),
    },
  };
}

function stoodByText({ textOutAt, textInAt, textHeldAt, textSource, textAgreed }: ListedContact): Stood {
  return { outAt: textOutAt, inAt: textInAt, heldAt: textHeldAt, source: textSource, agreed: textAgreed };
}

function stoodByEmail({ emailOutAt, emailInAt, emailHeldAt, emailSource, emailAgreed }: ListedContact): Stood {
  return { outAt: emailOutAt, inAt: emailInAt, heldAt: emailHeldAt, source: emailSource, agreed: emailAgreed };
}

type BarredBy = Barred & { readonly source: ConsentSource | null };

/** As the register decides (`RegisterObject`): a stop elsewhere counts unless this address was opted in after it. */
function barredBy(own: Stood, other: Stood): BarredBy | null {
  if (own.outAt !== null) return { kind: "opted_out", since: own.outAt, source: own.source };
  if (other.outAt !== null && (own.inAt === null || other.outAt >= own.inAt)) return { kind: "opted_out", since: other.outAt, source: other.source };
  const held = own.heldAt === null ? other : own;
  return held.heldAt === null ? null : { kind: "held", since: held.heldAt, source: held.source };
}

function consentOf(own: Stood, barred: BarredBy | null): AddressConsent {
  if (barred !== null) return { state: barred.kind, isLocked: true, since: barred.since, source: barred.source };
  if (own.inAt !== null) return { state: "agreed", isLocked: false, since: own.inAt, source: own.source };
  if (own.agreed === null) return { state: "none", isLocked: false, since: null, source: null };
  const [since, source] = JSON.parse(own.agreed) as [number, ConsentSource];
  return { state: "agreed", isLocked: false, since, source };
}
