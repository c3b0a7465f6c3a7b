/**
 * The identity that holds before anything is posted (accounting reference §2.1), exactly to the minor unit: what was
 * sold equals what was tendered. Cash paid out, over or short, and gift value given for nothing are outside it.
 */
import type { Failure } from "../kernel/failure";
import { sum, toReadable } from "../kernel/money";
import { failed, ok, type Result } from "../kernel/result";
import type { InAndOut, SalesDay } from "./sales-day";

/** Ids end up in line keys, which hold 180 characters after the first colon. */
const LONGEST_ID = 160;

/** More would hide the one that matters. */
const MOST_TENDERS_NAMED = 4;

type Amount = { readonly what: string; readonly minor: number };

/**
 * The same day, proven: every amount a non-negative safe integer (over/short and rounding signed), ids unique and
 * readable, and sales equal to tenders. `invalid_day` names the first thing that is no amount or id; `out_of_balance`
 * carries sales less tenders, positive when the tenders are too small.
 */
export function checkSalesDay(day: SalesDay): Result<SalesDay> {
  const problem = problemOfCounts(day) ?? problemOfAmounts(day) ?? problemOfIds(day);
  if (problem !== null) return failed({ kind: "invalid_day", message: problem });
  const differenceMinor = imbalanceOf(day);
  return differenceMinor === 0 ? ok(day) : failed(outOfBalance(day, differenceMinor));
}

/** Sales less tenders in minor units: 0 for every day that can be posted, positive when the tenders are too small. */
export function imbalanceOf(day: SalesDay): number {
  return sum([salesOf(day), -netOf(day.tenders)]);
}

function outOfBalance(day: SalesDay, differenceMinor: number): Failure {
  const { currency, tenders } = day;
  const sides = `The till's sales come to ${toReadable(salesOf(day), currency)} but its tenders to ${toReadable(netOf(tenders), currency)}${named(tenders, currency)}`;
  const missing = `${toReadable(Math.abs(differenceMinor), currency)} ${currency} is missing from the ${differenceMinor > 0 ? "tenders" : "sales"}`;
  return { kind: "out_of_balance", differenceMinor, currency, message: `${sides}: ${missing}` };
}

/** Each tender with what it comes to, the largest first: the one that is wrong is among them. */
function named(tenders: SalesDay["tenders"], currency: string): string {
  const amounts = tenders.map((row) => ({ label: readable(row.label) || row.kind.replaceAll("_", " "), minor: row.inMinor - row.outMinor }));
  const largest = amounts.toSorted((one, other) => Math.abs(other.minor) - Math.abs(one.minor)).slice(0, MOST_TENDERS_NAMED);
  return largest.length === 0 ? "" : ` (${largest.map(({ label, minor }) => `${label} ${toReadable(minor, currency)}`).join(", ")})`;
}

/** The till's own words, without what no line of text should hold. */
function readable(label: string): string {
  return label.toWellFormed().replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, 40);
}

/** Everything that tenders have to pay for; signed. */
function salesOf(day: SalesDay): number {
  return sum([
    ...day.categories.map((row) => row.grossMinor - row.returnedMinor),
    -netOf([day.discounts, day.comps]),
    netOf([...day.serviceCharges, ...day.taxes, day.tips, day.giftCards]),
    day.houseAccountPaymentsMinor,
    day.roundingMinor,
  ]);
}

function netOf(flows: readonly InAndOut[]): number {
  return sum(flows.map((flow) => flow.inMinor - flow.outMinor));
}

function problemOfCounts(day: SalesDay): string | null {
  if (!/^[A-Z]{3}$/.test(day.currency)) return `"${day.currency}" is no currency`;
  if (!isAmount(day.orderCount)) return `${day.orderCount} is no number of orders`;
  return null;
}

function problemOfAmounts(day: SalesDay): string | null {
  let magnitude = 0;
  for (const { what, minor } of unsignedOf(day)) {
    if (!isAmount(minor)) return `The amount of ${what} is ${minor}, which is no amount`;
    magnitude += minor;
  }
  for (const { what, minor } of signedOf(day)) {
    if (!Number.isSafeInteger(minor)) return `The amount of ${what} is ${minor}, which is no amount`;
    magnitude += Math.abs(minor);
  }
  // Above this some sum of them could pass 2^53 and lose a cent; below it none can.
  return magnitude > Number.MAX_SAFE_INTEGER ? "The amounts are too large to be added exactly" : null;
}

function unsignedOf(day: SalesDay): Amount[] {
  return [
    ...day.categories.flatMap((row) => [
      { what: `sales in "${row.label}"`, minor: row.grossMinor },
      { what: `returns in "${row.label}"`, minor: row.returnedMinor },
    ]),
    ...flow("discounts", day.discounts),
    ...flow("comps", day.comps),
    ...day.serviceCharges.flatMap((row) => flow(`the service charge "${row.label}"`, row)),
    ...day.taxes.flatMap((row) => flow(`the tax "${row.label}"`, row)),
    ...flow("tips", day.tips),
    ...flow("gift cards", day.giftCards),
    { what: "gift cards given away", minor: day.giftCards.promotionalMinor },
    { what: "payments on house accounts", minor: day.houseAccountPaymentsMinor },
    ...day.tenders.flatMap((row) => flow(`the tender "${row.label}"`, row)),
    ...day.paidOuts.map((row) => ({ what: `the paid-out "${row.label}"`, minor: row.minor })),
  ];
}

function flow(what: string, { inMinor, outMinor }: InAndOut): Amount[] {
  return [{ what, minor: inMinor }, { what: `${what}, given back`, minor: outMinor }];
}

function signedOf(day: SalesDay): Amount[] {
  return [
    { what: "cash over or short", minor: day.cashOverShortMinor },
    { what: "rounding", minor: day.roundingMinor },
  ];
}

function isAmount(minor: number): boolean {
  return Number.isSafeInteger(minor) && minor >= 0;
}

function problemOfIds(day: SalesDay): string | null {
  const lists = [
    { what: "categories", ids: day.categories.map((row) => row.id) },
    { what: "service charges", ids: day.serviceCharges.map((row) => row.id) },
    { what: "taxes", ids: day.taxes.map((row) => row.id) },
    // The plain tender of a kind has no id of its own; a drawer's expense and its tips are told apart by purpose.
    { what: "tenders", ids: day.tenders.map((row) => `${row.kind}:${row.id}`) },
    { what: "paid-outs", ids: day.paidOuts.map((row) => `${row.purpose}:${row.id}`) },
  ];
  for (const { what, ids } of lists) {
    const unreadable = ids.find((id) => id.length === 0 || id.length > LONGEST_ID || /\p{Cc}/u.test(id));
    if (unreadable !== undefined) return `One of the ${what} has an id that cannot be kept`;
    if (new Set(ids).size < ids.length) return `Two of the ${what} have the same id`;
  }
  return null;
}
