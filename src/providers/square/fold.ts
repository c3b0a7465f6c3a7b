/**
 * Folds Square's orders into the totals of a day. This is the hot loop: 50,000 orders a day pass through it, so it
 * reads each field once, builds nothing, and keeps nothing of an order but a fingerprint of its id (to drop repeats) and,
 * for returns, which sales and refunds they belong to.
 *
 * An order adds up: gross − discounts + service charges + taxes + tips + rounding = tenders; with returns the same
 * the other way round. Amounts are those that Square states; none is computed from a rate.
 */
import type { SalesDayFold } from "../../ledger/sales-day";
import { Goods } from "./goods";
import { chargeIdOf, chargeLabelOf, Comps, taxIdOf, taxLabelOf } from "./names";
import { linksOf, type ReturnLinks } from "./return-links";
import { SeenOrders } from "./seen-orders";
import { movedMoney, OTHER_TENDER, TENDERS } from "./tenders";
import { textOf, type Wire, type WireReader } from "./wire";

type Direction = "in" | "out";

/** The orders of one location's day. After every page `reader.problem` says whether the totals mean anything. */
export class OrderFold {
  readonly goods: Goods;
  /** Which orders were folded so far. */
  readonly seen = new SeenOrders();
  /** Returns and exchanges of this day by order id. */
  readonly returns = new Map<string, ReturnLinks>();
  /** Payments of a type that Square did not have when this was written. */
  unknownTenders = 0;
  private readonly comps = new Comps();
  /** What the order at hand takes off its gift cards, by the discount's uid: given away, and no discount on a sale. */
  private readonly offGiftCards = new Map<string, number>();

  constructor(private readonly locationId: string, private readonly reader: WireReader, private readonly day: SalesDayFold) {
    this.goods = new Goods(day);
  }

  /** Folds one order, once. Orders that are not completed count for nothing. */
  order(order: Wire): void {
    const id = textOf(order.id);
    if (id === "" || order.location_id !== this.locationId) {
      this.reader.refuse("an order without an id, or of another location");
      return;
    }
    if (order.state !== "COMPLETED" || !this.seen.add(id)) return;
    this.day.order();
    this.sale(order);
    const returns = this.reader.list(order.returns, "returns");
    if (returns.length === 0) return;
    for (const one of returns) this.comeBack(one);
    this.returns.set(id, linksOf(order, returns, this.reader));
  }

  private sale(order: Wire): void {
    if (this.offGiftCards.size > 0) this.offGiftCards.clear();
    const hasInclusiveTax = this.taxes(this.reader.list(order.taxes, "taxes"), "in");
    for (const line of this.reader.list(order.line_items, "line_items")) {
      this.line(line, this.goodsOf(line, line.gross_sales_money, hasInclusiveTax), "in");
    }
    this.discounts(this.reader.list(order.discounts, "discounts"), "in");
    this.charges(this.reader.list(order.service_charges, "service_charges"), "in");
    for (const tender of this.reader.list(order.tenders, "tenders")) this.tender(tender);
    const rounding = this.roundingOf(order.rounding_adjustment);
    if (rounding !== 0) this.day.rounding(rounding);
  }

  private comeBack(one: Wire): void {
    const hasInclusiveTax = this.taxes(this.reader.list(one.return_taxes, "return_taxes"), "out");
    for (const line of this.reader.list(one.return_line_items, "return_line_items")) {
      this.line(line, this.goodsOf(line, line.gross_return_money, hasInclusiveTax), "out");
    }
    this.discounts(this.reader.list(one.return_discounts, "return_discounts"), "out");
    this.charges(this.reader.list(one.return_service_charges, "return_service_charges"), "out");
    for (const tip of this.reader.list(one.return_tips, "return_tips")) this.day.tip.out(this.reader.minor(tip.applied_money));
    // It is added to what the customer gets, so for the shop it counts the other way.
    const rounding = this.roundingOf(one.rounding_adjustment);
    if (rounding !== 0) this.day.rounding(-rounding);
  }

