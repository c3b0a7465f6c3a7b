/** What a bookkeeper sees of the simulated books: the organisations, a chart of accounts, the journals, one journal. */
import { Hono, type Context } from "hono";
import { html } from "hono/html";
import { bodyOf, type Env, type Simulation } from "./simulator-core";
import { page, type Html } from "../simulator-page";
import type { Control } from "./simulator-control";
import type { Journal, Organisation } from "./simulator-state";

const JOURNALS_PER_PAGE = 100;

/** Pages under the addresses that Xero has for them. `organisation` names one; without it the first that fits is shown. */
export function pageRoutes(simulation: Simulation, control: Control): Hono<Env> {
  const { state } = simulation;
  const app = new Hono<Env>();
  app.get("/", (context) => context.redirect("Journal/Search.aspx", 302));
  app.get("/GeneralLedger/ChartOfAccounts.aspx", (context) => withOrganisation(context, simulation, (organisation) => chartPage(organisation, simulation)));
  app.post("/GeneralLedger/ChartOfAccounts.aspx", async (context) => {
    const form = new URLSearchParams(await bodyOf(context));
    const [tenant, account] = [form.get("organisation") ?? "", form.get("account") ?? ""];
    if (!state.accounts(tenant).has(account)) return context.text("There is no such account.", 404);
    control.setAccountStatus(tenant, account, form.get("archived") === "true" ? "ARCHIVED" : "ACTIVE");
    return context.body(null, 303, { location: `ChartOfAccounts.aspx?organisation=${encodeURIComponent(tenant)}` });
  });
  app.get("/Journal/Search.aspx", (context) => withOrganisation(context, simulation, (organisation) => {
    return journalsPage(organisation, simulation, Math.max(0, Math.floor(Number(context.req.query("page") ?? 0)) || 0));
  }));
  app.get("/Journal/View.aspx", (context) => {
    const id = context.req.query("invoiceID") ?? "";
    const organisation = [...state.organisations.values()].find((one) => state.journals(one.id).has(id));
    const journal = organisation === undefined ? undefined : state.journals(organisation.id).get(id);
    if (organisation === undefined || journal === undefined) return context.html(page("Xero", "Not found", html`<h1>This manual journal is not here</h1>`), 404);
    return context.html(journalPage(organisation, journal, simulation));
  });
  app.post("/Journal/View.aspx", async (context) => {
    const form = new URLSearchParams(await bodyOf(context));
    const voided = control.voidJournal(form.get("organisation") ?? "", form.get("journal") ?? "");
    if (!voided.ok) return context.text(voided.failure.join(" "), 400);
    return context.body(null, 303, { location: `View.aspx?invoiceID=${encodeURIComponent(voided.value.id)}` });
  });
  return app;
}

function withOrganisation(context: Context, { state }: Simulation, show: (organisation: Organisation) => Html): Response | Promise<Response> {
  const organisation = state.organisations.get(context.req.query("organisation") ?? "") ?? state.organisations.values().next().value;
  return organisation === undefined ? context.text("There is no organisation yet.", 404) : context.html(show(organisation));
}

function navigation({ id, name }: Organisation, { state }: Simulation): Html {
  const others = [...state.organisations.values()].filter((one) => one.id !== id);
  return html`<span>${name}</span>
    <a href="../GeneralLedger/ChartOfAccounts.aspx?organisation=${id}">Chart of accounts</a>
    <a href="../Journal/Search.aspx?organisation=${id}">Manual journals</a>
    ${others.map((one) => html`<a href="?organisation=${one.id}" class="quiet">${one.name}</a>`)}`;
}

