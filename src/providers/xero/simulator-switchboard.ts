/** `/__sim/`: the control over HTTP, for a demo and for tests that only hold an address. Not part of any vendor's API. */
import type { Hono } from "hono";
import { z } from "zod";
import { latencyMs, machineSwitchboard, takes, USUAL_MISBEHAVIOUR } from "../simulator-switchboard";
import type { Control } from "./simulator-control";
import type { Env } from "./simulator-core";
import type { Limits, Misbehaviour } from "./simulator-faults";

const misbehaviourSchema = z.discriminatedUnion("kind", [
  ...USUAL_MISBEHAVIOUR,
  z.strictObject({ kind: z.literal("throttle"), problem: z.enum(["concurrent", "minute", "day", "appminute"]), retryAfterSeconds: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal("html"), status: z.literal([200, 400, 500, 502, 503]) }),
]);

const organisationSchema = z.strictObject({
  name: z.string().exactOptional(), periodLockDate: z.iso.date().nullable().exactOptional(), endOfYearLockDate: z.iso.date().nullable().exactOptional(),
  isOffline: z.boolean().exactOptional(),
});
const limitsSchema = z.strictObject({
  atOnce: z.number().positive(), perMinute: z.number().positive(), perDay: z.number().positive(), perAppMinute: z.number().positive(),
});
const grantSchema = z.strictObject({ organisation: z.string(), act: z.enum(["revoke", "expireAccess", "disconnect"]) });
const statusSchema = z.strictObject({ status: z.enum(["ACTIVE", "ARCHIVED", "DELETED"]) });

/** Routes of the switchboard. */
export function switchboard(control: Control): Hono<Env> {
  const app = machineSwitchboard<Env, Misbehaviour, Limits>(control, { misbehaviour: misbehaviourSchema, limits: limitsSchema });
  app.post("/switches", takes(z.strictObject({ latencyMs }), (change) => void Object.assign(control.switches, change)));
  app.post("/grants", takes(grantSchema, ({ organisation, act }) => control[act](organisation)));
  app.post("/organisation/:id", takes(organisationSchema, (change, { id }) => control.setOrganisation(id ?? "", change)));
  app.post("/organisation/:id/account/:account", takes(statusSchema, ({ status }, { id, account }) => control.setAccountStatus(id ?? "", account ?? "", status)));
  app.post("/organisation/:id/journal/:journal/void", takes(z.unknown(), (_body, { id, journal }) => void control.voidJournal(id ?? "", journal ?? "")));
  return app;
}
