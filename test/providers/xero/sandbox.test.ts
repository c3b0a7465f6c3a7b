/** The sandbox answers for Xero's hosts, with organisations to choose from. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { demoOrganisations } from "../../../src/sandbox/demo-books";
import { simulatorsOf, type SandboxBindings } from "../../../src/sandbox/transport";
import { xero } from "../../../src/providers/xero/index";
import { readConfig } from "../../../src/platform/env";

test("the demo's consent page lists every demo organisation, and its API asks for a token", async () => {
  const simulators = simulatorsOf(env as unknown as SandboxBindings);
  const { scheme, domain, clients } = readConfig(env);
  const client = { ...clients.xero, redirectUri: `${scheme}://auth.${domain}/connect/xero/callback`, region: null };
  const page = await simulators.fetch(new Request(xero.oauth.authorizeUrl(client, "the-state", "")));
  const text = await page.text();
  expect(page.status, text).toBe(200);
  for (const { name } of demoOrganisations()) expect(text).toContain(name);
  expect((await simulators.fetch(new Request("https://api.xero.com/connections"))).status).toBe(401);
  expect((await simulators.browse("xero", new Request("http://xero.localhost:8787/Journal/Search.aspx"))).status).toBe(200);
});
