/** The sandbox answers for Twilio's hosts and has a phone; what is texted from it reaches the demo's own worker. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { HANDSETS, HARBOUR_ACCOUNT } from "../../../src/sandbox/demo-texting";
import { simulatorsOf, type SandboxBindings } from "../../../src/sandbox/transport";
import { describeLine, twilioReach } from "../../../src/providers/twilio";
import { createSend } from "../../../src/providers/send";

const simulators = simulatorsOf(env as unknown as SandboxBindings);
const PHONE = "http://phone.localhost:8787";

test("the demo's account is found by what its owner would enter, with a number that the carriers know", async () => {
  const send = createSend(async (request) => await simulators.fetch(request), twilioReach);
  const { sid: accountSid, authToken, number, service: serviceSid } = HARBOUR_ACCOUNT;
  expect(await describeLine(send, { accountSid, authToken, apiKey: null }, { number, serviceSid })).toEqual({
    ok: true, value: { accountName: "Harbour Coffee", numberFound: true, registration: "approved" },
  });
});

test("the demo's phone offers its handsets and shops, and what it says reaches the worker", async () => {
  const start = await (await simulators.browse("twilio", new Request(`${PHONE}/`))).text();
  for (const { name } of HANDSETS) expect(start).toContain(name);
  expect(start).toContain("Lantern Books");
  await simulators.pointNumber(HARBOUR_ACCOUNT.number, "http://localhost:8787/hooks/texts/nobody");
  await simulators.textFrom(HANDSETS[0].number, HARBOUR_ACCOUNT.number, "STOP");
  const { delivered } = await (await simulators.browse("twilio", new Request(`${PHONE}/__sim/deliveries`))).json<{ delivered: { status: number | null }[] }>();
  // Nobody listens there, which only the app itself can have said.
  expect(delivered).toMatchObject([{ status: expect.any(Number) }]);
  const { lines } = await (await simulators.browse("twilio", new Request(`${PHONE}/__sim/screen?handset=${encodeURIComponent(HANDSETS[0].number)}`))).json<{ lines: { by: string }[] }>();
  expect(lines.map(({ by }) => by)).toEqual(["person", "twilio"]);
});