  /** Books the taxes and says whether one of them is inside the prices. */
  private taxes(taxes: readonly Wire[], direction: Direction): boolean {
    let hasInclusiveTax = false;
    for (const tax of taxes) {
      if (tax.type === "INCLUSIVE") hasInclusiveTax = true;
      const minor = this.reader.minor(tax.applied_money);
      if (minor !== 0) this.day.tax(taxIdOf(tax), taxLabelOf(tax))[direction](minor);
    }
    return hasInclusiveTax;
  }

  /**
   * The value of a line without tax. Square takes an inclusive tax out of the gross in the US, Canada and Japan and
   * leaves it inside elsewhere; what the customer pays for the line shows which, whatever the country.
   */
  private goodsOf(line: Wire, gross: unknown, hasInclusiveTax: boolean): number {
    const { reader } = this;
    const mayHoldTax = hasInclusiveTax || gross === undefined;
    if (!mayHoldTax || line.total_money === undefined) return reader.minor(gross);
    return reader.minor(line.total_money) + reader.minor(line.total_discount_money)
      - reader.minor(line.total_tax_money) - reader.minor(line.total_service_charge_money);
  }

  private line(line: Wire, minor: number, direction: Direction): void {
    if (line.item_type === "GIFT_CARD") {
      if (direction === "in") this.giftCard(line, minor);
      else this.day.giftCard.out(minor);
      return;
    }
    const variationId = line.item_type === "CUSTOM_AMOUNT" ? "" : textOf(line.catalog_object_id);
    if (direction === "in") this.goods.sold(variationId, minor);
    else this.goods.cameBack(variationId, minor);
  }

  /** The whole card is owed to its holder; what was taken off its price nobody paid. */
  private giftCard(line: Wire, minor: number): void {
    let givenMinor = 0;
    for (const applied of this.reader.list(line.applied_discounts, "applied_discounts")) {
      const uid = textOf(applied.discount_uid);
      const offMinor = this.reader.minor(applied.applied_money);
      this.offGiftCards.set(uid, (this.offGiftCards.get(uid) ?? 0) + offMinor);
      givenMinor += offMinor;
    }
    this.day.giftCard.in(minor - givenMinor);
    this.day.giftCard.promotional(givenMinor);
  }

  private discounts(discounts: readonly Wire[], direction: Direction): void {
    for (const discount of discounts) {
      const offGiftCards = direction === "in" ? (this.offGiftCards.get(textOf(discount.uid)) ?? 0) : 0;
      const minor = this.reader.minor(discount.applied_money) - offGiftCards;
      if (this.comps.isComp(textOf(discount.name))) this.day.comp[direction](minor);
      else this.day.discount[direction](minor);
    }
  }

  /** `applied_money` holds an inclusive tax; the total less its tax is the charge either way. */
  private charges(charges: readonly Wire[], direction: Direction): void {
    for (const charge of charges) {
      const minor = charge.total_money === undefined
        ? this.reader.minor(charge.applied_money)
        : this.reader.minor(charge.total_money) - this.reader.minor(charge.total_tax_money);
      if (minor !== 0) this.day.serviceCharge(chargeIdOf(charge), chargeLabelOf(charge))[direction](minor);
    }
  }

  /** The tip is inside the tender's amount; cash change never was. */
  private tender(tender: Wire): void {
    if (!movedMoney(tender)) return;
    let name = TENDERS.get(tender.type);
    if (name === undefined) {
      name = OTHER_TENDER;
      this.unknownTenders += 1;
    }
    this.day.tender(name.kind, "", name.label).in(this.reader.minor(tender.amount_money));
    if (tender.tip_money !== undefined) this.day.tip.in(this.reader.minor(tender.tip_money));
  }

  private roundingOf(adjustment: unknown): number {
    return adjustment === undefined || adjustment === null ? 0 : this.reader.minor((adjustment as Wire).amount_money);
  }
}
