/** Sales receipts, deposits, invoices and items in the simulated books: kept as they came, with Intuit's own fields added. */
import type { Writing } from "./simulator-journal";
import type { LooseRecord, RecordEntity } from "./simulator-state";
import { currencyOf, linesOf, type Fields } from "./simulator-validate";

/** Keeps a new record; what it must hold was checked by whoever took it. */
export function keepRecord(entity: RecordEntity, body: Fields, { state, company, time, today, requestId }: Writing): LooseRecord {
  const isSale = entity !== "Item";
  const record: LooseRecord = {
    ...(isSale ? { TxnDate: today } : {}),
    ...body,
    ...(isSale && !company.omitsCurrency ? { CurrencyRef: { value: currencyOf(body, company) } } : {}),
    ...(isSale ? { TotalAmt: body["TotalAmt"] ?? totalOf(body) } : {}),
    domain: "QBO",
    sparse: false,
    Id: state.nextId(company.realm, "record"),
    SyncToken: "0",
    MetaData: { CreateTime: time, LastUpdatedTime: time },
  };
  state.putRecord({ realm: company.realm, requestId, entity, record });
  return record;
}

/** The sum of the lines' amounts, free of binary dust. */
function totalOf(body: Fields): number {
  const total = linesOf(body).reduce((sum, line) => sum + (typeof line["Amount"] === "number" ? line["Amount"] : 0), 0);
  return Math.round(total * 1_000) / 1_000;
}