function chartPage(organisation: Organisation, simulation: Simulation): Html {
  const rows = [...simulation.state.accounts(organisation.id).values()].map(({ account }) => {
    const isActive = account.Status === "ACTIVE";
    const verb = isActive ? "Archive" : "Restore";
    return html`<tr><td>${account.Code ?? ""}</td><td>${account.Name}</td><td>${account.Type}</td><td>${account.Status}</td>
      <td><form method="post" action="ChartOfAccounts.aspx">
        <input type="hidden" name="organisation" value="${organisation.id}"><input type="hidden" name="account" value="${account.AccountID}">
        <button name="archived" value="${isActive ? "true" : "false"}" aria-label="${verb}: ${account.Name}">${verb}</button>
      </form></td></tr>`;
  });
  const body = html`<h1>Chart of accounts</h1><div class="wide"><table>
    <thead><tr><th>Code</th><th>Name</th><th>Type</th><th>Status</th><th>Action</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return page("Xero", "Chart of accounts", body, navigation(organisation, simulation));
}

function journalsPage(organisation: Organisation, simulation: Simulation, number: number): Html {
  const journals = [...simulation.state.journals(organisation.id).values()].toReversed();
  const rows = journals.slice(number * JOURNALS_PER_PAGE, (number + 1) * JOURNALS_PER_PAGE).map((journal) => html`<tr><td>${journal.date}</td>
    <td><a href="View.aspx?invoiceID=${journal.id}">${journal.narration}</a></td><td>${journal.status}</td><td class="amount">${totalOf(journal, 1)}</td></tr>`);
  const link = (to: number, words: string) => html`<a href="Search.aspx?organisation=${organisation.id}&amp;page=${to}">${words}</a> `;
  const older = (number + 1) * JOURNALS_PER_PAGE < journals.length ? link(number + 1, "Older") : "";
  const body = html`<h1>Manual journals</h1><p class="quiet">${journals.length} in all</p><div class="wide"><table>
    <thead><tr><th>Date</th><th>Narration</th><th>Status</th><th class="amount">Debits</th></tr></thead><tbody>${rows}</tbody></table></div>
    <p>${number > 0 ? link(number - 1, "Newer") : ""}${older}</p>`;
  return page("Xero", "Manual journals", body, navigation(organisation, simulation));
}

function journalPage(organisation: Organisation, journal: Journal, simulation: Simulation): Html {
  const rows = journal.lines.map(({ AccountID, LineAmount, Description, Tracking }) => {
    const name = simulation.state.accounts(organisation.id).get(AccountID)?.account.Name ?? "";
    const amount = Math.abs(LineAmount).toFixed(2);
    return html`<tr><td>${name}</td><td>${Tracking.map(({ Option }) => Option).join(", ")}</td><td class="amount">${LineAmount > 0 ? amount : ""}</td>
      <td class="amount">${LineAmount < 0 ? amount : ""}</td><td>${Description ?? ""}</td></tr>`;
  });
  const source = journal.url === null ? "" : html`<p><a href="${journal.url}">Go to Daybook</a></p>`;
  const body = html`<h1>${journal.narration}</h1><p>${journal.date} · ${organisation.currency} · ${journal.status}</p><div class="wide"><table>
    <thead><tr><th>Account</th><th>Tracking</th><th class="amount">Debits</th><th class="amount">Credits</th><th>Description</th></tr></thead>
    <tbody>${rows}</tbody>
    <tfoot><tr><td>Total</td><td></td><td class="amount">${totalOf(journal, 1)}</td><td class="amount">${totalOf(journal, -1)}</td><td></td></tr></tfoot></table></div>${source}
    <form method="post" action="View.aspx"><input type="hidden" name="organisation" value="${organisation.id}">
      <button name="journal" value="${journal.id}">Void</button></form>`;
  return page("Xero", "Manual journal", body, navigation(organisation, simulation));
}

/** The debits (1) or credits (-1) of a journal, added up in hundredths. */
function totalOf({ lines }: Journal, sign: 1 | -1): string {
  const hundredths = lines.map(({ LineAmount }) => Math.round(LineAmount * 100) * sign).filter((one) => one > 0);
  return (hundredths.reduce((total, one) => total + one, 0) / 100).toFixed(2);
}
