/** The consent page of the simulated QuickBooks: who asks, for which company, Allow or Deny. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Simulation } from "./simulator-core";
import { page } from "../simulator-page";

const SCOPE = "com.intuit.quickbooks.accounting";

/** Why Intuit would show an error page in place of consent, or null. Nobody is redirected to an address that is not registered. */
export function consentProblem(simulation: Simulation, query: Readonly<Record<string, string>>): string | null {
  const client = simulation.clients.find(({ clientId }) => clientId === query["client_id"]);
  if (client === undefined) return "The client_id is not known.";
  if (!client.redirectUris.includes(query["redirect_uri"] ?? "")) return "The redirect_uri is not registered for this app.";
  if (query["response_type"] !== "code") return "The response_type must be code.";
  if (!(query["scope"] ?? "").split(" ").includes(SCOPE)) return `The scope must include ${SCOPE}.`;
  return (query["state"] ?? "") === "" ? "The state is missing." : null;
}

/** Allow and Deny, with a choice of company. The form carries what was asked, and it is all checked again. */
export function consentPage(simulation: Simulation, query: Readonly<Record<string, string>>): HtmlEscapedString | Promise<HtmlEscapedString> {
  const names = ["client_id", "redirect_uri", "response_type", "scope", "state"] as const;
  const hidden = names.map((name) => html`<input type="hidden" name="${name}" value="${query[name] ?? ""}">`);
  const companies = [...simulation.state.companies.values()].map(({ realm, name }, index) => {
    const checked = index === 0 ? html`checked` : "";
    return html`<label class="choice"><input type="radio" name="company" value="${realm}" ${checked}> ${name}</label>`;
  });
  const body = html`<h1>Connect to QuickBooks</h1>
    <p>Daybook asks to read your chart of accounts and to create journal entries in the company that you choose.</p>
    <form method="post" action="oauth2">
      ${hidden}
      <fieldset><legend>Company</legend>${companies}</fieldset>
      <p class="buttons">
        <button name="decision" value="allow" class="primary">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </p>
    </form>`;
  return page("QuickBooks", "Connect to QuickBooks", body);
}
