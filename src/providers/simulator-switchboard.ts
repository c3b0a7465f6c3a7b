/** `/__sim/`: a control over HTTP, for a demo and for tests that only hold an address. Not part of any vendor's API. */
import { Hono, type Env, type Handler } from "hono";
import { z } from "zod";
import type { MachineControl } from "./simulator-control";

/** Misbehaviour that every vendor's machine is capable of. */
export const USUAL_MISBEHAVIOUR = [
  z.strictObject({ kind: z.literal("status"), status: z.literal([401, 403, 500, 503]) }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("slow"), milliseconds: z.number().int().min(0).max(60_000) }),
  z.strictObject({ kind: z.literal("truncated") }),
  z.strictObject({ kind: z.literal("empty") }),
  z.strictObject({ kind: z.literal("lost") }),
] as const;

/** Real time that every answer takes. */
export const latencyMs = z.number().min(0).max(60_000);

const count = z.number().int().min(0).max(1_000_000);

type Act<T> = (input: T, path: Readonly<Record<string, string | undefined>>) => void;

/** A route that takes JSON and answers 204, or 400 with what is wrong. */
export function takes<T>(schema: z.ZodType<T>, act: Act<T>): Handler {
  return async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined); // an absent body is refused by the schema
    const input = schema.safeParse(body);
    if (!input.success) return context.json({ error: z.prettifyError(input.error) }, 400);
    act(input.data, context.req.param());
    return context.body(null, 204);
  };
}

/** A switchboard with the routes of the machine; those of the vendor's own books are added to it. */
export function machineSwitchboard<E extends Env, Misbehaviour, Limits>(
  control: MachineControl<Misbehaviour, Limits, object, unknown, unknown>, schemas: { readonly misbehaviour: z.ZodType<Misbehaviour>; readonly limits: z.ZodType<Limits> },
): Hono<E> {
  const plan = z.strictObject({
    misbehaviour: schemas.misbehaviour, times: count.exactOptional(), skip: count.exactOptional(), method: z.enum(["GET", "POST", "PUT"]).exactOptional(),
    path: z.string().exactOptional(),
  });
  const app = new Hono<E>().basePath("/__sim");
  app.post("/faults", takes(plan, (asked) => control.misbehave(asked)));
  app.post("/behave", takes(z.unknown(), () => control.behave()));
  app.post("/limits", takes(schemas.limits.nullable(), (limits) => control.setLimits(limits)));
  app.get("/calls", (context) => context.json(control.calls()));
  app.get("/snapshot", (context) => context.json(control.snapshot()));
  return app;
}
