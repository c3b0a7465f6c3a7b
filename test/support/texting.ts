/**
 * Texting in tests. Every world has a simulated Twilio at the end of its way out, with two accounts that a shop may bring.
 * What it sends by itself waits until `control.flush()` and goes to whoever listens: `texting.listen((request) => app.fetch(request, env))`.
 */
import { systemRandom, type Clock } from "../../src/kernel/clock";
import type { TextAccount } from "../../src/providers/registry";
import type { Transport } from "../../src/providers/send";
import { createTwilioSimulator, type TwilioSimulator } from "../../src/providers/twilio/simulator";

/** An account with a number of its own, `SERVICE_SID` beside it, and what opens it. */
export const TEXT_ACCOUNT: TextAccount = { accountSid: `AC${"a".repeat(32)}`, authToken: "a1".repeat(16), apiKey: null };
export const TEXT_NUMBER = "+12125550142";
/** Sends from `SERVICE_NUMBER` alone. */
export const SERVICE_SID = `MG${"a".repeat(32)}`;
export const SERVICE_NUMBER = "+12125550143";

/** Another shop's. */
export const OTHER_TEXT_ACCOUNT: TextAccount = { accountSid: `AC${"b".repeat(32)}`, authToken: "b2".repeat(16), apiKey: null };
export const OTHER_TEXT_NUMBER = "+13125550144";

export type TestTexting = TwilioSimulator & {
  /** Whether a host is Twilio's. */
  readonly answersFor: (host: string) => boolean;
  /** Leads to Twilio. */
  readonly transport: Transport;
  /** Who answers what Twilio sends by itself, from now on. */
  readonly listen: (answer: Transport) => void;
};

/** A Twilio on the test's clock; nothing in it takes time. */
export function openTexting(clock: Clock): TestTexting {
  let listener: Transport = () => Promise.reject(new Error("nobody listens to Twilio"));
  const simulator = createTwilioSimulator({
    clock, random: systemRandom, wait: () => Promise.resolve(), deliver: async (request) => await listener(request),
    accounts: [
      {
        sid: TEXT_ACCOUNT.accountSid, authToken: TEXT_ACCOUNT.authToken, name: "Harbour Coffee", numbers: [{ number: TEXT_NUMBER }, { number: SERVICE_NUMBER }],
        services: [{ sid: SERVICE_SID, numbers: [SERVICE_NUMBER] }],
      },
      { sid: OTHER_TEXT_ACCOUNT.accountSid, authToken: OTHER_TEXT_ACCOUNT.authToken, name: "Lantern Books", numbers: [{ number: OTHER_TEXT_NUMBER }] },
    ],
  });
  return {
    ...simulator,
    answersFor: (host) => host.endsWith(".twilio.com"),
    transport: async (request) => await simulator.app.fetch(request),
    listen: (answer) => {
      listener = answer;
    },
  };
}
