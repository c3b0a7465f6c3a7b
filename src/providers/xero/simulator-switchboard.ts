/** `/__sim/`: the control over HTTP, for a demo and for tests that only hold an address. Not part of any vendor's API. */
import { Hono, type Handler } from "hono";
import { z } from "zod";
import type { Control } from "./simulator-control";
import type { Env } from "./simulator-core";

const misbehaviourSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("throttle"), problem: z.enum(["concurrent", "minute", "day", "appminute"]), retryAfterSeconds: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal("status"), status: z.literal([401, 403, 500, 503]) }),
  z.strictObject({ kind: z.literal("html"), status: z.literal([200, 400, 500, 502, 503]) }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("slow"), milliseconds: z.number().int().min(0).max(60_000) }),
  z.strictObject({ kind: z.literal("truncated") }),
  z.strictObject({ kind: z.literal("empty") }),
  z.strictObject({ kind: z.literal("lost") }),
]);

const count = z.number().int().min(0).max(1_000_000);
const planSchema = z.strictObject({
  misbehaviour: misbehaviourSchema, times: count.exactOptional(), skip: count.exactOptional(), method: z.enum(["GET", "POST", "PUT"]).exactOptional(),
  path: z.string().exactOptional(),
});
const organisationSchema = z.strictObject({
  name: z.string().exactOptional(), periodLockDate: z.iso.date().nullable().exactOptional(), endOfYearLockDate: z.iso.date().nullable().exactOptional(),
  isOffline: z.boolean().exactOptional(),
});
const limitsSchema = z.strictObject({
  atOnce: z.number().positive(), perMinute: z.number().positive(), perDay: z.number().positive(), perAppMinute: z.number().positive(),
}).nullable();
const grantSchema = z.strictObject({ organisation: z.string(), act: z.enum(["revoke", "expireAccess", "disconnect"]) });
const statusSchema = z.strictObject({ status: z.enum(["ACTIVE", "ARCHIVED", "DELETED"]) });

/** Routes of the switchboard: each takes JSON and answers 204, or 400 with what is wrong. */
export function switchboard(control: Control): Hono<Env> {
  const app = new Hono<Env>().basePath("/__sim");
  app.post("/faults", takes(planSchema, (plan) => control.misbehave(plan)));
  app.post("/behave", takes(z.unknown(), () => control.behave()));
  app.post("/switches", takes(z.strictObject({ latencyMs: z.number().min(0).max(60_000) }), (change) => void Object.assign(control.switches, change)));
  app.post("/limits", takes(limitsSchema, (limits) => control.setLimits(limits)));
  app.post("/grants", takes(grantSchema, ({ organisation, act }) => control[act](organisation)));
  app.post("/organisation/:id", takes(organisationSchema, (change, { id }) => control.setOrganisation(id ?? "", change)));
  app.post("/organisation/:id/account/:account", takes(statusSchema, ({ status }, { id, account }) => control.setAccountStatus(id ?? "", account ?? "", status)));
  app.post("/organisation/:id/journal/:journal/void", takes(z.unknown(), (_body, { id, journal }) => void control.voidJournal(id ?? "", journal ?? "")));
  app.get("/calls", (context) => context.json(control.calls()));
  app.get("/snapshot", (context) => context.json(control.snapshot()));
  return app;
}

type Act<T> = (input: T, path: Readonly<Record<string, string | undefined>>) => void;

function takes<T>(schema: z.ZodType<T>, act: Act<T>): Handler<Env> {
  return async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined); // an absent body is refused by the schema
    const input = schema.safeParse(body);
    if (!input.success) return context.json({ error: z.prettifyError(input.error) }, 400);
    act(input.data, context.req.param());
    return context.body(null, 204);
  };
}
