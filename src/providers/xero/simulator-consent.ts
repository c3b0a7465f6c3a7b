/** The consent page of the simulated Xero: who asks, for which organisations, Allow or Deny. */
import { html } from "hono/html";
import type { Simulation } from "./simulator-core";
import { page, type Html } from "../simulator-page";

const SCOPES = new Set([
  "openid", "profile", "email", "offline_access", "accounting.manualjournals", "accounting.manualjournals.read", "accounting.settings", "accounting.settings.read",
]);

/** Why Xero would show an error page in place of consent, or null. Nobody is redirected to an address that is not registered. */
export function consentProblem(simulation: Simulation, query: Readonly<Record<string, string>>): string | null {
  const client = simulation.clients.find(({ clientId }) => clientId === query["client_id"]);
  if (client === undefined) return "unauthorized_client: the client_id is not known.";
  if (!client.redirectUris.includes(query["redirect_uri"] ?? "")) return "unauthorized_client: the redirect_uri is not registered for this app.";
  if (query["response_type"] !== "code") return "unsupported_response_type: it must be code.";
  // An app that was registered since March 2026 is not given the wide scopes.
  if (!(query["scope"] ?? "").split(" ").every((scope) => SCOPES.has(scope))) return "invalid_scope: a scope that this app may not ask for.";
  const method = query["code_challenge_method"] ?? "";
  if ((query["code_challenge"] ?? "") !== "" && method !== "S256") return "invalid_request: the code_challenge_method must be S256.";
  return null;
}

/** Allow and Deny, with a choice of organisations. The form carries what was asked, and it is all checked again. */
export function consentPage(simulation: Simulation, query: Readonly<Record<string, string>>): Html {
  const names = ["client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"] as const;
  const hidden = names.map((name) => html`<input type="hidden" name="${name}" value="${query[name] ?? ""}">`);
  const organisations = [...simulation.state.organisations.values()].map(({ id, name }, index) => {
    const checked = index === 0 ? html`checked` : "";
    return html`<label class="choice"><input type="checkbox" name="organisation" value="${id}" ${checked}> ${name}</label>`;
  });
  const body = html`<h1>Daybook wants access to</h1>
    <p>Daybook asks to read your chart of accounts and tracking categories, and to create manual journals, in the organisations that you choose.</p>
    <form method="post" action="authorize">
      ${hidden}
      <fieldset><legend>Organisations</legend>${organisations}</fieldset>
      <p class="buttons">
        <button name="decision" value="allow" class="primary">Allow access</button>
        <button name="decision" value="deny">Cancel</button>
      </p>
    </form>`;
  return page("Xero", "Allow access", body);
}
