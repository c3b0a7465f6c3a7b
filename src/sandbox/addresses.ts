/**
 * The providers' public host names and where their simulators stand in the sandbox. The app is the production app and
 * sends browsers to the providers' real addresses; on the way out the sandbox turns those into its own.
 */

export type SimulatorName = "square" | "quickbooks";

/** Every host that the app may call or send a browser to, and the simulator that answers for it. */
const SIMULATED_HOSTS: Readonly<Record<string, SimulatorName>> = {
  "connect.squareup.com": "square",
  "oauth.platform.intuit.com": "quickbooks",
  "developer.api.intuit.com": "quickbooks",
  "quickbooks.api.intuit.com": "quickbooks",
  "appcenter.intuit.com": "quickbooks",
  "app.qbo.intuit.com": "quickbooks",
  "qbo.intuit.com": "quickbooks",
};

/** The simulator that stands in for a provider's host, or null: a host nobody simulates must not be called. */
export function simulatorFor(host: string): SimulatorName | null {
  return SIMULATED_HOSTS[host] ?? null;
}

/** The simulator that a browser asked for by its sandbox address (`square.localhost:8787`), or null. */
export function simulatorAt(host: string, domain: string): SimulatorName | null {
  if (host === `square.${domain}`) return "square";
  return host === `quickbooks.${domain}` ? "quickbooks" : null;
}

/** Rewrites the providers' addresses in an answer of the app (redirects and JSON) to the simulators' own. */
export async function toSandbox(response: Response, domain: string): Promise<Response> {
  const headers = new Headers(response.headers);
  const target = headers.get("location");
  if (target !== null) headers.set("location", rewrite(target, domain));
  const isJson = headers.get("content-type")?.startsWith("application/json") ?? false;
  if (!isJson) return new Response(response.body, { status: response.status, headers });
  const text = rewrite(await response.text(), domain);
  headers.delete("content-length");
  return new Response(text, { status: response.status, headers });
}

function rewrite(text: string, domain: string): string {
  let rewritten = text;
  for (const [host, simulator] of Object.entries(SIMULATED_HOSTS)) {
    rewritten = rewritten.replaceAll(`https://${host}`, `http://${simulator}.${domain}`);
  }
  return rewritten;
}
