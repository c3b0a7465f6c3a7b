/** Manual journals in the simulated books: created by PUT, created or changed by POST, voided as a bookkeeper would. */
import { failed, ok, type Result } from "../../kernel/result";
import { isFields, msDate, msDay, newGuid, type Fields, type Simulation } from "./simulator-core";
import type { Journal, JournalLine, JournalStatus, Organisation } from "./simulator-state";
import { accountOf, checkJournal, linesOf, lockedBy, optionOf, type Checking } from "./simulator-validate";

/** Where something is written. */
export type Writing = { readonly simulation: Simulation; readonly organisation: Organisation };

const STATUSES: readonly JournalStatus[] = ["DRAFT", "POSTED", "DELETED", "VOIDED", "ARCHIVED"];

/** A journal that would be written, or every reason against it. */
export function draftJournal(body: Fields, { simulation, organisation }: Writing): Result<Journal, string[]> {
  const checking: Checking = { organisation, state: simulation.state };
  // Nothing is in the ledger before it is posted, and who does not say so gets a draft.
  const asked = body["Status"] ?? "DRAFT";
  const status = STATUSES.find((one) => one === asked);
  const reasons = checkJournal({ ...body, Status: status }, checking);
  if (status === undefined) return failed([...reasons, "The Status is not one of a manual journal."]);
  if (reasons.length > 0) return failed(reasons);
  const now = simulation.clock();
  return ok({
    tenant: organisation.id,
    id: newGuid(simulation.random),
    narration: String(body["Narration"]),
    date: typeof body["Date"] === "string" ? body["Date"].slice(0, 10) : new Date(now).toISOString().slice(0, 10),
    status,
    lineAmountTypes: typeof body["LineAmountTypes"] === "string" ? body["LineAmountTypes"] : "NoTax",
    url: typeof body["Url"] === "string" ? body["Url"] : null,
    showsOnCashBasis: body["ShowOnCashBasisReports"] !== false,
    lines: linesOf(body).map((line) => buildLine(line, checking)),
    updatedAt: now,
  });
}

/** What a change would make of a journal: fields that are left out stay. What is locked, voided or deleted does not change. */
export function changedJournal(journal: Journal, body: Fields, writing: Writing): Result<Journal, string[]> {
  if (journal.status === "VOIDED" || journal.status === "DELETED") return failed([`A journal that is ${journal.status} cannot be changed.`]);
  const locked = lockedBy(journal.date, writing.organisation);
  if (locked.length > 0) return failed(locked);
  const whole: Fields = {
    Narration: journal.narration, Date: journal.date, Status: journal.status, Url: journal.url ?? undefined, LineAmountTypes: journal.lineAmountTypes,
    ShowOnCashBasisReports: journal.showsOnCashBasis, JournalLines: journal.lines, ...body,
  };
  if (whole["Status"] === "VOIDED" || whole["Status"] === "DELETED") {
    return ok({ ...journal, status: whole["Status"], updatedAt: writing.simulation.clock() });
  }
  const draft = draftJournal(whole, writing);
  return draft.ok ? ok({ ...draft.value, id: journal.id }) : draft;
}

/** A journal as the API shows it; lists without a page leave the lines out. */
export function shownJournal(journal: Journal, withLines = true): Fields {
  return {
    ManualJournalID: journal.id,
    Narration: journal.narration,
    Date: msDay(journal.date),
    Status: journal.status,
    LineAmountTypes: journal.lineAmountTypes,
    ...(journal.url === null ? {} : { Url: journal.url }),
    ShowOnCashBasisReports: journal.showsOnCashBasis,
    HasAttachments: false,
    UpdatedDateUTC: msDate(journal.updatedAt),
    JournalLines: withLines ? journal.lines : [],
  };
}

function buildLine(line: Fields, checking: Checking): JournalLine {
  const account = accountOf(line, checking);
  const tracking: unknown[] = Array.isArray(line["Tracking"]) ? line["Tracking"] : [];
  return {
    LineAmount: Math.round(Number(line["LineAmount"]) * 100) / 100,
    AccountID: account?.AccountID ?? "",
    ...(account?.Code === undefined ? {} : { AccountCode: account.Code }),
    ...(typeof line["Description"] === "string" ? { Description: line["Description"] } : {}),
    TaxType: typeof line["TaxType"] === "string" ? line["TaxType"] : "NONE",
    TaxAmount: 0,
    Tracking: tracking.filter(isFields).flatMap((element) => {
      const found = optionOf(element, checking);
      if (found === undefined) return [];
      const { category, option } = found;
      return [{ Name: category.Name, Option: option.Name, TrackingCategoryID: category.TrackingCategoryID, TrackingOptionID: option.TrackingOptionID }];
    }),
    IsBlank: false,
  };
}
