/** Payments as an order's tenders show them: the tip inside the amount, cash with what was given and what went back. */
import type { DraftTender, OrderDraft } from "./simulator-draft";
import { money, type Tender } from "./simulator-wire";

/** One tender of a priced order. `transaction_id` is the order's id, as at Square. */
export function tenderOf(draft: OrderDraft, tender: DraftTender): Tender {
  const tipMinor = tender.tipMinor ?? 0;
  const amountMinor = tender.minor + tipMinor;
  return {
    id: tender.id, location_id: draft.locationId, transaction_id: draft.id, payment_id: tender.id,
    created_at: new Date(draft.closedAt).toISOString(), type: tender.type,
    amount_money: money(amountMinor, draft.currency),
    ...(tipMinor === 0 ? {} : { tip_money: money(tipMinor, draft.currency) }),
    ...(tender.note === undefined ? {} : { note: tender.note }),
    ...(draft.customerId === undefined ? {} : { customer_id: draft.customerId }),
    ...detailsOf(draft, tender, amountMinor),
  };
}

type Details = Pick<Tender, "card_details" | "cash_details" | "processing_fee_money">;

function detailsOf(draft: OrderDraft, tender: DraftTender, amountMinor: number): Details {
  if (tender.type === "CASH") {
    const given = Math.max(tender.cashGivenMinor ?? amountMinor, amountMinor);
    const change = money(given - amountMinor, draft.currency);
    return { cash_details: { buyer_tendered_money: money(given, draft.currency), change_back_money: change } };
  }
  if (tender.type === "SQUARE_GIFT_CARD") return { card_details: cardDetailsOf(tender) };
  if (tender.type !== "CARD") return {};
  const fee = money(Math.round(amountMinor * 0.026) + 10, draft.currency);
  return { processing_fee_money: fee, card_details: cardDetailsOf(tender) };
}

function cardDetailsOf(tender: DraftTender): NonNullable<Tender["card_details"]> {
  const { brand = "VISA", last4 = "1111", holder } = tender.card ?? {};
  return {
    status: tender.status ?? "CAPTURED", entry_method: "EMV",
    card: {
      card_brand: tender.type === "SQUARE_GIFT_CARD" ? "SQUARE_GIFT_CARD" : brand, last_4: last4,
      fingerprint: `sq-1-${tender.id}`, exp_month: 12, exp_year: 2031,
      ...(holder === undefined ? {} : { cardholder_name: holder }),
    },
  };
}
