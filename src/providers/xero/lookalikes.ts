/** What stands in the books already and may be the same sales: another connector's journals, or a person's own. */
import type { BusinessDate } from "../../kernel/day";
import { fromDecimal, sum, type Currency } from "../../kernel/money";
import { ok, type Result } from "../../kernel/result";
import type { Access, FoundRecord } from "../contract";
import { dateTime, isPosted, journalsWhere } from "./journals";
import { isOurs } from "./marks";
import { baseCurrency } from "./organisation";
import { parseXeroDate, type WireJournal } from "./wire";

const MOST_RECORDS = 100;

/** Tills, and what carries their sales into books, as they call themselves in narrations. */
const NAMES = [
  "Square", "Clover", "Toast", "Lightspeed", "Shopify", "SumUp", "Zettle", "Stripe", "Bookkeep", "Shogo", "Synder", "Commerce Sync",
  "A2X", "Amaka", "Daily sales", "Sales summary", "Z report",
] as const;

/** Posted journals from one date to another that Daybook did not write, and that name a till or come to the total of one that it did. */
export async function findLookalikes(
  access: Access, { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): Promise<Result<readonly FoundRecord[]>> {
  const currency = await baseCurrency(access);
  if (!currency.ok) return currency;
  const listed = await journalsWhere(access, `Date>=${dateTime(from)} AND Date<=${dateTime(to)}`);
  if (!listed.ok) return listed;
  const posted = listed.value.filter(isPosted);
  const ours = new Set(posted.filter(isOurs).map((journal) => `${parseXeroDate(journal.Date)} ${totalOf(journal, currency.value)}`));
  const found = posted.filter((journal) => !isOurs(journal)).flatMap((journal) => recordOf(journal, ours, currency.value));
  return ok(found.slice(0, MOST_RECORDS));
}

function recordOf(journal: WireJournal, ours: ReadonlySet<string>, currency: Currency): FoundRecord[] {
  const date = parseXeroDate(journal.Date);
  const totalMinor = totalOf(journal, currency);
  if (date === null || totalMinor === null) return [];
  const name = NAMES.find((one) => new RegExp(`\\b${one}\\b`, "i").test(journal.Narration));
  const reason = name === undefined ? null : `its narration names ${name}`;
  const twin = ours.has(`${date} ${totalMinor}`) ? "its total is that of an entry of Daybook's on the same day" : null;
  const why = reason ?? twin;
  return why === null ? [] : [{ id: journal.ManualJournalID, type: "Manual journal", documentNumber: "", date, totalMinor, reason: why }];
}

/** The debits of a journal in minor units; null where an amount is none of the currency. */
function totalOf(journal: WireJournal, currency: Currency): number | null {
  const debits: number[] = [];
  for (const { LineAmount } of journal.JournalLines) {
    const minor = fromDecimal(LineAmount, currency);
    if (minor === null) return null;
    if (minor > 0) debits.push(minor);
  }
  return sum(debits);
}
