/** Clover's ways to pay, in Daybook's terms. Source: TenderConstants of clover-android-sdk. */
import type { TenderKind } from "../../ledger/sales-day";
import { isWire, textOf } from "./wire";

/** `id` tells tenders of one kind apart; empty for the plain one. */
export type TenderName = { readonly kind: TenderKind; readonly id: string; readonly label: string };

export const CASH: TenderName = { kind: "cash", id: "", label: "Cash" };
const CARD: TenderName = { kind: "card", id: "", label: "Card" };
const OTHER: TenderName = { kind: "other", id: "", label: "Other" };

/**
 * The tenders that Clover itself brings, by their label key. An external gift card is another company's: what it pays is
 * owed by them, unless the merchant maps it to a liability of their own.
 */
const BUILT_IN: ReadonlyMap<string, TenderName> = new Map([
  ["com.clover.tender.cash", CASH],
  ["com.clover.tender.credit_card", CARD],
  ["com.clover.tender.debit_card", CARD],
  ["com.clover.tender.external_pin_debit", CARD],
  ["com.clover.tender.check", { kind: "check", id: "", label: "Check" }],
  ["com.clover.tender.external_gift_card", { kind: "third_party", id: "external_gift_card", label: "External gift card" }],
  ["com.clover.tender.external_payment", { kind: "third_party", id: "external_payment", label: "External payment" }],
  ["com.clover.paypal", { kind: "wallet", id: "paypal", label: "PayPal" }],
  ["com.clover.venmo", { kind: "wallet", id: "venmo", label: "Venmo" }],
]);

/** A tender that was expanded. A merchant's own is kept by its id, whatever it is called today. */
export function tenderOf(tender: unknown): TenderName {
  if (!isWire(tender)) return OTHER;
  const known = BUILT_IN.get(textOf(tender.labelKey));
  if (known !== undefined) return known;
  const id = textOf(tender.id);
  return { kind: "other", id, label: textOf(tender.label) || OTHER.label };
}
