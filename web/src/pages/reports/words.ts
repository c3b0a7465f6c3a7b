/** What the reports page says. */
import { plainDate } from "../../ui/dates";
import { count } from "../../ui/format";

export const reportWords = {
  title: "Reports",
  about: (from: string, to: string) => (from === to ? plainDate(from) : `${plainDate(from)} to ${plainDate(to)}`),
  print: (shop: string, range: string, place: string) => `${shop} · ${range} · ${place}`,
  range: "Range of days", months: "Months", locations: "Locations", all: "All locations",
  from: "From", to: "To", show: "Show",
  noDate: "Enter a date.", backwards: "The first day comes after the last.", tooMany: (days: number) => `Choose at most ${days} days. The journal can be taken away over any range.`,
  pdf: "PDF", csv: "CSV", printPage: "Print",
  emptyTitle: "No day of this range was read",
  emptyText: "Choose another range, or read earlier days from the till with a back-fill.",
  emptyLink: "Back-fill earlier days",
  till: "Till", books: "Books", equal: "is equal to", unequal: "is not equal to",
  ties: (days: number) => `${count(days, "day")} in the books, to the cent`,
  differs: (days: number) => `Of ${count(days, "day")} in the books not every one ties: they are marked below`,
  nothingPosted: "Nothing of this range is in the books yet",
  waiting: (amount: string) => `${amount} was read and is not in the books yet.`,
  summary: "Summary", categories: "Sales by category", taxes: "Taxes", tenders: "Tenders",
  sold: "Sold", returned: "Returned", collected: "Collected", refunded: "Refunded", taken: "Taken", givenBack: "Given back", net: "Net", total: "Total",
  posted: "Posted by account", postedAbout: "Entries of days. Those of payouts stand in the journal below, and on the page of payouts.", account: "Account", debit: "Debit", credit: "Credit",
  days: "Days", date: "Date", location: "Location", state: "State", netSales: "Net sales", tax: "Tax", tie: "Ties", yes: "yes", no: "no",
  changes: "Posted after a day’s first entry", number: "Number", booked: "Booked on", why: "Why", amount: "Amount", noCause: "No reason was written down",
  journal: "Take the journal away",
  journalAbout: "Every entry that Daybook posted, of days and of payouts, for another program. It stays here for as long as the account does, whatever books it went to.",
  by: "Entries of the range, by", byBusiness: "the day that they are about", byBooked: "the date on which they stand in the books",
  formats: { hledger: "hledger", beancount: "beancount", iif: "QuickBooks Desktop (IIF)", csv: "CSV" },
} as const;
