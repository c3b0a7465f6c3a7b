/** What tills call their tenders, told apart by words. An unknown one stays itself, under "Other". */
import type { TenderKind } from "../../ledger/sales-day";

export type TenderName = { readonly kind: TenderKind; readonly id: string; readonly label: string };

/** The first that fits: "gift card" is no card, "Cash App" no cash. `isPlain`: all of the kind are one tender. */
const WORDS: readonly { readonly pattern: RegExp; readonly kind: TenderKind; readonly label: string; readonly isPlain: boolean }[] = [
  { pattern: /gift/, kind: "gift_card", label: "Gift card", isPlain: true },
  { pattern: /store credit|credit note/, kind: "store_credit", label: "Store credit", isPlain: true },
  { pattern: /house account|on account|customer account|\btab\b/, kind: "house_account", label: "House account", isPlain: true },
  { pattern: /afterpay|clearpay|klarna|affirm|pay later/, kind: "buy_now_pay_later", label: "", isPlain: false },
  { pattern: /cash app|apple pay|google pay|paypal|venmo|wallet|alipay|wechat/, kind: "wallet", label: "", isPlain: false },
  { pattern: /door ?dash|uber|grubhub|deliveroo|just ?eat|postmates|ezcater/, kind: "third_party", label: "", isPlain: false },
  { pattern: /bank|transfer|\bach\b|\beft\b|wire|sepa/, kind: "bank", label: "Bank transfer", isPlain: true },
  { pattern: /cheque|\bcheck\b/, kind: "check", label: "Check", isPlain: true },
  { pattern: /\bcash\b|\bbar\b|espèces|efectivo|contanti/, kind: "cash", label: "Cash", isPlain: true },
  { pattern: /card|visa|master|amex|american express|discover|credit|debit|girocard|maestro|karte|carte|tarjeta/, kind: "card", label: "Card", isPlain: true },
];

/** The tender that a file's word means. */
export function tenderOf(word: string): TenderName {
  const label = labelOf(word);
  const lower = label.toLowerCase();
  if (lower === "") return { kind: "other", id: "", label: "Other tender" };
  const found = WORDS.find(({ pattern }) => pattern.test(lower));
  if (found === undefined) return { kind: "other", id: idOf(label), label };
  return found.isPlain ? { kind: found.kind, id: "", label: found.label } : { kind: found.kind, id: idOf(label), label };
}

/** A file's word fit for people: no control characters, one space between words, at most 100 characters. */
export function labelOf(text: string): string {
  return text.slice(0, 400).toWellFormed().replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().slice(0, 100).toWellFormed();
}

/** A file knows no ids: the name, however it is written in capitals, stands for one, and can be taken for none of ours. */
export function idOf(label: string): string {
  return `named:${label.normalize("NFC").toLowerCase()}`.slice(0, 150).toWellFormed();
}
