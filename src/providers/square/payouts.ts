/**
 * Square's payouts. The parts of one are folded page by page and never kept: what is left of a payment is the business
 * date on which it reached the balance (`effective_at`, which for a card sale is its capture).
 */
import { parseBusinessDate } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import { PayoutFold, type Payout, type PayoutDestination, type PayoutHead } from "../../ledger/payout";
import type { Access, PayoutsRequest } from "../contract";
import { eachPage } from "./pages";
import { partOf } from "./payout-parts";
import { SeenOrders } from "./seen-orders";
import { isWire, textOf, WireReader, type Wire } from "./wire";

/** The most that Square lists in one answer. */
const PAGE_SIZE = 100;

/** Bounds a loop: no location comes near it. */
const MOST_PAYOUTS = 500;

const DESTINATIONS: ReadonlyMap<unknown, PayoutDestination> = new Map([
  ["BANK_ACCOUNT", "bank"], ["CARD", "card"], ["SQUARE_BALANCE", "balance"], ["SQUARE_STORED_BALANCE", "balance"],
]);

/** The payouts that a location was sent in the window and that are not known in this version, in the order in which they were sent. */
export async function readPayouts(access: Access, request: PayoutsRequest): Promise<Result<readonly Payout[]>> {
  const reader = new WireReader(request.currency);
  const heads = await listHeads(access, request, reader);
  if (!heads.ok) return heads;
  const payouts: Payout[] = [];
  for (const head of heads.value) {
    if (request.isKnown(head.id, head.version)) continue;
    const payout = await readParts(access, head, request, reader);
    if (!payout.ok) return payout;
    payouts.push(payout.value);
  }
  return ok(payouts);
}

/** A payout as it is listed. One that stands alone has no parts, and is made up for in a later one. */
type Listed = PayoutHead & { readonly standsAlone: boolean; readonly payoutFeesMinor: number };

async function listHeads(access: Access, { locationId, window }: PayoutsRequest, reader: WireReader): Promise<Result<readonly Listed[]>> {
  const query = {
    location_id: locationId, begin_time: new Date(window.start).toISOString(), end_time: new Date(window.end).toISOString(),
    sort_order: "ASC", limit: String(PAGE_SIZE),
  };
  const heads = new Map<string, Listed>();
  const paged = await eachPage(access, { path: "/v2/payouts", query, name: "payouts" }, (answer) => {
    for (const payout of reader.list(answer.payouts, "payouts")) {
      const head = headOf(payout, reader);
      if (head !== null) heads.set(head.id, head);
    }
    if (heads.size > MOST_PAYOUTS) reader.refuse("the payouts of a few weeks do not end");
    return reader.problem;
  });
  return paged.ok ? ok([...heads.values()]) : paged;
}

function headOf(payout: Wire, reader: WireReader): Listed | null {
  const id = textOf(payout.id);
  const arrivalDate = parseBusinessDate(textOf(payout.arrival_date));
  if (!/^[\w-]{1,100}$/.test(id) || arrivalDate === null) {
    reader.refuse("a payout has no id or no date of arrival");
    return null;
  }
  const hasFailed = payout.status === "FAILED";
  const fees = reader.list(payout.payout_fee, "payout_fee").map((fee) => reader.minor(fee.amount_money));
  return {
    id, arrivalDate, version: `${Number(payout.version ?? 0)}${hasFailed ? " failed" : ""}`, processor: { id: "square", name: "Square" },
    currency: reader.currency, destination: DESTINATIONS.get(isWire(payout.destination) ? payout.destination.type : "") ?? "bank",
    hasFailed, netMinor: reader.minor(payout.amount_money),
    standsAlone: payout.type === "SIMPLE", payoutFeesMinor: fees.reduce((total, minor) => total + minor, 0),
  };
}

async function readParts(access: Access, listed: Listed, request: PayoutsRequest, reader: WireReader): Promise<Result<Payout>> {
  const { standsAlone, payoutFeesMinor, ...head } = listed;
  const fold = new PayoutFold(head);
  if (standsAlone) {
    fold.withhold(-head.netMinor);
    return ok(fold.finish());
  }
  const seen = new SeenOrders();
  const parts = { path: `/v2/payouts/${head.id}/payout-entries`, query: { sort_order: "ASC", limit: String(PAGE_SIZE) }, name: "payouts" };
  const paged = await eachPage(access, parts, (answer) => {
    for (const entry of reader.list(answer.payout_entries, "payout_entries")) {
      if (seen.add(textOf(entry.id))) addPart(fold, entry, request, reader);
    }
    return reader.problem;
  });
  if (!paged.ok) return paged;
  // The fee of an instant transfer is told beside the parts, not always among them.
  if (fold.netMinor() - payoutFeesMinor === head.netMinor) fold.fee(payoutFeesMinor);
  return ok(fold.finish());
}

function addPart(fold: PayoutFold, entry: Wire, { dateOf }: PayoutsRequest, reader: WireReader): void {
  const grossMinor = reader.minor(entry.gross_amount_money);
  const feeMinor = grossMinor - reader.minor(entry.net_amount_money);
  const part = partOf(entry.type);
  // Whatever a part is, what lies between its gross and its net is Square's fee.
  fold.fee(feeMinor);
  switch (part.kind) {
    case "charge":
    case "refund": {
      const effectiveAt = Date.parse(textOf(entry.effective_at));
      if (Number.isNaN(effectiveAt)) reader.refuse("a part of a payout has no time");
      else if (part.kind === "charge") fold.charge(dateOf(effectiveAt), grossMinor);
      else fold.refund(dateOf(effectiveAt), -grossMinor);
      return;
    }
    case "fee":
      fold.fee(-grossMinor);
      return;
    case "dispute":
      fold.dispute(-grossMinor);
      return;
    case "withheld":
      fold.withhold(-grossMinor);
      return;
    case "adjustment":
      fold.adjust({ id: part.id, label: part.label, nature: part.nature, minor: -grossMinor });
  }
}
