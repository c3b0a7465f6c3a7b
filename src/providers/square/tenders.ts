/** Square's ways to pay, in Daybook's terms. */
import type { TenderKind } from "../../ledger/sales-day";
import type { Wire } from "./wire";

export type TenderName = { readonly kind: TenderKind; readonly label: string };

/** Square's tender types (enum TenderType). NO_SALE opens the drawer and moves no money, so it is not here. */
export const TENDERS: ReadonlyMap<unknown, TenderName> = new Map<unknown, TenderName>([
  ["CARD", { kind: "card", label: "Card" }],
  ["CASH", { kind: "cash", label: "Cash" }],
  ["SQUARE_GIFT_CARD", { kind: "gift_card", label: "Gift card" }],
  ["THIRD_PARTY_CARD", { kind: "third_party", label: "Card of another processor" }],
  ["BANK_ACCOUNT", { kind: "bank", label: "Bank transfer" }],
  ["WALLET", { kind: "wallet", label: "Wallet" }],
  ["BUY_NOW_PAY_LATER", { kind: "buy_now_pay_later", label: "Buy now, pay later" }],
  ["SQUARE_ACCOUNT", { kind: "house_account", label: "House account" }],
  ["OTHER", { kind: "other", label: "Other" }],
]);

/** Where money of an unknown kind is booked. */
export const OTHER_TENDER: TenderName = { kind: "other", label: "Other" };

/** Whether a tender moved money: a card that failed or was voided stays on the order, and so does an opened drawer. */
export function movedMoney(tender: Wire): boolean {
  const card = tender.card_details as Wire | null | undefined; // anything but an object has no status
  return tender.type !== "NO_SALE" && card?.status !== "FAILED" && card?.status !== "VOIDED";
}
