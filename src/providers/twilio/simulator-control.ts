/** The hands behind the curtain: what tests call directly, and the sandbox under `/__sim/`. */
import { Hono } from "hono";
import { z } from "zod";
import type { ArrivedCall } from "../simulator-machine";
import type { MisbehaviourPlan } from "../simulator-plans";
import { takes } from "../simulator-switchboard";
import { release } from "./simulator-callbacks";
import type { Misbehaviour } from "./simulator-faults";
import { isBlocked, senderOf } from "./simulator-opt-out";
import { flush, receive } from "./simulator-progress";
import {
  accountOf, emptyState, ownerOf, type AccountSeed, type Alert, type Delivered, type DeliveryFault, type Outcome, type ScreenLine, type SimulatedText, type Simulation,
  type SimulatorState,
} from "./simulator-state";

export type HandsetText = { readonly from: string; readonly to: string; readonly body: string; readonly mediaUrls?: readonly string[] };

export type SimulatorControl = {
  /** Writes from a handset to a number; answers the text's id. `flush` then tells the number's owner. Throws where nobody has the number. */
  text(text: HandsetText): string;
  /** Lets happen whatever is due: states of texts, messages to their accounts, replies. Answers how much that was. */
  flush(): Promise<number>;
  /** Lets the next calls to the API go wrong. */
  misbehave(plan: MisbehaviourPlan<Misbehaviour>): void;
  behave(): void;
  /** Loses, repeats, delays or reorders the next of Twilio's own messages. */
  misdeliver(fault: DeliveryFault): void;
  /** Nothing more goes wrong, and what was held back to be reordered is sent. */
  deliverWell(): void;
  /** Opens an account, or replaces it. */
  putAccount(seed: AccountSeed): void;
  /** Says where texts to a number are told of, as one does in Twilio's console; false where nobody has the number. */
  pointNumber(number: string, smsUrl: string): boolean;
  /** What happens from now on to texts to a handset. */
  setOutcome(handset: string, outcome: Outcome): void;
  /** Whether Twilio itself refuses what a number's owner sends to a handset. */
  isBlocked(number: string, handset: string): boolean;
  /** The oldest first. */
  texts(filter?: { readonly to?: string; readonly accountSid?: string }): readonly SimulatedText[];
  screen(handset: string, number?: string): readonly ScreenLine[];
  alerts(): readonly Alert[];
  /** Twilio's own messages that were sent, in order. */
  delivered(): readonly Delivered[];
  /** Calls that arrived, the oldest first. */
  calls(filter?: { readonly method?: string; readonly path?: string }): readonly ArrivedCall[];
  /** Plain JSON of everything that happened; `restore` takes it back. */
  snapshot(): SimulatorState;
  restore(state: SimulatorState): void;
};

/** The controls of one simulation. */
export function controlOf(simulation: Simulation, seeds: readonly AccountSeed[]): SimulatorControl {
  const change = (act: (state: SimulatorState) => void): void => {
    act(simulation.state);
    simulation.onChange();
  };
  return {
    text: ({ mediaUrls = [], ...text }) => {
      const sid = receive(simulation, { ...text, mediaUrls });
      if (sid === null) throw new Error(`nobody has the number ${text.to}`);
      return sid;
    },
    flush: oneAtATime(() => flush(simulation)),
    misbehave: (plan) => simulation.faults.add(plan),
    behave: () => simulation.faults.clear(),
    misdeliver: (fault) => change((state) => state.deliveryFaults.push(fault)),
    deliverWell: () => change((state) => {
      state.deliveryFaults.splice(0);
      release(simulation);
    }),
    putAccount: (seed) => change((state) => { state.accounts[seed.sid] = accountOf(seed); }),
    pointNumber: (number, smsUrl) => pointNumber(simulation, number, smsUrl),
    setOutcome: (handset, outcome) => change((state) => { state.outcomes[handset] = outcome; }),
    isBlocked: (number, handset) => {
      const owner = ownerOf(simulation.state, number);
      return owner !== null && isBlocked(simulation, senderOf(owner.account, number), handset);
    },
    texts: ({ to, accountSid } = {}) => simulation.state.texts.filter((text) => (to === undefined || text.to === to) && (accountSid === undefined || text.accountSid === accountSid)),
    screen: (handset, number) => simulation.state.screen.filter((line) => line.handset === handset && (number === undefined || line.number === number)),
    alerts: () => [...simulation.state.alerts],
    delivered: () => [...simulation.delivered],
    calls: ({ method, path = "" } = {}) => simulation.calls.filter((call) => (method === undefined || call.method === method) && call.path.includes(path)),
    snapshot: () => structuredClone(simulation.state),
    restore: (state) => change(() => {
      const fresh = emptyState(seeds);
      simulation.state = { ...fresh, ...structuredClone(state), accounts: { ...fresh.accounts, ...structuredClone(state.accounts) } };
    }),
  };
}

