/** The page on which a simulated merchant allows or denies. It is marked as simulated, so that nobody mistakes it. */
import type { SimulatedMerchant } from "./simulator-state";

/** The form posts to its own address, so it works wherever the simulator is mounted. */
export function consentPage(merchants: readonly SimulatedMerchant[]): string {
  const options = merchants.map(({ id, name, region }) => `<option value="${escaped(id)}">${escaped(name)} (${region})</option>`);
  return page(`
    <p>Daybook would like to read, but never to change: your merchant profile, orders, payments and inventory.</p>
    <form method="post">
      <p><label for="merchant">Signed in as</label> <select id="merchant" name="merchant">${options.join("")}</select></p>
      <p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
      <p><button name="decision" value="market">Open Daybook from the App Market instead</button></p>
    </form>`);
}

/** What Clover shows instead of redirecting when the client or its redirect URI is not as registered. */
export function refusalPage(reason: string): string {
  return page(`<p>${escaped(reason)}</p>`);
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Clover (simulated)</title><style>
:root { color-scheme: light dark } body { font: 16px/1.5 system-ui; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
button, select { font: inherit; padding: .5rem 1rem }
</style></head><body><main><h1>Clover (simulated)</h1>${body}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
