/**
 * The providers' public host names and where their simulators stand in the sandbox. The app is the production app and
 * sends browsers to the providers' real addresses; on the way out the sandbox turns those into its own.
 */

import { SIMULATED_HOSTS, SIMULATOR_LABELS, type SimulatorName } from "./registry";

/** Every host that the app may call or send a browser to, with the simulator that answers for it. */
const PLACES: readonly (readonly [host: string, simulator: SimulatorName])[] = Object.entries(SIMULATED_HOSTS)
  .flatMap(([simulator, hosts]) => hosts.map((host) => [host, simulator as SimulatorName] as const));

/** The simulator that stands in for a provider's host, or null: a host nobody simulates must not be called. */
export function simulatorFor(host: string): SimulatorName | null {
  return PLACES.find(([known]) => known === host)?.[1] ?? null;
}

/** The simulator that a browser asked for by its sandbox address (`square.localhost:8787`), or null. */
export function simulatorAt(host: string, domain: string): SimulatorName | null {
  return PLACES.find(([, simulator]) => host === `${SIMULATOR_LABELS[simulator]}.${domain}`)?.[1] ?? null;
}

/** Rewrites the providers' addresses in an answer of the app (redirects and JSON) to the simulators' own. */
export async function toSandbox(response: Response, domain: string): Promise<Response> {
  if (response.webSocket !== null) return response;
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
  for (const [host, simulator] of PLACES) {
    rewritten = rewritten.replaceAll(`https://${host}`, `http://${SIMULATOR_LABELS[simulator]}.${domain}`);
  }
  return rewritten;
}
