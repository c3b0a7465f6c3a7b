/** What Xero checks of a manual journal, with sentences like its own: every reason, not the first alone. */
import { parseBusinessDate } from "../../kernel/day";
import { isFields, type Fields } from "./simulator-core";
import type { Account, Organisation, SimulatorState, StoredTracking } from "./simulator-state";

/** What a journal is checked against. */
export type Checking = { readonly organisation: Organisation; readonly state: SimulatorState };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOST_TRACKING = 2;

/** Every reason for which Xero would not take a journal; none where it would. A draft may be out of balance. */
export function checkJournal(journal: Fields, checking: Checking): string[] {
  const lines = linesOf(journal);
  return [
    ...(typeof journal["Narration"] === "string" && journal["Narration"].trim() !== "" ? [] : ["Narration must be specified."]),
    ...checkDate(journal["Date"], checking.organisation),
    ...(lines.length >= 2 ? [] : ["A manual journal must have at least two journal lines."]),
    ...lines.flatMap((line) => checkLine(line, checking)),
    ...(journal["Status"] === "POSTED" ? checkBalance(lines) : []),
  ];
}

/** The lines of a journal that carry money. */
export function linesOf(journal: Fields): Fields[] {
  return Array.isArray(journal["JournalLines"]) ? journal["JournalLines"].filter(isFields) : [];
}

/** The account that a line names, by its id or its code. */
export function accountOf(line: Fields, { organisation, state }: Checking): Account | undefined {
  const all = [...state.accounts(organisation.id).values()].map(({ account }) => account);
  const { AccountID: id, AccountCode: code } = line;
  return typeof id === "string" ? all.find((one) => one.AccountID === id.toLowerCase()) : all.find((one) => one.Code === code && typeof code === "string");
}

/** The option that a tracking element names, by ids or by names, with its category. */
export function optionOf(element: unknown, { organisation, state }: Checking) {
  if (!isFields(element)) return undefined;
  const { TrackingCategoryID: categoryId, TrackingOptionID: optionId, Name: name, Option: optionName } = element;
  const isNamed = ({ category }: StoredTracking) => (typeof categoryId === "string" ? category.TrackingCategoryID === categoryId : category.Name === name);
  const category = [...state.tracking(organisation.id).values()].find(isNamed)?.category;
  const option = category?.Options.find((one) => (typeof optionId === "string" ? one.TrackingOptionID === optionId : one.Name === optionName));
  return category === undefined || option === undefined ? undefined : { category, option };
}

/** Why nothing of that date may be written or changed, or nothing. */
export function lockedBy(date: string, { periodLockDate, endOfYearLockDate }: Organisation): string[] {
  const says = (kind: string, lock: string | null) => {
    const [year = "", month = "", day = ""] = (lock ?? "").split("-");
    const shown = `${day}-${MONTHS[Number(month) - 1]}-${year}`;
    return lock !== null && date <= lock ? [`The document date cannot be before the ${kind} lock date, currently set at ${shown}`] : [];
  };
  return [...says("end of year", endOfYearLockDate), ...says("period", periodLockDate)];
}

function checkDate(date: unknown, organisation: Organisation): string[] {
  if (date === undefined) return []; // today
  if (typeof date !== "string" || parseBusinessDate(date.slice(0, 10)) === null) return ["The Date is not a valid date."];
  return lockedBy(date.slice(0, 10), organisation);
}

function checkLine(line: Fields, checking: Checking): string[] {
  if (typeof line["LineAmount"] !== "number") return ["The LineAmount must be specified."];
  const account = accountOf(line, checking);
  const said = typeof line["AccountCode"] === "string" ? line["AccountCode"] : line["AccountID"];
  if (account === undefined || account.Status === "DELETED") return [`Account code '${String(said)}' is not a valid code for this document.`];
  const shown = account.Code ?? account.Name;
  if (account.Status === "ARCHIVED") return [`Account code '${shown}' has been archived or deleted.`];
  const isKept = account.Type === "BANK" || (account.SystemAccount ?? "") !== "";
  return [...(isKept ? [`Account code '${shown}' is not a valid code for this document.`] : []), ...checkTracking(line["Tracking"], checking)];
}

function checkTracking(tracking: unknown, checking: Checking): string[] {
  if (tracking === undefined) return [];
  if (!Array.isArray(tracking)) return ["The Tracking elements could not be read."];
  if (tracking.length > MOST_TRACKING) return ["A journal line can have at most 2 tracking categories."];
  return tracking.flatMap((element: unknown) => {
    const found = optionOf(element, checking);
    if (found === undefined) return ["The tracking category or option does not exist."];
    const isActive = found.category.Status === "ACTIVE" && found.option.Status === "ACTIVE";
    return isActive ? [] : [`The tracking option '${found.option.Name}' is not active.`];
  });
}

function checkBalance(lines: readonly Fields[]): string[] {
  const cents = lines.map(({ LineAmount }) => (typeof LineAmount === "number" ? Math.round(LineAmount * 100) : 0));
  const debits = cents.filter((one) => one > 0).reduce((total, one) => total + one, 0);
  const credits = cents.filter((one) => one < 0).reduce((total, one) => total + one, 0);
  const shown = (one: number) => (one / 100).toFixed(2);
  return debits + credits === 0 ? [] : [`The total debits (${shown(debits)}) must equal total credits (${shown(credits)})`];
}
