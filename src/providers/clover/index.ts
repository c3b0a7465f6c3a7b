/** Clover as a till: one merchant is one location, and its sales of a day are those that were paid on it. */
import { isZone, LATEST_CUT_OFF_MINUTES } from "../../kernel/day";
import { HOUR, MINUTE } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access, DayReading, Till, TillLocation } from "../contract";
import { accountOf } from "./account";
import { get } from "./client";
import { unreadable } from "./errors";
import { manifest } from "./manifest";
import { oauth } from "./oauth";
import { readDay } from "./reading";
import { isWire, textOf, type Wire } from "./wire";

export { parseCloverHook, possibleAccounts, type CloverHint, type CloverHook } from "./webhook";

/** Card payments that were taken offline settle up to seven days later (docs.clover.com, "Offline payments"). */
const SETTLES_AFTER_HOURS = 7 * 24;

/** Payments, refunds, orders twice, credits of both kinds and items; and for a refund the payment and the order of another day. */
const CALLS_TO_READ_DAY = 10;

export const clover: Till = { manifest, oauth, settlesAfterHours: SETTLES_AFTER_HOURS, callsToReadDay: CALLS_TO_READ_DAY, describe, readDay: readDayOf };

/** What a day is read from. Clover says 401 of a permission that is missing, so each is tried before a day depends on it. */
const NEEDED = ["/orders", "/payments", "/items"] as const;

async function describe(access: Access): Promise<Result<{ readonly name: string; readonly locations: readonly TillLocation[] }>> {
  const merchant = await get(access, "", [["expand", "properties"]]);
  if (!merchant.ok) return merchant;
  for (const path of NEEDED) {
    const tried = await get(access, path, [["limit", "1"]]);
    if (!tried.ok) return tried;
  }
  const location = locationOf(merchant.value, accountOf(access.externalAccount)?.merchantId ?? "");
  return location === null ? failed(unreadable("a merchant without a known time zone or a currency")) : ok({ name: location.name, locations: [location] });
}

/** The whole merchant: Clover has no locations below it. An answer about another merchant than the one asked for is none. */
function locationOf(merchant: Wire, merchantId: string): TillLocation | null {
  const properties: Wire = isWire(merchant.properties) ? merchant.properties : {};
  const zone = textOf(properties.timezone);
  const currency = textOf(properties.defaultCurrency);
  if (textOf(merchant.id) !== merchantId || currency === "" || !isZone(zone)) return null;
  return { id: merchantId, name: textOf(merchant.name) || merchantId, zone, currency, isActive: true, cutOffMinutes: cutOffOf(properties.summaryHour) };
}

/** The hour at which Clover's reports end the day; null where it is none that can be the night before. */
function cutOffOf(summaryHour: unknown): number | null {
  if (typeof summaryHour !== "number" || !Number.isInteger(summaryHour)) return null;
  const minutes = (summaryHour * HOUR) / MINUTE;
  return minutes >= 0 && minutes <= LATEST_CUT_OFF_MINUTES ? minutes : null;
}

async function readDayOf(access: Access, request: Parameters<Till["readDay"]>[1]): Promise<Result<DayReading>> {
  const isTheMerchant = accountOf(access.externalAccount)?.merchantId === request.locationId;
  return isTheMerchant ? await readDay(access, request) : failed(unreadable("the location is not the connected merchant"));
}
