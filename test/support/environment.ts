/** The test's bindings with variables that make a whole environment, or a broken one. */
import { env } from "cloudflare:workers";
import type { Bindings } from "../../src/platform/env";

const VARIABLES = {
  APP_DOMAIN: "localhost:8787",
  APP_SCHEME: "http",
  MASTER_KEYS: JSON.stringify({ k1: btoa("m".repeat(32)) }),
  MASTER_KEY_CURRENT: "k1",
  PASSWORD_PEPPER: btoa("p".repeat(32)),
  SQUARE_CLIENT_ID: "square-id",
  SQUARE_CLIENT_SECRET: "square-secret",
  CLOVER_CLIENT_ID: "clover-id",
  CLOVER_CLIENT_SECRET: "clover-secret",
  QUICKBOOKS_CLIENT_ID: "quickbooks-id",
  QUICKBOOKS_CLIENT_SECRET: "quickbooks-secret",
  XERO_CLIENT_ID: "xero-id",
  XERO_CLIENT_SECRET: "xero-secret",
  SQUARE_WEBHOOK_KEY: "square-signs", QUICKBOOKS_WEBHOOK_TOKEN: "quickbooks-signs", CLOVER_WEBHOOK_SECRET: "clover-shows", XERO_WEBHOOK_KEY: "xero-signs",
  RESEND_API_KEY: "re_of_a_test", RESEND_WEBHOOK_SECRET: "whsec_ZGVtby1vZi1kYXlib29rLW1haWw=", MAIL_FROM: "Daybook <post@daybook.example>", AUDIT_SIGNING_KEY: btoa("a".repeat(32)), BREACH_CHECK: "off",
};

/** A new environment object each time; a change to `undefined` takes the variable away. */
export function environmentOf(changes: Partial<Record<keyof Bindings, unknown>>): Bindings {
  const merged = { ...env, ...VARIABLES, ...changes };
  const present = Object.entries(merged).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as Bindings;
}
