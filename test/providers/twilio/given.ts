/** A simulated Twilio with two shops' accounts, the way out to it, and what it told them. */
import { systemRandom } from "../../../src/kernel/clock";
import type { TextAccount } from "../../../src/providers/registry";
import { createSend, type Send } from "../../../src/providers/send";
import { twilioReach } from "../../../src/providers/twilio";
import { createTwilioSimulator, type AccountSeed, type TwilioSimulator } from "../../../src/providers/twilio/simulator";

export const AC = `AC${"a".repeat(32)}`;
export const OTHER_AC = `AC${"b".repeat(32)}`;
export const MG = `MG${"c".repeat(32)}`;
export const KEY = { sid: `SK${"d".repeat(32)}`, secret: "the-secret-of-the-key" };
export const TOKEN = "e".repeat(32);
export const SHOP = "+12125550142";
export const SERVICE_NUMBERS = ["+12125550150", "+13125550151"] as const;
export const OTHER_SHOP = "+12125550160";
export const ADA = "+12125550101";
export const HOOK = "https://daybook.example/hooks/texts/h00k";

export const OWN: TextAccount = { accountSid: AC, authToken: TOKEN, apiKey: null };

const ACCOUNTS: readonly AccountSeed[] = [
  {
    sid: AC, authToken: TOKEN, name: "Harbour Coffee", keys: [KEY],
    numbers: [{ number: SHOP, smsUrl: HOOK }, ...SERVICE_NUMBERS.map((number) => ({ number, smsUrl: HOOK }))],
    services: [{ sid: MG, numbers: SERVICE_NUMBERS }],
  },
  { sid: OTHER_AC, authToken: "f".repeat(32), numbers: [{ number: OTHER_SHOP, smsUrl: `${HOOK}2` }] },
];

/** What came to a shop's address. */
export type Came = { readonly url: string; readonly fields: Readonly<Record<string, string>>; readonly request: Request };

export type Given = TwilioSimulator & {
  readonly send: Send;
  readonly came: Came[];
  /** How the shop answers what comes; 204 until said otherwise. */
  answer: (came: Came) => Response | Promise<Response>;
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
  /** Calls the API without our client. */
  readonly raw: (method: string, path: string, fields?: string | Readonly<Record<string, string>>, authorization?: string) => Promise<Response>;
};

/** Opens it at half a second past noon; `accounts` in place of the two. */
export function givenTwilio(accounts: readonly AccountSeed[] = ACCOUNTS): Given {
  let now = Date.UTC(2026, 6, 14, 12, 0, 0, 500);
  const came: Came[] = [];
  const simulator = createTwilioSimulator({
    clock: () => now, random: systemRandom, accounts, wait: () => Promise.resolve(), handsets: [{ number: ADA, name: "Ada" }],
    deliver: async (request) => {
      const one = { url: request.url, fields: Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await request.clone().arrayBuffer()))), request };
      came.push(one);
      return await given.answer(one);
    },
  });
  const given: Given = {
    ...simulator, came, now: () => now,
    send: createSend(async (request) => await simulator.app.fetch(request), twilioReach),
    answer: () => new Response(null, { status: 204 }),
    pass: (milliseconds) => void (now += milliseconds),
    raw: async (method, path, fields, authorization = basic(AC, TOKEN)) => await simulator.app.request(path, {
      method, headers: { authorization, ...(fields === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }) },
      ...(fields === undefined ? {} : { body: typeof fields === "string" ? fields : new URLSearchParams(fields).toString() }),
    }),
  };
  return given;
}

/** Credentials as a header. */
export function basic(user: string, password: string): string {
  return `Basic ${btoa(`${user}:${password}`)}`;
}
