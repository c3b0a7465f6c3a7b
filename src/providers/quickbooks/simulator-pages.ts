/** What a bookkeeper sees of the simulated books: the chart of accounts, the journal, one entry. */
import { Hono, type Context } from "hono";
import { html } from "hono/html";
import { fromDecimal, sum, toDecimal } from "../../kernel/money";
import { withActivity } from "./simulator-chart";
import { bodyOf, timestamp, type Env, type Simulation } from "./simulator-core";
import { page, type Html } from "../simulator-page";
import type { Company, JournalEntry, SimulatorState } from "./simulator-state";

const ENTRIES_PER_PAGE = 100;

/** Pages under `/app/`. The company is named by `deeplinkcompanyid`; without it the first that fits is shown. */
export function pageRoutes(simulation: Simulation): Hono<Env> {
  const { state } = simulation;
  const app = new Hono<Env>();
  app.get("/app/chartofaccounts", (context) => withCompany(context, state, (company) => chartPage(company, state)));
  app.post("/app/chartofaccounts/active", async (context) => {
    const form = new URLSearchParams(await bodyOf(context));
    const realm = form.get("company") ?? "";
    const stored = state.accounts(realm).get(form.get("account") ?? "");
    if (stored === undefined) return context.text("There is no such account.", 404);
    state.putAccount({ ...stored, account: withActivity(stored.account, form.get("active") === "true", timestamp(simulation.clock())) });
    return context.body(null, 303, { location: `../chartofaccounts?deeplinkcompanyid=${encodeURIComponent(realm)}` });
  });
  app.get("/app/journals", (context) => withCompany(context, state, (company) => {
    return journalsPage(company, state, Math.max(0, Math.floor(Number(context.req.query("page") ?? 0)) || 0));
  }));
  app.get("/app/journal", (context) => {
    const id = context.req.query("txnId") ?? "";
    const holders = [...state.companies.values()].filter(({ realm }) => state.entries(realm).has(id));
    const company = companyOf(context, state) ?? holders[0];
    const stored = company === undefined ? undefined : state.entries(company.realm).get(id);
    if (company === undefined || stored === undefined || stored.isDeleted) {
      return context.html(page("QuickBooks", "Not found", html`<h1>This journal entry is not here</h1><p>It may have been deleted.</p>`), 404);
    }
    return context.html(entryPage(company, stored.entry));
  });
  return app;
}

function companyOf(context: Context, state: SimulatorState): Company | undefined {
  return state.companies.get(context.req.query("deeplinkcompanyid") ?? "");
}

function withCompany(context: Context, state: SimulatorState, show: (company: Company) => Html): Response | Promise<Response> {
  const company = companyOf(context, state) ?? state.companies.values().next().value;
  return company === undefined ? context.text("There is no company yet.", 404) : context.html(show(company));
}

function navigation({ realm, name }: Company): Html {
  return html`<span>${name}</span>
    <a href="chartofaccounts?deeplinkcompanyid=${realm}">Chart of accounts</a>
    <a href="journals?deeplinkcompanyid=${realm}">Journal entries</a>`;
}

function chartPage(company: Company, state: SimulatorState): Html {
  const rows = [...state.accounts(company.realm).values()].map(({ account }) => {
    const verb = account.Active ? "Make inactive" : "Make active";
    return html`<tr><td>${account.Id}</td><td>${account.Name}</td><td>${account.AccountType}</td>
      <td>${account.Active ? "Active" : "Inactive"}</td>
      <td><form method="post" action="chartofaccounts/active">
        <input type="hidden" name="company" value="${company.realm}"><input type="hidden" name="account" value="${account.Id}">
        <button name="active" value="${account.Active ? "false" : "true"}" aria-label="${verb}: ${account.Name}">${verb}</button>
      </form></td></tr>`;
  });
  const body = html`<h1>Chart of accounts</h1><div class="wide"><table>
    <thead><tr><th>No.</th><th>Name</th><th>Type</th><th>State</th><th>Action</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return page("QuickBooks", "Chart of accounts", body, navigation(company));
}

function journalsPage(company: Company, state: SimulatorState, number: number): Html {
  const entries = [...state.entries(company.realm).values()].filter(({ isDeleted }) => !isDeleted).map(({ entry }) => entry);
  const newest = entries.toReversed().slice(number * ENTRIES_PER_PAGE, (number + 1) * ENTRIES_PER_PAGE);
  const rows = newest.map((entry) => html`<tr><td>${entry.TxnDate}</td>
    <td><a href="journal?txnId=${entry.Id}&amp;deeplinkcompanyid=${company.realm}">${entry.DocNumber ?? `No number (${entry.Id})`}</a></td>
    <td>${entry.PrivateNote ?? ""}</td><td class="amount">${totalOf(entry, company, "Debit")}</td></tr>`);
  const link = (to: number, words: string) => html`<a href="journals?deeplinkcompanyid=${company.realm}&amp;page=${to}">${words}</a> `;
  const older = (number + 1) * ENTRIES_PER_PAGE < entries.length ? link(number + 1, "Older") : "";
  const body = html`<h1>Journal entries</h1><p class="quiet">${entries.length} in all</p><div class="wide"><table>
    <thead><tr><th>Date</th><th>Number</th><th>Memo</th><th class="amount">Amount</th></tr></thead><tbody>${rows}</tbody></table></div>
    <p>${number > 0 ? link(number - 1, "Newer") : ""}${older}</p>`;
  return page("QuickBooks", "Journal entries", body, navigation(company));
}

function entryPage(company: Company, entry: JournalEntry): Html {
  const rows = entry.Line.map((line) => {
    const detail = line.JournalEntryLineDetail;
    const amount = detail === undefined ? "" : toDecimal(minorOf(line.Amount, entry, company), currencyOf(entry, company));
    const side = detail?.PostingType;
    return html`<tr><td>${detail?.AccountRef.name ?? ""}</td><td class="amount">${side === "Debit" ? amount : ""}</td>
      <td class="amount">${side === "Credit" ? amount : ""}</td><td>${line.Description ?? ""}</td></tr>`;
  });
  const body = html`<h1>Journal entry ${entry.DocNumber ?? ""}</h1>
    <p>${entry.TxnDate} · ${currencyOf(entry, company)}</p><div class="wide"><table>
    <thead><tr><th>Account</th><th class="amount">Debits</th><th class="amount">Credits</th><th>Description</th></tr></thead>
    <tbody>${rows}</tbody>
    <tfoot><tr><td>Total</td><td class="amount">${totalOf(entry, company, "Debit")}</td>
      <td class="amount">${totalOf(entry, company, "Credit")}</td><td></td></tr></tfoot></table></div>
    <p class="quiet">${entry.PrivateNote ?? ""}</p>`;
  return page("QuickBooks", `Journal entry ${entry.DocNumber ?? ""}`, body, navigation(company));
}

function totalOf(entry: JournalEntry, company: Company, side: "Debit" | "Credit"): string {
  const lines = entry.Line.filter(({ JournalEntryLineDetail }) => JournalEntryLineDetail?.PostingType === side);
  return toDecimal(sum(lines.map(({ Amount }) => minorOf(Amount, entry, company))), currencyOf(entry, company));
}

function minorOf(amount: number | undefined, entry: JournalEntry, company: Company): number {
  return fromDecimal(amount ?? 0, currencyOf(entry, company)) ?? 0;
}

function currencyOf(entry: JournalEntry, company: Company): string {
  return entry.CurrencyRef?.value ?? company.currency;
}
