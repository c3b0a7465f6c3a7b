/** The hands behind the curtain: what tests call directly, and the sandbox under `/__sim/`. */
import { Hono } from "hono";
import { z } from "zod";
import type { Fault, SentLetter, Simulation } from "./simulator-state";

export type SimulatorControl = {
  /** Lets the next calls go wrong, after those that were asked for before. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Letters to an address, or all of them; the oldest first. */
  letters(to?: string): readonly SentLetter[];
  clearLetters(): void;
};

/** The controls of one simulation. */
export function controlOf({ faults, letters }: Simulation): SimulatorControl {
  return {
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

/** `/__sim/…`: the same controls for a person or a browser journey. */
export function controlRoutes(control: SimulatorControl): Hono {
  const app = new Hono();
  app.get("/letters", (c) => c.json({ letters: control.letters(c.req.query("to")) }));
  app.delete("/letters", (c) => {
    control.clearLetters();
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
