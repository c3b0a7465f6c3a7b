/** `/__sim/`: the control over HTTP, for a demo and for tests that only hold an address. Not part of any vendor's API. */
import { Hono, type Handler } from "hono";
import { z } from "zod";
import type { Control } from "./simulator-control";
import type { Env } from "./simulator-core";

const misbehaviourSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("throttle"), retryAfterSeconds: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal("status"), status: z.literal([401, 403, 500, 503]) }),
  z.strictObject({ kind: z.literal("html"), status: z.literal([200, 400, 500, 502, 504]) }),
  z.strictObject({ kind: z.literal("fault"), status: z.literal([200, 400, 403, 500]), code: z.string(), message: z.string(), detail: z.string() }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("slow"), milliseconds: z.number().int().min(0).max(60_000) }),
  z.strictObject({ kind: z.literal("truncated") }),
  z.strictObject({ kind: z.literal("empty") }),
  z.strictObject({ kind: z.literal("lost") }),
]);

const count = z.number().int().min(0).max(1_000_000);
const planSchema = z.strictObject({
  misbehaviour: misbehaviourSchema, times: count.exactOptional(), skip: count.exactOptional(),
  method: z.enum(["GET", "POST"]).exactOptional(), path: z.string().exactOptional(),
});
const namedSchema = z.array(z.strictObject({ Id: z.string(), Name: z.string(), Active: z.boolean() }));
const companySchema = z.strictObject({
  name: z.string().exactOptional(),
  multicurrency: z.boolean().exactOptional(),
  bookCloseDate: z.iso.date().nullable().exactOptional(),
  hasClosingPassword: z.boolean().exactOptional(),
  warnsOfDuplicates: z.boolean().exactOptional(),
  tracksClasses: z.boolean().exactOptional(),
  tracksDepartments: z.boolean().exactOptional(),
  classes: namedSchema.exactOptional(),
  departments: namedSchema.exactOptional(),
  status: z.enum(["active", "lapsed", "maintenance", "locked", "user_removed", "app_disconnected"]).exactOptional(),
});
const switchesSchema = z.strictObject({
  latencyMs: z.number().min(0).max(60_000).exactOptional(),
  faultStatus: z.literal([200, 400]).exactOptional(),
  repeats: z.enum(["replayed", "refused"]).exactOptional(),
});
const limitsSchema = z.strictObject({ perMinute: z.number().positive(), perSecond: z.number().positive() }).nullable();
const grantSchema = z.strictObject({ realm: z.string(), act: z.enum(["revoke", "expireAccess", "makeRefreshDue", "rotateRefreshToken"]) });

/** Routes of the switchboard: each takes JSON and answers 204, or 400 with what is wrong. */
export function switchboard(control: Control): Hono<Env> {
  const app = new Hono<Env>().basePath("/__sim");
  app.post("/faults", takes(planSchema, (plan) => control.misbehave(plan)));
  app.post("/behave", takes(z.unknown(), () => control.behave()));
  app.post("/switches", takes(switchesSchema, (change) => void Object.assign(control.switches, change)));
  app.post("/limits", takes(limitsSchema, (limits) => control.setLimits(limits)));
  app.post("/grants", takes(grantSchema, ({ realm, act }) => control[act](realm)));
  app.post("/company/:realm", takes(companySchema, (change, { realm }) => control.setCompany(realm ?? "", change)));
  app.post("/company/:realm/account/:id", takes(z.strictObject({ isActive: z.boolean() }), ({ isActive }, { realm, id }) => {
    control.setAccountActive(realm ?? "", id ?? "", isActive);
  }));
  app.post("/company/:realm/entry/:id/delete", takes(z.unknown(), (_body, { realm, id }) => void control.deleteEntry(realm ?? "", id ?? "")));
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
