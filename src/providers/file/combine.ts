/**
 * Two halves of a day: the file of what was sold and the file of how it was paid. The second is a day by itself whose
 * goods are one sum; the first says what that sum is made of. Where they disagree the difference is said, never spread.
 */
import { sum, toReadable } from "../../kernel/money";
import { failed, type Result } from "../../kernel/result";
import { checkSalesDay, type InAndOut, type NamedInAndOut, type SalesDay } from "../../ledger/sales-day";
import { UNALLOCATED } from "./book-line";

/**
 * The whole day. Goods, their discounts and what came back are the first file's; tax, tips, charges and tenders the
 * second's, for it is what was collected. `out_of_balance` with the difference, and by what the money came, where sales
 * and tenders do not agree.
 */
export function combineHalves(goods: SalesDay, money: SalesDay): Result<SalesDay> {
  const returns = returnsOf(goods, money);
  const day: SalesDay = {
    ...money,
    orderCount: Math.max(goods.orderCount, money.orderCount),
    categories: returns.categories,
    discounts: returns.discounts,
    comps: goods.comps,
    taxes: merged(money.taxes, returns.taxes),
    serviceCharges: merged(money.serviceCharges, goods.serviceCharges),
    giftCards: isNothing(money.giftCards) ? goods.giftCards : money.giftCards,
  };
  const checked = checkSalesDay(day);
  if (checked.ok || checked.failure.kind !== "out_of_balance") return checked;
  return failed({ ...checked.failure, message: differenceOf(day, checked.failure.differenceMinor) });
}

type Returns = Pick<SalesDay, "categories" | "discounts" | "taxes">;

/**
 * Payments that only say how much was refunded agree with the goods that came back, or the goods say nothing of it: then
 * the refund stands as one without goods, in the amount that was paid out.
 */
function returnsOf(goods: SalesDay, money: SalesDay): Returns {
  const refunds = money.categories.filter(({ id }) => id === UNALLOCATED.id);
  const refundedMinor = sum(refunds.map(({ returnedMinor }) => returnedMinor));
  const cameBackMinor = sum([...goods.categories.map(({ returnedMinor }) => returnedMinor), -goods.discounts.outMinor, ...goods.taxes.map(({ outMinor }) => outMinor)]);
  const isSaidByMoney = money.categories.some(({ id, returnedMinor }) => id !== UNALLOCATED.id && returnedMinor > 0);
  if (isSaidByMoney || refundedMinor === 0) return { ...goods, categories: [...goods.categories, ...refunds].toSorted(byId), taxes: isSaidByMoney ? [] : goods.taxes };
  if (refundedMinor === cameBackMinor) return goods;
  const sold = goods.categories.map((row) => ({ ...row, returnedMinor: 0 })).filter(({ grossMinor }) => grossMinor > 0);
  return { categories: [...sold, ...refunds].toSorted(byId), discounts: { ...goods.discounts, outMinor: 0 }, taxes: goods.taxes.map((tax) => ({ ...tax, outMinor: 0 })) };
}

/** The second file's word for each side that it says anything of; the first file's for the other. */
function merged(money: readonly NamedInAndOut[], goods: readonly NamedInAndOut[]): readonly NamedInAndOut[] {
  if (money.length === 0) return goods.filter((row) => !isNothing(row));
  return money.map((row) => ({ ...row, outMinor: row.outMinor === 0 ? (goods.find(({ id }) => id === row.id)?.outMinor ?? 0) : row.outMinor }));
}

function isNothing({ inMinor, outMinor }: InAndOut): boolean {
  return inMinor === 0 && outMinor === 0;
}

function differenceOf({ currency, tenders }: SalesDay, differenceMinor: number): string {
  const amount = (minor: number) => `${toReadable(minor, currency)} ${currency}`;
  const paid = tenders.map((row) => `${row.label} ${toReadable(row.inMinor - row.outMinor, currency)}`).join(", ");
  const side = differenceMinor > 0 ? "less was paid than was sold" : "more was paid than was sold";
  return `The two files of this day differ by ${amount(Math.abs(differenceMinor))}: ${side}. Paid by ${paid === "" ? "nothing" : paid}. Drop both files again for the whole day`;
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
