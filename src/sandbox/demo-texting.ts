/** The demo's accounts at Twilio, the phones that one may try, and the way of Twilio's own messages to the demo. */
import { createTwilioSimulator, type AccountSeed, type SimulatorState, type TwilioSimulator } from "../providers/twilio/simulator";
import { systemClock, systemRandom } from "../kernel/clock";
import type { Store } from "./store";

/** The café's account: what its owner would enter under Settings. */
export const HARBOUR_ACCOUNT = {
  sid: "AC5ea51de0000000000000000000000001", authToken: "da7b00c0000000000000000000000001", number: "+12125550142", service: "MG5ea51de0000000000000000000000001",
} as const;

/** Another shop's, which texts from its number alone. */
export const LANTERN_ACCOUNT = { sid: "AC1a47e400000000000000000000000002", authToken: "da7b00c0000000000000000000000002", number: "+13125550143" } as const;

const ACCOUNTS: readonly AccountSeed[] = [
  {
    sid: HARBOUR_ACCOUNT.sid, authToken: HARBOUR_ACCOUNT.authToken, name: "Harbour Coffee", numbers: [{ number: HARBOUR_ACCOUNT.number }],
    services: [{ sid: HARBOUR_ACCOUNT.service, name: "Harbour's customers", numbers: [HARBOUR_ACCOUNT.number] }],
  },
  { sid: LANTERN_ACCOUNT.sid, authToken: LANTERN_ACCOUNT.authToken, name: "Lantern Books", numbers: [{ number: LANTERN_ACCOUNT.number }] },
];

/** Phones of people who are nobody: numbers that are kept for films. */
export const HANDSETS = [
  { number: "+12125550101", name: "Ada" }, { number: "+13125550102", name: "Ben" }, { number: "+14155550103", name: "Carmen" }, { number: "+18085550104", name: "Dimitri" },
] as const;

const STATE = "twilio";
/** What is kept must fit one value of the store. */
const MOST_KEPT = 600;
const STEP_MS = 400;

/** The demo's Twilio as it was left. What happens by itself happens soon after what caused it, and reaches the demo by `deliver`. */
export function buildTwilio(store: Store, deliver: (request: Request) => Promise<Response>): TwilioSimulator {
  let isSaving = false;
  /** A text changes several times in a row: all of that is written once. */
  const save = (): void => {
    if (isSaving) return;
    isSaving = true;
    setTimeout(() => {
      isSaving = false;
      store.put(STATE, twilio.control.snapshot());
    }, 0);
  };
  const later = (inMs: number): void => void setTimeout(() => void twilio.control.flush(), inMs);
  const twilio: TwilioSimulator = createTwilioSimulator({
    clock: systemClock, random: systemRandom, accounts: ACCOUNTS, deliver, stepMs: STEP_MS, mostKept: MOST_KEPT, handsets: HANDSETS,
    onWaiting: later,
    onChange: save,
  });
  const known = store.get(STATE);
  if (known !== undefined) twilio.control.restore(known as SimulatorState);
  // What was still to happen when everything was stopped.
  for (const { dueAt } of twilio.control.snapshot().waiting) later(Math.max(0, dueAt - systemClock()));
  return twilio;
}
