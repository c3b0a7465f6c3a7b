/** Journal entries in the simulated books: created once per request id, changed and deleted as a bookkeeper would. */
import { failed, ok, type Result } from "../../kernel/result";
import { notFound, periodClosed, required, stale, type Refusal } from "./simulator-refusals";
import type { Company, JournalEntry, JournalLine, SimulatorState, StoredEntry } from "./simulator-state";
import { checkEntry, currencyOf, isFields, linesOf, valueOf, type Fields } from "./simulator-validate";

/** Where and when something is written. `time` is for `MetaData`, `today` the server's date. */
export type Writing = {
  readonly state: SimulatorState;
  readonly company: Company;
  readonly time: string;
  readonly today: string;
  readonly requestId: string | null;
  readonly allowsDuplicateNumber: boolean;
};

/** Creates an entry, or says why QuickBooks would not. */
export function createEntry(body: Fields, writing: Writing): Result<JournalEntry, Refusal> {
  const { state, company } = writing;
  const dated: Fields = { TxnDate: writing.today, ...body };
  const refusal = checkEntry(dated, { ...writing, ownId: null });
  if (refusal !== null) return failed(refusal);
  const id = state.nextId(company.realm, "entry");
  const entry = build(dated, writing, { id, syncToken: "0", createTime: writing.time });
  state.putEntry({ realm: company.realm, requestId: writing.requestId, entry, original: null, isDeleted: false });
  return ok(entry);
}

/** Changes an entry: whole, or with `sparse` in parts. The SyncToken must be the entry's current one. */
export function updateEntry(body: Fields, writing: Writing): Result<JournalEntry, Refusal> {
  const found = find(body, writing);
  if (!found.ok) return found;
  const { entry } = found.value;
  const whole: Fields = body["sparse"] === true ? { ...entry, ...body } : body;
  const dated: Fields = { TxnDate: entry.TxnDate, ...whole };
  const refusal = checkEntry(dated, { ...writing, ownId: entry.Id }) ?? closedFor(entry, writing.company);
  if (refusal !== null) return failed(refusal);
  const syncToken = String(Number(entry.SyncToken) + 1);
  const changed = build(dated, writing, { id: entry.Id, syncToken, createTime: entry.MetaData.CreateTime });
  writing.state.putEntry({ ...found.value, entry: changed, original: found.value.original ?? entry });
  return ok(changed);
}

/** Deletes an entry; its number is free again and reading it finds nothing. */
export function deleteEntry(body: Fields, writing: Writing): Result<Fields, Refusal> {
  const found = find(body, writing);
  if (!found.ok) return found;
  const { entry, original } = found.value;
  const refusal = closedFor(entry, writing.company);
  if (refusal !== null) return failed(refusal);
  writing.state.putEntry({ ...found.value, original: original ?? entry, isDeleted: true });
  return ok({ status: "Deleted", domain: "QBO", Id: entry.Id });
}

/** Voids an entry: every amount becomes zero and the entry stays. */
export function voidEntry(body: Fields, writing: Writing): Result<JournalEntry, Refusal> {
  const found = find(body, writing);
  if (!found.ok) return found;
  const { entry } = found.value;
  const Line = entry.Line.map((line) => (line.Amount === undefined ? line : { ...line, Amount: 0 }));
  return updateEntry({ ...entry, Line, PrivateNote: `Voided - ${entry.PrivateNote ?? ""}`.slice(0, 4_000) }, writing);
}

/** The entry of an id, unless it is deleted. */
export function readEntry(id: string, { state, company }: Pick<Writing, "state" | "company">): Result<JournalEntry, Refusal> {
  const stored = state.entries(company.realm).get(id);
  return stored === undefined || stored.isDeleted ? failed(notFound) : ok(stored.entry);
}

function find(body: Fields, { state, company }: Writing): Result<StoredEntry, Refusal> {
  if (typeof body["Id"] !== "string") return failed(required("Id"));
  if (typeof body["SyncToken"] !== "string") return failed(required("SyncToken"));
  const stored = state.entries(company.realm).get(body["Id"]);
  if (stored === undefined || stored.isDeleted) return failed(notFound);
  return stored.entry.SyncToken === body["SyncToken"] ? ok(stored) : failed(stale);
}

function closedFor(entry: JournalEntry, company: Company): Refusal | null {
  return company.bookCloseDate !== null && entry.TxnDate <= company.bookCloseDate ? periodClosed : null;
}

type Identity = { readonly id: string; readonly syncToken: string; readonly createTime: string };

function build(body: Fields, writing: Writing, { id, syncToken, createTime }: Identity): JournalEntry {
  const { company } = writing;
  const text = (name: "DocNumber" | "PrivateNote") => (typeof body[name] === "string" ? { [name]: body[name] } : {});
  return {
    Adjustment: body["Adjustment"] === true,
    domain: "QBO",
    sparse: false,
    Id: id,
    SyncToken: syncToken,
    MetaData: { CreateTime: createTime, LastUpdatedTime: writing.time },
    ...text("DocNumber"),
    TxnDate: String(body["TxnDate"]),
    ...text("PrivateNote"),
    ...(company.omitsCurrency ? {} : { CurrencyRef: { value: currencyOf(body, company) } }),
    Line: linesOf(body).map((line, index) => buildLine(line, index, writing)),
    TxnTaxDetail: {},
  };
}

function buildLine(line: Fields, index: number, { state, company }: Writing): JournalLine {
  const description = typeof line["Description"] === "string" ? { Description: line["Description"] } : {};
  const detail = line["JournalEntryLineDetail"];
  if (!isFields(detail)) return { Id: String(index), ...description, DetailType: "DescriptionOnly" };
  const accountId = valueOf(detail["AccountRef"]) ?? "";
  const name = state.accounts(company.realm).get(accountId)?.account.Name ?? "";
  return {
    Id: String(index),
    ...description,
    Amount: Number(line["Amount"]),
    DetailType: "JournalEntryLineDetail",
    JournalEntryLineDetail: { ...detail, PostingType: String(detail["PostingType"]), AccountRef: { value: accountId, name } },
  };
}
