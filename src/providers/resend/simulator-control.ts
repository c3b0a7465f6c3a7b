/** The hands behind the curtain: what tests call directly, and the sandbox under `/__sim/`. */
import { Hono } from "hono";
import { z } from "zod";
import { EVENT_KINDS, knocked, takeDue, tell, unsubscribeAs, type Carrying, type EventKind, type Telling } from "./simulator-events";
import type { Fault, Knock, SentLetter, Simulation } from "./simulator-state";

export type SimulatorControl = {
  /** Lets the next calls go wrong, after those that were asked for before. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Letters to an address, or all of them; the oldest first. */
  letters(to?: string): readonly SentLetter[];
  clearLetters(): void;
  /** Lets something become of a letter; it is told when somebody carries it. Throws for a letter that is not here. */
  tell(letterId: string, kind: EventKind, telling?: Telling): void;
  /** Unsubscribes by the letter's own header, as a mail program does; false where it offers none. */
  unsubscribe(letterId: string): boolean;
  /** What is due to be told now, signed, to be carried by whoever takes it. */
  take(carrying?: Carrying): Promise<readonly Knock[]>;
  /** How Daybook answered what was carried: without a success an event comes again, by Svix's schedule. */
  knocked(knock: Knock, status: number): void;
  /** Carries all that is due; answers the statuses. */
  carry(to: (request: Request) => Promise<Response>, carrying?: Carrying): Promise<readonly number[]>;
};

/** The controls of one simulation. */
export function controlOf(simulation: Simulation): SimulatorControl {
  const { faults, letters } = simulation;
  const find = (id: string): SentLetter => {
    const letter = letters.find((one) => one.id === id);
    if (letter === undefined) throw new Error("the letter is not here");
    return letter;
  };
  return {
    tell: (letterId, kind, telling) => tell(simulation, find(letterId), kind, telling),
    unsubscribe: (letterId) => unsubscribeAs(simulation, find(letterId)),
    take: async (carrying) => await takeDue(simulation, carrying),
    knocked: (knock, status) => knocked(simulation, knock, status),
    carry: async (to, carrying) => {
      const statuses: number[] = [];
      for (const knock of await takeDue(simulation, carrying)) {
        const { status } = await to(new Request(knock.url, { method: "POST", headers: knock.headers, body: knock.body }));
        knocked(simulation, knock, status);
        statuses.push(status);
      }
      return statuses;
    },
    fault: (fault) => void faults.push(fault),
    clearFaults: () => void faults.splice(0),
    letters: (to) => letters.filter((letter) => to === undefined || letter.to.includes(to)),
    clearLetters: () => void letters.splice(0),
  };
}

const times = z.int().min(1).max(1_000).default(1);
const faultInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rate_limited"), times, retryAfterSeconds: z.int().min(0).optional() }),
  z.strictObject({ kind: z.enum(["internal_error", "unauthorized", "empty", "hang", "answer_lost"]), times }),
  z.strictObject({ kind: z.literal("slow"), times, waitMs: z.int().min(0).max(60_000) }),
]);

const telling = z.strictObject({ letter: z.string(), kind: z.union([z.enum(EVENT_KINDS), z.literal("unsubscribed")]), copies: z.int().min(1).max(100).default(1) });

/** `/__sim/…`: the same controls for a person or a browser journey. */
export function controlRoutes(control: SimulatorControl): Hono {
  const app = new Hono();
  app.get("/letters", (c) => c.json({ letters: control.letters(c.req.query("to")) }));
  app.delete("/letters", (c) => {
    control.clearLetters();
    return c.json({});
  });
  app.post("/events", async (c) => {
    const input = telling.safeParse(await c.req.json());
    if (!input.success) return c.json({ problem: z.prettifyError(input.error) }, 400);
    const { letter, kind, copies } = input.data;
    if (!control.letters().some(({ id }) => id === letter)) return c.json({ problem: "the letter is not here" }, 404);
    if (kind === "unsubscribed") control.unsubscribe(letter);
    else control.tell(letter, kind, { copies });
    return c.json({});
  });
  app.post("/faults", async (c) => {
    const input = faultInput.safeParse(await c.req.json());
    if (!input.success) return c.json({ problem: z.prettifyError(input.error) }, 400);
    control.fault(input.data);
    return c.json({});
  });
  app.delete("/faults", (c) => {
    control.clearFaults();
    return c.json({});
  });
  return app;
}
