/** `/__sim/`: the control over HTTP, for a demo and for tests that only hold an address. Not part of any vendor's API. */
import type { Hono } from "hono";
import { z } from "zod";
import { latencyMs, machineSwitchboard, takes, USUAL_MISBEHAVIOUR } from "../simulator-switchboard";
import type { Control } from "./simulator-control";
import type { Env } from "./simulator-core";
import type { Limits, Misbehaviour } from "./simulator-faults";

const misbehaviourSchema = z.discriminatedUnion("kind", [
  ...USUAL_MISBEHAVIOUR,
  z.strictObject({ kind: z.literal("throttle"), retryAfterSeconds: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal("html"), status: z.literal([200, 400, 500, 502, 504]) }),
  z.strictObject({ kind: z.literal("fault"), status: z.literal([200, 400, 403, 500]), code: z.string(), message: z.string(), detail: z.string() }),
]);

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
  latencyMs: latencyMs.exactOptional(),
  faultStatus: z.literal([200, 400]).exactOptional(),
  repeats: z.enum(["replayed", "refused"]).exactOptional(),
});
const limitsSchema = z.strictObject({ perMinute: z.number().positive(), perSecond: z.number().positive() });
const grantSchema = z.strictObject({ realm: z.string(), act: z.enum(["revoke", "expireAccess", "makeRefreshDue", "rotateRefreshToken"]) });

/** Routes of the switchboard. */
export function switchboard(control: Control): Hono<Env> {
  const app = machineSwitchboard<Env, Misbehaviour, Limits>(control, { misbehaviour: misbehaviourSchema, limits: limitsSchema });
  app.post("/switches", takes(switchesSchema, (change) => void Object.assign(control.switches, change)));
  app.post("/grants", takes(grantSchema, ({ realm, act }) => control[act](realm)));
  app.post("/company/:realm", takes(companySchema, (change, { realm }) => control.setCompany(realm ?? "", change)));
  app.post("/company/:realm/account/:id", takes(z.strictObject({ isActive: z.boolean() }), ({ isActive }, { realm, id }) => {
    control.setAccountActive(realm ?? "", id ?? "", isActive);
  }));
  app.post("/company/:realm/entry/:id/delete", takes(z.unknown(), (_body, { realm, id }) => void control.deleteEntry(realm ?? "", id ?? "")));
  return app;
}
