/** What was posted, by account: the entry of a day, or the sum of a range's entries, as a trial balance shows them. */
import { sum } from "../../kernel/money";
import type { EntryRow } from "../days/service";
import type { ReportPosted } from "./contract";

type Row = ReportPosted["accounts"][number];

/** Adds entries up as they are read, and forgets them. */
export class PostedFold {
  readonly #byCurrency = new Map<string, Map<string, Row>>();

  /** One entry, in the order in which they were posted: an account goes by the name that it had last. */
  add({ currency, booksConnectionId, lines }: Pick<EntryRow, "currency" | "booksConnectionId" | "lines">): void {
    const accounts = this.#byCurrency.get(currency) ?? new Map<string, Row>();
    this.#byCurrency.set(currency, accounts);
    for (const { account, side, minor } of lines) {
      const key = JSON.stringify([booksConnectionId, account.id]);
      const { debitMinor = 0, creditMinor = 0 } = accounts.get(key) ?? {};
      accounts.set(key, {
        account: account.name,
        debitMinor: side === "debit" ? sum([debitMinor, minor]) : debitMinor, creditMinor: side === "credit" ? sum([creditMinor, minor]) : creditMinor,
      });
    }
  }

  /** The sums, by currency; accounts in the order in which they first occurred, which is that of an entry. */
  finish(): ReportPosted[] {
    return [...this.#byCurrency].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([currency, accounts]) => {
      const rows = [...accounts.values()];
      return { currency, accounts: rows, debitMinor: sum(rows.map((row) => row.debitMinor)), creditMinor: sum(rows.map((row) => row.creditMinor)) };
    });
  }
}