/** Whoever asks while it runs waits for its end: it finds what came meanwhile by itself. */
function oneAtATime(act: () => Promise<number>): () => Promise<number> {
  let running: Promise<number> | null = null;
  return () => {
    running ??= act().finally(() => {
      running = null;
    });
    return running;
  };
}

function pointNumber(simulation: Simulation, number: string, smsUrl: string): boolean {
  const owner = ownerOf(simulation.state, number);
  if (owner === null) return false;
  const numbers = owner.account.numbers.map((own) => (own.number === number ? { ...own, smsUrl } : own));
  simulation.state.accounts[owner.account.sid] = { ...owner.account, numbers };
  simulation.onChange();
  return true;
}

const times = z.int().min(1).max(1_000).default(1);
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);
const about = z.enum(["arrived", "status"]).exactOptional();

const misbehaviour = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rate_limited"), retryAfterSeconds: z.int().min(0).max(3_600).exactOptional() }),
  z.strictObject({ kind: z.enum(["unauthorized", "internal_error", "unavailable", "bad_gateway", "unreachable", "hang", "answer_lost", "truncated", "empty", "failed_late"]) }),
  z.strictObject({ kind: z.literal("slow"), waitMs: z.int().min(0).max(60_000) }),
  z.strictObject({ kind: z.literal("refused"), status: z.int().min(400).max(599), code: z.int(), message: z.string() }),
]);
const plan = z.strictObject({
  misbehaviour, times, skip: z.int().min(0).max(1_000).exactOptional(), method: z.enum(["GET", "POST"]).exactOptional(), path: z.string().exactOptional(),
});
const deliveryFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["lost", "reordered"]), times, about }),
  z.strictObject({ kind: z.literal("repeated"), times, about, again: z.int().min(1).max(100).exactOptional() }),
  z.strictObject({ kind: z.literal("delayed"), times, about, delayMs: z.int().min(0).max(86_400_000) }),
]);
const handsetText = z.strictObject({ from: phone, to: phone, body: z.string().max(1_600), mediaUrls: z.array(z.url()).max(10).exactOptional() });

/** `/__sim/…`: the same controls for a person or a browser journey. */
export function controlRoutes(control: SimulatorControl): Hono {
  const app = new Hono();
  app.post("/texts", takes(handsetText, (text) => void control.text(text)));
  app.get("/texts", (c) => c.json({ texts: control.texts() }));
  app.get("/screen", (c) => c.json({ lines: control.screen(c.req.query("handset") ?? "", c.req.query("number")) }));
  app.post("/flush", async (c) => c.json({ steps: await control.flush() }));
  app.post("/faults", takes(plan, (asked) => control.misbehave(asked)));
  app.post("/behave", takes(z.unknown(), () => control.behave()));
  app.post("/deliveries", takes(deliveryFault, (fault) => control.misdeliver(fault)));
  app.post("/deliver-well", takes(z.unknown(), () => control.deliverWell()));
  app.get("/deliveries", (c) => c.json({ delivered: control.delivered(), alerts: control.alerts() }));
  app.post("/numbers", takes(z.strictObject({ number: phone, smsUrl: z.union([z.url(), z.literal("")]) }), ({ number, smsUrl }) => void control.pointNumber(number, smsUrl)));
  app.post("/handsets", takes(z.strictObject({ handset: phone, outcome: z.enum(["delivered", "landline", "unreachable", "filtered"]) }), ({ handset, outcome }) => control.setOutcome(handset, outcome)));
  app.get("/calls", (c) => c.json({ calls: control.calls() }));
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}
