/** What can be read of a simulated company besides single entities: its card, its preferences, and queries. */
import { failed, ok, type Result } from "../../kernel/result";
import { parseQuery, type Query } from "./simulator-query";
import { queryInvalid, type Refusal } from "./simulator-refusals";
import { select, type Row } from "./simulator-select";
import type { Company, NamedItem, RecordEntity, SimulatorState } from "./simulator-state";

type Shape = { readonly name: string; readonly fields: readonly string[]; readonly hasActive: boolean; rows(company: Company, state: SimulatorState, query: Query): Row[] };

const STAMPS = ["Id", "SyncToken", "MetaData.CreateTime", "MetaData.LastUpdatedTime", "MetaData"];
const LIST_FIELDS = [...STAMPS, "Name", "FullyQualifiedName", "Active"];

const SALE_FIELDS = [...STAMPS, "DocNumber", "TxnDate", "PrivateNote", "Line", "CurrencyRef", "TotalAmt"];

function recordsOf(name: RecordEntity, fields: readonly string[]): Shape {
  return { name, fields, hasActive: false, rows: (company, state) => state.records(company.realm, name).map(({ record }) => record) };
}

const SHAPES: Readonly<Record<string, Shape>> = {
  account: {
    name: "Account",
    fields: [...LIST_FIELDS, "Classification", "AccountType", "AccountSubType", "SubAccount", "CurrentBalance", "CurrencyRef", "AcctNum"],
    hasActive: true,
    rows: (company, state) => [...state.accounts(company.realm).values()].map(({ account }) => account),
  },
  journalentry: {
    name: "JournalEntry",
    fields: [...STAMPS, "DocNumber", "TxnDate", "PrivateNote", "Adjustment", "Line", "CurrencyRef", "TotalAmt"],
    hasActive: false,
    rows: entryRows,
  },
  salesreceipt: recordsOf("SalesReceipt", [...SALE_FIELDS, "CustomerRef", "DepositToAccountRef"]),
  invoice: recordsOf("Invoice", [...SALE_FIELDS, "CustomerRef", "DueDate", "Balance"]),
  deposit: recordsOf("Deposit", [...SALE_FIELDS, "DepositToAccountRef"]),
  item: { ...recordsOf("Item", [...LIST_FIELDS, "Type", "IncomeAccountRef"]), hasActive: true },
  class: { name: "Class", fields: LIST_FIELDS, hasActive: true, rows: (company) => company.classes.map((item) => named(item, "SubClass")) },
  department: { name: "Department", fields: LIST_FIELDS, hasActive: true, rows: (company) => company.departments.map((item) => named(item, "SubDepartment")) },
  companyinfo: { name: "CompanyInfo", fields: [...STAMPS, "CompanyName", "Country"], hasActive: false, rows: (company) => [companyInfo(company)] },
  preferences: { name: "Preferences", fields: STAMPS, hasActive: false, rows: (company) => [preferences(company)] },
};

/** A query's `QueryResponse`: without an entity key when nothing was found, with `totalCount` alone for a count. */
export function answerQuery(text: string, company: Company, state: SimulatorState): Result<Row, Refusal> {
  const parsed = parseQuery(text);
  if (!parsed.ok) return parsed;
  const query = parsed.value;
  const shape = SHAPES[query.entity.toLowerCase()];
  if (shape === undefined) return failed(queryInvalid(`Entity ${query.entity} not found`));
  const asksActive = query.conditions.some(({ field }) => field.toLowerCase() === "active");
  const rows = shape.rows(company, state, query).filter((row) => !shape.hasActive || asksActive || row["Active"] === true);
  const found = select(rows, query, shape.fields);
  if (!found.ok) return found;
  const { page, total } = found.value;
  if (query.isCount) return ok({ totalCount: total });
  return ok(page.length === 0 ? {} : { [shape.name]: page, startPosition: query.start, maxResults: page.length, totalCount: total });
}

/** By number through the index, otherwise all: 5,000 entries are not read for one. */
function entryRows(company: Company, state: SimulatorState, query: Query): Row[] {
  const byNumber = query.conditions.find(({ field, operator }) => field.toLowerCase() === "docnumber" && operator === "=");
  const number = byNumber?.values[0];
  if (typeof number === "string") return state.entriesNumbered(company.realm, number);
  return [...state.entries(company.realm).values()].filter(({ isDeleted }) => !isDeleted).map(({ entry }) => entry);
}

/** A class or a department as the API shows it: the name of an inactive one is marked. */
function named({ Id, Name, Active }: NamedItem, isChild: "SubClass" | "SubDepartment"): Row {
  const name = Active ? Name : `${Name} (deleted)`;
  const stamp = "2024-01-01T08:00:00-08:00";
  return {
    Name: name, [isChild]: false, FullyQualifiedName: name, Active, domain: "QBO", sparse: false, Id, SyncToken: "0",
    MetaData: { CreateTime: stamp, LastUpdatedTime: stamp },
  };
}

/** The company's card. It has no zone, as Intuit's has none. */
export function companyInfo(company: Company): Row {
  return {
    CompanyName: company.name,
    LegalName: company.name,
    Country: company.country,
    FiscalYearStartMonth: "January",
    CompanyStartDate: "2024-01-01",
    SupportedLanguages: "en",
    NameValue: [{ Name: "OfferingSku", Value: "QuickBooks Online Plus" }],
    Id: "1",
    SyncToken: "0",
    MetaData: { CreateTime: "2024-01-01T08:00:00-08:00", LastUpdatedTime: "2024-01-01T08:00:00-08:00" },
    domain: "QBO",
    sparse: false,
  };
}

/** The preferences that matter to a journal entry. */
export function preferences(company: Company): Row {
  return {
    AccountingInfoPrefs: {
      ...(company.bookCloseDate === null ? {} : { BookCloseDate: company.bookCloseDate }),
      ClassTrackingPerTxn: false,
      ClassTrackingPerTxnLine: company.tracksClasses,
      TrackDepartments: company.tracksDepartments,
      FirstMonthOfFiscalYear: "January",
      TaxYearMonth: "January",
      CustomerTerminology: "Customers",
    },
    CurrencyPrefs: { MultiCurrencyEnabled: company.multicurrency, HomeCurrency: { value: company.currency } },
    TaxPrefs: { UsingSalesTax: true, PartnerTaxEnabled: true },
    Id: "1",
    SyncToken: "0",
    MetaData: { CreateTime: "2024-01-01T08:00:00-08:00", LastUpdatedTime: "2024-01-01T08:00:00-08:00" },
    domain: "QBO",
    sparse: false,
  };
}
