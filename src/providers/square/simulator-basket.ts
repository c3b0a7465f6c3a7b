/** One simulated sale: what is rung up, what is taken off, and how it is paid. */
import { sellableAt, type Catalogue } from "./simulator-catalogue";
import type { DraftCharge, DraftDiscount, DraftLine, DraftTender, OrderDraft } from "./simulator-draft";
import type { Profile } from "./simulator-profile";
import type { Random } from "./simulator-random";

type Names = readonly [string, ...string[]];
const CUSTOMERS: Names = [
  "Ottoline Verbeek", "Tarquin Obuya", "Ximena Quiroz", "Bartholomew Ngata", "Sunniva Haugland", "Ignatius Pell",
];
const BRANDS: Names = ["VISA", "MASTERCARD", "AMERICAN_EXPRESS", "DISCOVER"];
const DISCOUNTS: readonly [DraftDiscount, ...DraftDiscount[]] = [
  { id: "DISC_STAFF", name: "Staff 20%", percentage: "20" },
  { id: "DISC_LOYALTY", name: "Loyalty", percentage: "10" },
  { name: "Two off", minor: 200 },
  { name: "Company picnic", percentage: "15" },
];

/** Draws everything about a sale but its time. `id` becomes the order's id; tenders get ids from it. */
export function drawSale(
  random: Random, profile: Profile, catalogue: Catalogue, id: string,
): Omit<OrderDraft, "locationId" | "createdAt" | "closedAt"> {
  const lines = drawLines(random, profile, catalogue);
  const payment = drawPayment(random, profile);
  const isGiftOnly = lines.every((line) => line.itemType === "GIFT_CARD");
  return {
    id, currency: catalogue.currency, lines, taxes: profile.taxes,
    discounts: isGiftOnly ? [] : drawDiscounts(random, profile),
    charges: isGiftOnly ? [] : drawCharges(random, profile),
    ...(profile.grossHoldsTax === undefined ? {} : { grossHoldsTax: profile.grossHoldsTax }),
    ...(payment === "cash" ? { roundToMinor: profile.cashCoinMinor } : {}),
    ...(random.chance(0.2) ? { ticketName: random.pick(CUSTOMERS), customerId: `CUSTOMER${random.token(14)}` } : {}),
    tenders: (dueMinor) => drawTenders(random, profile, isGiftOnly && payment === "gift_card" ? "card" : payment, dueMinor, id),
  };
}

function drawLines(random: Random, profile: Profile, catalogue: Catalogue): readonly DraftLine[] {
  if (random.chance(profile.giftCardSoldShare)) {
    return [{ name: "Gift card", itemType: "GIFT_CARD", unitMinor: 2_500 * (1 + random.below(4)), isTaxable: false }];
  }
  const lines: DraftLine[] = [];
  const count = 1 + random.below(3);
  for (let index = 0; index < count; index += 1) {
    const sellable = sellableAt(catalogue, random.next());
    const modifiers = sellable.modifiers.filter(() => random.chance(0.25));
    lines.push({
      name: sellable.itemName, variationName: sellable.variationName, variationId: sellable.variationId,
      unitMinor: sellable.unitMinor, quantity: random.chance(0.15) ? 2 : 1, modifiers,
    });
  }
  if (random.chance(profile.customAmountShare)) {
    lines.push({ name: "Custom amount", itemType: "CUSTOM_AMOUNT", unitMinor: 100 + random.below(1_500) });
  }
  return lines;
}

function drawDiscounts(random: Random, profile: Profile): readonly DraftDiscount[] {
  if (random.chance(profile.compShare)) return [{ id: "DISC_COMP", name: "Comp", percentage: "100" }];
  return random.chance(profile.discountShare) ? [random.pick(DISCOUNTS)] : [];
}

function drawCharges(random: Random, profile: Profile): readonly DraftCharge[] {
  const charges: DraftCharge[] = [];
  if (random.chance(profile.autoGratuityShare)) charges.push({ name: "Auto gratuity", percentage: "18", type: "AUTO_GRATUITY" });
  if (random.chance(profile.deliveryShare)) {
    charges.push({ id: "CHARGE_DELIVERY", name: "Delivery", minor: 399, type: "CUSTOM", isTaxable: random.chance(0.5) });
  }
  return charges;
}

type Payment = "cash" | "card" | "split" | "gift_card" | "odd";

function drawPayment(random: Random, profile: Profile): Payment {
  if (random.chance(profile.cashShare)) return "cash";
  if (random.chance(profile.giftCardRedeemedShare)) return "gift_card";
  if (random.chance(profile.splitShare)) return "split";
  return random.chance(profile.oddTenderShare) ? "odd" : "card";
}

const ODD: readonly [DraftTender["type"], ...DraftTender["type"][]] = [
  "OTHER", "THIRD_PARTY_CARD", "WALLET", "BUY_NOW_PAY_LATER", "SQUARE_ACCOUNT", "BANK_ACCOUNT",
];

function drawTenders(random: Random, profile: Profile, payment: Payment, dueMinor: number, id: string): readonly DraftTender[] {
  if (dueMinor <= 0) return [];
  const tipMinor = random.chance(profile.tipShare) ? Math.round(dueMinor * (0.1 + 0.05 * random.below(4))) : 0;
  const tender = (index: number, type: DraftTender["type"], minor: number): DraftTender => ({ id: `${id}-P${index}`, type, minor });
  const pays: Record<Payment, () => readonly DraftTender[]> = {
    cash: () => [{ ...tender(0, "CASH", dueMinor), cashGivenMinor: Math.ceil(dueMinor / 500) * 500 }],
    gift_card: () => [{ ...tender(0, "SQUARE_GIFT_CARD", dueMinor), tipMinor, card: drawCard(random) }],
    card: () => drawCardTenders(random, tender(0, "CARD", dueMinor), tipMinor),
    odd: () => [{ ...tender(0, random.pick(ODD), dueMinor), note: `note for ${random.pick(CUSTOMERS)}` }],
    split: () => {
      const first = Math.floor(dueMinor * random.next());
      const rest = { ...tender(1, "CARD", dueMinor - first), tipMinor, card: drawCard(random) };
      return first === 0 ? [rest] : [tender(0, random.chance(0.5) ? "SQUARE_GIFT_CARD" : "CASH", first), rest];
    },
  };
  return pays[payment]();
}

/** One card in fifty fails first; the failed attempt stays on the order and pays nothing. */
function drawCardTenders(random: Random, tender: DraftTender, tipMinor: number): readonly DraftTender[] {
  const paid = { ...tender, tipMinor, card: drawCard(random) };
  return random.chance(0.02) ? [{ ...paid, id: `${tender.id}F`, status: "FAILED" }, paid] : [paid];
}

function drawCard(random: Random): NonNullable<DraftTender["card"]> {
  const holder = random.pick(CUSTOMERS);
  return { brand: random.pick(BRANDS), last4: String(1_000 + random.below(9_000)), ...(random.chance(0.5) ? { holder } : {}) };
}
