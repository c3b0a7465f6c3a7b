/**
 * The peer: a plain Node script that folds the same day with the official `square` SDK, written as its README shows.
 * Waits for a day from its parent, folds it, and answers how long that took and what it came to.
 */
import { SquareClient } from "square";

const KINDS = {
  CARD: "card", CASH: "cash", SQUARE_GIFT_CARD: "gift_card", THIRD_PARTY_CARD: "third_party", BANK_ACCOUNT: "bank",
  WALLET: "wallet", BUY_NOW_PAY_LATER: "buy_now_pay_later", SQUARE_ACCOUNT: "house_account", OTHER: "other",
};

const minor = (money) => Number(money?.amount ?? 0n);

function add(totals, key, amount) {
  totals[key] = (totals[key] ?? 0) + amount;
}

function fold(order, day) {
  if (order.state !== "COMPLETED" || day.seen.has(order.id)) return;
  day.seen.add(order.id);
  for (const line of order.lineItems ?? []) {
    if (line.itemType === "GIFT_CARD") day.giftCards += minor(line.grossSalesMoney);
    else add(day.goods, line.catalogObjectId ?? "", minor(line.grossSalesMoney));
  }
  for (const tax of order.taxes ?? []) add(day.taxes, tax.catalogObjectId ?? tax.name, minor(tax.appliedMoney));
  for (const discount of order.discounts ?? []) add(day.discounts, discount.name, minor(discount.appliedMoney));
  for (const charge of order.serviceCharges ?? []) add(day.charges, charge.name, minor(charge.totalMoney));
  for (const tender of order.tenders ?? []) {
    if (tender.type === "NO_SALE" || ["FAILED", "VOIDED"].includes(tender.cardDetails?.status)) continue;
    add(day.tenders, KINDS[tender.type] ?? "other", minor(tender.amountMoney));
    day.tips += minor(tender.tipMoney);
  }
  for (const back of order.returns ?? []) {
    for (const line of back.returnLineItems ?? []) add(day.returned, line.catalogObjectId ?? "", minor(line.grossReturnMoney));
    for (const tax of back.returnTaxes ?? []) add(day.returnedTaxes, tax.catalogObjectId ?? tax.name, minor(tax.appliedMoney));
  }
}

async function readDay(origin, { locationId, token, window }) {
  const client = new SquareClient({ token, baseUrl: origin });
  const day = { seen: new Set(), goods: {}, returned: {}, taxes: {}, returnedTaxes: {}, discounts: {}, charges: {}, tenders: {}, refunds: 0, tips: 0, giftCards: 0 };
  const closedAt = { startAt: new Date(window.start).toISOString(), endAt: new Date(window.end - 1).toISOString() };
  let cursor;
  do {
    const page = await client.orders.search({
      locationIds: [locationId], limit: 500, ...(cursor === undefined ? {} : { cursor }),
      query: { filter: { stateFilter: { states: ["COMPLETED"] }, dateTimeFilter: { closedAt } }, sort: { sortField: "CLOSED_AT", sortOrder: "ASC" } },
    });
    for (const order of page.orders ?? []) fold(order, day);
    ({ cursor } = page);
  } while (cursor !== undefined);
  const range = { locationId, beginTime: new Date(window.start).toISOString(), endTime: new Date(window.end).toISOString(), sortOrder: "ASC", limit: 100 };
  for await (const refund of await client.refunds.list(range)) day.refunds += minor(refund.amountMoney);
  const ids = Object.keys(day.goods).filter((id) => id !== "");
  const variations = await client.catalog.batchGet({ objectIds: ids, includeRelatedObjects: true, includeDeletedObjects: true });
  const categories = new Set((variations.relatedObjects ?? []).map((item) => item.itemData?.reportingCategory?.id ?? item.itemData?.categoryId).filter(Boolean));
  await client.catalog.batchGet({ objectIds: [...categories], includeDeletedObjects: true });
  return day;
}

process.on("message", ({ origin, day }) => void answer(origin, day));

async function answer(origin, day) {
  const start = performance.now();
  const read = await readDay(origin, day);
  const milliseconds = performance.now() - start;
  const sum = (amounts) => Object.values(amounts).reduce((total, amount) => total + amount, 0);
  process.send({
    milliseconds,
    totals: { orders: read.seen.size, gross: sum(read.goods), tax: sum(read.taxes), tips: read.tips, giftCards: read.giftCards, tenders: read.tenders },
  });
}
