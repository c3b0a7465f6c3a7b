/** The report of revocations: how each came, when it was said, when it was honoured, and whether that was in time. */
import { businessDateAt, parseBusinessDate, windowOf, type BusinessDate, type DaySchedule } from "../../kernel/day";
import { csvRow } from "../../kernel/csv";
import { DAY } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import { streamOf, type ExportedFile } from "../../http/download";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { World } from "../../platform/world";
import type { RevocationsView, RevocationView } from "./contract";
import { lastDayAllowed } from "./holidays";
import { revocationsAfter, type Revocation } from "./store";

const MOST_AT_ONCE = 500;
const MOST_SHOWN = 2_000;
const LONGEST_RANGE_DAYS = 400;

type Range = { readonly from: BusinessDate; readonly to: BusinessDate };
type Asked = { readonly from: string; readonly to: string };

/** The revocations that were honoured on the dates of a range, oldest first. `invalid_input` for dates that do not exist or are too many. */
export async function viewRevocations({ db, shop }: Visit, asked: Asked): Promise<Result<RevocationsView>> {
  const range = rangeOf(asked);
  if (!range.ok) return range;
  const revocations: RevocationView[] = [];
  for await (const page of pagesOf(db, range.value, shop.zone)) {
    revocations.push(...page);
    if (revocations.length > MOST_SHOWN) return ok({ revocations: revocations.slice(0, MOST_SHOWN), isCut: true });
  }
  return ok({ revocations, isCut: false });
}

/** The same as a file for a spreadsheet, all of it. That it was taken away is a line of the shop's log. */
export async function exportRevocations(world: World, visit: Visit, asked: Asked): Promise<Result<ExportedFile>> {
  const range = rangeOf(asked);
  if (!range.ok) return range;
  const { db, shop } = visit;
  const at = world.clock();
  await db.orm.batch(auditLine(db, world.random, { at, actor: actorOf(visit), action: "consent.exported", subject: "consent", after: asked }));
  const { from, to } = range.value;
  return ok({ name: `daybook-revocations-${from}-${to}.csv`, type: "text/csv; charset=utf-8", body: streamOf(csvParts(pagesOf(db, range.value, shop.zone), shop.zone)) });
}

/** What a revocation came to, on the dates of a zone. */
export function revocationOf(line: Revocation, zone: string): RevocationView {
  const { id, channel, address, words, source, saidAt, at, heldAt } = line;
  const honouredAt = heldAt === null ? at : Math.min(at, heldAt);
  const lastDay = lastDayAllowed(businessDateAt(midnights(zone), saidAt));
  return { id, channel, address, words, source, saidAt, honouredAt, lastDay, isKept: businessDateAt(midnights(zone), honouredAt) <= lastDay };
}

async function* pagesOf(db: ShopDb, { from, to }: Range, zone: string): AsyncGenerator<RevocationView[]> {
  const bounds = { from: windowOf(midnights(zone), from).start, before: windowOf(midnights(zone), to).end, most: MOST_AT_ONCE };
  for (let after: Revocation | null = null; ; ) {
    const page: Revocation[] = await revocationsAfter(db, { ...bounds, after });
    yield page.map((line) => revocationOf(line, zone));
    after = page.at(-1) ?? null;
    if (after === null || page.length < MOST_AT_ONCE) return;
  }
}

async function* csvParts(pages: AsyncIterable<readonly RevocationView[]>, zone: string): AsyncGenerator<string> {
  yield csvRow(["channel", "address", "how it came", "what was said", "said (UTC)", "said here", "honoured (UTC)", "honoured here", "last day allowed", "in time"]);
  const here = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  for await (const page of pages) yield page.map((revocation) => rowOf(revocation, here)).join("");
}

function rowOf({ channel, address, words, source, saidAt, honouredAt, lastDay, isKept }: RevocationView, here: Intl.DateTimeFormat): string {
  const utc = (at: number) => new Date(at).toISOString();
  return csvRow([channel, address ?? "(erased)", source, words ?? "(erased)", utc(saidAt), here.format(saidAt), utc(honouredAt), here.format(honouredAt), lastDay, isKept ? "yes" : "no"]);
}

function rangeOf({ from, to }: Asked): Result<Range> {
  const [first, last] = [parseBusinessDate(from), parseBusinessDate(to)];
  const message = "Enter two dates, the earlier one first, at most 400 days apart.";
  if (first === null || last === null || first > last || Date.parse(last) - Date.parse(first) > LONGEST_RANGE_DAYS * DAY) {
    return failed({ kind: "invalid_input", message, fields: [{ path: "from", message }] });
  }
  return ok({ from: first, to: last });
}

/** A day here is a date of the calendar: it ends at midnight. */
function midnights(zone: string): DaySchedule {
  return { zone, cutOffs: [{ from: "1970-01-01" as BusinessDate, minutes: 0 }] };
}
