/** Everything that a simulated Twilio remembers, as plain JSON, and what it is made with. Instants are epoch milliseconds. */
import type { Clock, RandomBytes } from "../../kernel/clock";
import type { ArrivedCall } from "../simulator-machine";
import type { Plans } from "../simulator-plans";
import type { Misbehaviour } from "./simulator-faults";
import type { TextState } from "./wire";

/** Who keeps those who said stop, and answers them: Twilio by its usual words, Advanced Opt-Out by the service's own, or nobody. */
export type OptOutMode = "default" | "advanced" | "off";

export type SimulatedNumber = {
  readonly sid: string;
  readonly number: string;
  readonly canText: boolean;
  /** Where texts to it are told of; empty for nowhere. */
  readonly smsUrl: string;
  /** Whether the carriers know who texts from it (10DLC); a service's campaign says it for the service's numbers. */
  readonly isRegistered: boolean;
  readonly optOut: Exclude<OptOutMode, "advanced">;
};

export type SimulatedService = {
  readonly sid: string;
  readonly name: string;
  /** Numbers it may choose from. */
  readonly numbers: readonly string[];
  /** Null leaves each number's own. */
  readonly inboundUrl: string | null;
  readonly optOut: OptOutMode;
  /** What Advanced Opt-Out answers. */
  readonly answers: Readonly<Record<"stop" | "start" | "help", string>>;
  /** PENDING, IN_PROGRESS, VERIFIED, FAILED; null where no campaign was made. */
  readonly campaign: string | null;
  /** False: what is wrong with a recipient is found after the text was accepted, and told as its state. */
  readonly checksAtOnce: boolean;
};

export type SimulatedAccount = {
  readonly sid: string;
  readonly authToken: string;
  readonly name: string;
  /** The account that this one is a sub-account of. */
  readonly ownerSid: string | null;
  readonly isActive: boolean;
  readonly keys: readonly { readonly sid: string; readonly secret: string }[];
  readonly numbers: readonly SimulatedNumber[];
  readonly services: readonly SimulatedService[];
  /** How numbers begin that it may text to. */
  readonly regions: readonly string[];
};

/** An account as it is opened: everything but its name and keys has a usual value. */
export type AccountSeed = Pick<SimulatedAccount, "sid" | "authToken"> & Partial<Omit<SimulatedAccount, "numbers" | "services">> & {
  readonly numbers?: readonly (Pick<SimulatedNumber, "number"> & Partial<SimulatedNumber>)[];
  readonly services?: readonly (Pick<SimulatedService, "sid" | "numbers"> & Partial<SimulatedService>)[];
};

export type SimulatedText = {
  readonly sid: string;
  readonly accountSid: string;
  readonly serviceSid: string | null;
  /** Null until a service has chosen. */
  readonly from: string | null;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly direction: "inbound" | "outbound-api" | "outbound-reply";
  readonly status: TextState;
  readonly segments: number;
  readonly errorCode: number | null;
  readonly statusCallback: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sentAt: number | null;
};

/** A line on a handset's screen. `note`: what a phone would not show, and a demo tells. */
export type ScreenLine = {
  readonly handset: string;
  readonly number: string;
  readonly at: number;
  readonly by: "person" | "shop" | "twilio" | "note";
  readonly body: string;
  readonly mediaUrls: readonly string[];
};

/** What happens to texts to a handset. */
export type Outcome = "delivered" | "landline" | "unreachable" | "filtered";

