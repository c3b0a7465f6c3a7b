/** What a day came to, brought to the same few figures whoever read it, and compared: a fast wrong answer is no answer. */

const KINDS = {
  SQUARE_GIFT_CARD: "gift_card", THIRD_PARTY_CARD: "third_party", BANK_ACCOUNT: "bank", SQUARE_ACCOUNT: "house_account",
};

/** The figures of Daybook's own reading. Money in minor units. */
export function figuresOf(reading) {
  if (!reading.ok) throw new Error(`the day could not be read: ${JSON.stringify(reading.failure)}`);
  const { day, orderCount } = reading.value;
  const total = (rows, field) => rows.reduce((sum, row) => sum + row[field], 0);
  return {
    orders: orderCount, gross: total(day.categories, "grossMinor"), tax: total(day.taxes, "inMinor"), tips: day.tips.inMinor,
    giftCards: day.giftCards.inMinor, tenders: Object.fromEntries(day.tenders.filter((row) => row.inMinor > 0).map((row) => [row.kind, row.inMinor])),
  };
}

/** The figures by the totals that stand on each order, which neither reader uses. Takes the pages as they went out. */
export function figuresOnOrders(pages) {
  const orders = new Map(pages.flatMap((page) => JSON.parse(page).orders ?? []).filter((order) => order.state === "COMPLETED").map((order) => [order.id, order]));
  const figures = { orders: orders.size, gross: 0, tax: 0, tips: 0, giftCards: 0, tenders: {} };
  for (const order of orders.values()) {
    const amountOf = (field) => order[field]?.amount ?? 0;
    const giftCards = (order.line_items ?? []).filter((line) => line.item_type === "GIFT_CARD").reduce((sum, line) => sum + line.total_money.amount, 0);
    const charges = (order.service_charges ?? []).reduce((sum, charge) => sum + charge.total_money.amount - charge.total_tax_money.amount, 0);
    const rounding = order.rounding_adjustment?.amount_money.amount ?? 0;
    figures.giftCards += giftCards;
    figures.tax += amountOf("total_tax_money");
    figures.tips += amountOf("total_tip_money");
    figures.gross += amountOf("total_money") - amountOf("total_tip_money") - amountOf("total_tax_money") + amountOf("total_discount_money") - charges - giftCards - rounding;
    for (const tender of order.tenders ?? []) tally(figures.tenders, tender);
  }
  return figures;
}

/** Null where all readers agree, otherwise what they say. */
export function disagreement(named) {
  const inOrder = (tenders) => Object.entries(tenders).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const texts = Object.entries(named).map(([name, figures]) => [name, JSON.stringify({ ...figures, tenders: inOrder(figures.tenders) })]);
  return texts.every(([, text]) => text === texts[0][1]) ? null : texts.map(([name, text]) => `${name}: ${text}`).join("\n");
}

function tally(tenders, { type, amount_money: amount, card_details: card }) {
  if (type === "NO_SALE" || card?.status === "FAILED" || card?.status === "VOIDED") return;
  const kind = KINDS[type] ?? type.toLowerCase();
  tenders[kind] = (tenders[kind] ?? 0) + amount.amount;
}
