/** The page on which a simulated merchant allows or denies. It is marked as simulated, so that nobody mistakes it. */
import type { SimulatedMerchant } from "./simulator-state";

/** The form posts to its own address, so it works wherever the simulator is mounted. `seller` is chosen beforehand. */
export function consentPage(merchants: readonly SimulatedMerchant[], seller: string, scopes: readonly string[]): string {
  const options = merchants.map((merchant) =>
    `<option value="${escaped(merchant.id)}"${merchant.id === seller ? " selected" : ""}>${escaped(merchant.name)}</option>`);
  return page("Square (simulated)", `
    <p>Daybook would like to see, but never to change:</p>
    <ul>${scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join("")}</ul>
    <form method="post">
      <p><label for="merchant">Signed in as</label> <select id="merchant" name="merchant">${options.join("")}</select></p>
      <p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
    </form>`);
}

/** What Square shows instead of redirecting when the client or its redirect URI is not as registered. */
export function refusalPage(reason: string): string {
  return page("Square (simulated)", `<p>${escaped(reason)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
:root { color-scheme: light dark } body { font: 16px/1.5 system-ui; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
button, select { font: inherit; padding: .5rem 1rem }
</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