/** A message of Twilio's own to an account's address, before it is signed. */
export type Callback = {
  readonly about: "arrived" | "status";
  readonly sid: string;
  readonly accountSid: string;
  readonly url: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** What is still to happen by itself. */
export type Waiting = { readonly dueAt: number } & (
  | { readonly kind: "advance"; readonly sid: string; readonly to: TextState }
  | { readonly kind: "callback"; readonly callback: Callback }
);

/** What goes wrong with the next `times` messages of Twilio's own; `about` leaves the others alone. */
export type DeliveryFault = {
  readonly kind: "lost" | "repeated" | "reordered" | "delayed";
  readonly times: number;
  readonly about?: Callback["about"];
  /** For `repeated`: how often more. */
  readonly again?: number;
  /** For `delayed`. */
  readonly delayMs?: number;
};

/** A message of Twilio's own that was sent; `status` null where nobody answered. */
export type Delivered = Callback & { readonly at: number; readonly status: number | null };

/** What an account's debugger would show: an answer that made no sense, a reply that was refused. */
export type Alert = { readonly at: number; readonly accountSid: string; readonly sid: string; readonly code: number };

export type SimulatorState = {
  accounts: Record<string, SimulatedAccount>;
  texts: SimulatedText[];
  /** `<number or service>><handset>`: who said stop to whom. */
  blocks: Record<string, true>;
  screen: ScreenLine[];
  outcomes: Record<string, Outcome>;
  waiting: Waiting[];
  /** Until as many are here as are to change their order. */
  held: Callback[];
  deliveryFaults: DeliveryFault[];
  alerts: Alert[];
};

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly accounts: readonly AccountSeed[];
  /** Takes a signed message to whoever answers at its address. */
  readonly deliver: (request: Request) => Promise<Response>;
  /** Told when something is to happen by itself, and in how many milliseconds: whoever made the simulator calls `control.flush` then, or when it likes. */
  readonly onWaiting?: (inMs: number) => void;
  /** Called after anything in the state changed. */
  readonly onChange?: () => void;
  /** How real time passes; tests pass one that does not wait. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How much time lies between two states of a text while it is flushed. */
  readonly stepMs?: number;
  /** How many texts, and lines of screens, are kept. */
  readonly mostKept?: number;
  /** Phones that its pages offer. */
  readonly handsets?: readonly { readonly number: string; readonly name: string }[];
};

/** What the parts of the simulator share. */
export type Simulation = Required<Omit<SimulatorOptions, "accounts">> & {
  state: SimulatorState;
  readonly calls: ArrivedCall[];
  readonly delivered: Delivered[];
  readonly faults: Plans<Misbehaviour>;
};

/** A Twilio at which nothing has happened yet. */
export function emptyState(accounts: readonly AccountSeed[]): SimulatorState {
  return {
    accounts: Object.fromEntries(accounts.map((seed) => [seed.sid, accountOf(seed)])),
    texts: [], blocks: {}, screen: [], outcomes: {}, waiting: [], held: [], deliveryFaults: [], alerts: [],
  };
}

const ANSWERS = { stop: "You are unsubscribed.", start: "You are subscribed again.", help: "Reply STOP to unsubscribe." } as const;

/** An account with what its seed leaves out. */
export function accountOf({ numbers = [], services = [], ...seed }: AccountSeed): SimulatedAccount {
  return {
    name: "A shop", ownerSid: null, isActive: true, keys: [], regions: ["+1"],
    ...seed,
    numbers: numbers.map((number) => ({
      sid: `PN${number.number.slice(1).padStart(32, "0")}`, canText: true, smsUrl: "", isRegistered: true, optOut: "default", ...number,
    })),
    services: services.map((service) => ({
      name: "A service", inboundUrl: null, optOut: "default", answers: ANSWERS, campaign: "VERIFIED", checksAtOnce: true, ...service,
    })),
  };
}

/** Twilio's ids: two letters and 32 hexadecimal digits. */
export function newSid({ random }: Pick<Simulation, "random">, prefix: string): string {
  return prefix + Array.from(random(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The account that has a number, and the number. */
export function ownerOf({ accounts }: SimulatorState, number: string): { readonly account: SimulatedAccount; readonly own: SimulatedNumber } | null {
  for (const account of Object.values(accounts)) {
    const own = account.numbers.find((one) => one.number === number);
    if (own !== undefined) return { account, own };
  }
  return null;
}

/** The service that a number belongs to. */
export function serviceWith(account: SimulatedAccount, number: string): SimulatedService | null {
  return account.services.find(({ numbers }) => numbers.includes(number)) ?? null;
}

/** Replaces a text, or adds it at the end; the oldest are forgotten. */
export function keepText(simulation: Simulation, text: SimulatedText): void {
  const { texts } = simulation.state;
  const at = texts.findIndex(({ sid }) => sid === text.sid);
  if (at === -1) texts.push(text);
  else texts[at] = text;
  if (texts.length > simulation.mostKept) texts.splice(0, texts.length - simulation.mostKept);
  simulation.onChange();
}

/** Shows a line on a handset. */
export function show(simulation: Simulation, line: Omit<ScreenLine, "at">): void {
  const { screen } = simulation.state;
  screen.push({ ...line, at: simulation.clock() });
  if (screen.length > simulation.mostKept) screen.splice(0, screen.length - simulation.mostKept);
  simulation.onChange();
}
