/** A Worker whose environment is not whole does not start, and says which variable it is without quoting it. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, shardsOf, type Bindings } from "../../src/platform/env";
import { environmentOf } from "../support/environment";

const base64 = (bytes: number) => btoa("x".repeat(bytes));

function refusalOf(changes: Partial<Record<keyof Bindings, unknown>>): string {
  try {
    readConfig(environmentOf(changes));
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  return "";
}

describe("the environment", () => {
  it("is read into typed values, once per environment", () => {
    const given = environmentOf({});
    const config = readConfig(given);
    expect(config).toMatchObject({ domain: "localhost:8787", scheme: "http", shardCount: 2, clients: { square: { clientId: "square-id" } } });
    expect(config.masterKeys.keys.get("k1")).toHaveLength(32);
    expect(config.passwordPepper).toHaveLength(32);
    expect(readConfig(given)).toBe(config);
  });

  it("keeps older master keys beside the current one", () => {
    const keys = JSON.stringify({ k1: base64(32), k2: base64(32) });
    expect(readConfig(environmentOf({ MASTER_KEYS: keys, MASTER_KEY_CURRENT: "k2" })).masterKeys).toMatchObject({ current: "k2", keys: { size: 2 } });
  });

  it.each([
    "APP_DOMAIN", "APP_SCHEME", "MASTER_KEYS", "MASTER_KEY_CURRENT", "PASSWORD_PEPPER",
    "SQUARE_CLIENT_ID", "SQUARE_CLIENT_SECRET", "QUICKBOOKS_CLIENT_ID", "QUICKBOOKS_CLIENT_SECRET", "XERO_CLIENT_ID", "XERO_CLIENT_SECRET",
    "SQUARE_WEBHOOK_KEY", "QUICKBOOKS_WEBHOOK_TOKEN", "CLOVER_WEBHOOK_SECRET", "XERO_WEBHOOK_KEY", "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET", "MAIL_FROM", "AUDIT_SIGNING_KEY", "BREACH_CHECK",
    "SQUARE_CLIENT_ID", "SQUARE_CLIENT_SECRET", "CLOVER_CLIENT_ID", "CLOVER_CLIENT_SECRET", "QUICKBOOKS_CLIENT_ID", "QUICKBOOKS_CLIENT_SECRET",
    "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET", "MAIL_FROM", "AUDIT_SIGNING_KEY", "BREACH_CHECK",
  ] as const)("without %s stops the Worker, naming it", (name) => {
    expect(refusalOf({ [name]: undefined })).toContain(name);
    expect(refusalOf({ [name]: "" })).toContain(name);
  });

  it("names everything that is wrong at once", () => {
    const message = refusalOf({ APP_DOMAIN: undefined, SQUARE_CLIENT_ID: undefined });
    expect(message).toContain("APP_DOMAIN");
    expect(message).toContain("SQUARE_CLIENT_ID");
  });

  it.each([
    ["a master key that is too short", { MASTER_KEYS: JSON.stringify({ k1: base64(16) }) }, "MASTER_KEYS"],
    ["a master key that is too long", { MASTER_KEYS: JSON.stringify({ k1: base64(48) }) }, "MASTER_KEYS"],
    ["a master key that is no base64", { MASTER_KEYS: JSON.stringify({ k1: "not-base64!" }) }, "MASTER_KEYS"],
    ["master keys that are no JSON", { MASTER_KEYS: base64(32) }, "MASTER_KEYS"],
    ["master keys that are a list", { MASTER_KEYS: JSON.stringify([base64(32)]) }, "MASTER_KEYS"],
    ["no master keys at all", { MASTER_KEYS: "{}" }, "MASTER_KEY_CURRENT"],
    ["a current master key that is not there", { MASTER_KEY_CURRENT: "k9" }, "MASTER_KEY_CURRENT"],
    ["a short pepper", { PASSWORD_PEPPER: base64(31) }, "PASSWORD_PEPPER"],
    ["plain HTTP anywhere but on this machine", { APP_DOMAIN: "daybook.example" }, "APP_SCHEME"],
    ["plain HTTP on a name that only looks local", { APP_DOMAIN: "localhost.evil.example" }, "APP_SCHEME"],
    ["an unknown scheme", { APP_SCHEME: "ftp" }, "APP_SCHEME"],
    ["a domain with a path", { APP_DOMAIN: "daybook.example/x" }, "APP_DOMAIN"],
    ["a domain in capitals", { APP_DOMAIN: "Daybook.example" }, "APP_DOMAIN"],
    ["a domain with a trailing dot", { APP_DOMAIN: "localhost." }, "APP_DOMAIN"],
  ])("is refused with %s", (_, changes, name) => {
    expect(refusalOf(changes)).toContain(name);
  });

  it("is never quoted in a refusal", () => {
    const secret = "s3cret-value-that-must-not-appear";
    const everything = { MASTER_KEYS: secret, PASSWORD_PEPPER: secret, APP_SCHEME: secret, APP_DOMAIN: `${secret}!`, MASTER_KEY_CURRENT: secret };
    expect(refusalOf(everything)).not.toContain("s3cret");
    expect(refusalOf({ MASTER_KEYS: JSON.stringify({ [secret]: secret }) })).not.toContain("s3cret");
    expect(refusalOf({ MASTER_KEY_CURRENT: secret })).not.toContain("s3cret");
  });

  it("has shards without a gap, and at least two", () => {
    expect(shardsOf(env)).toHaveLength(2);
    expect(shardsOf(environmentOf({ SHARD_2: env.SHARD_0 }))).toHaveLength(3);
    expect(refusalOf({ SHARD_3: env.SHARD_0 })).toContain("SHARD");
    expect(refusalOf({ SHARD_1: undefined })).toContain("SHARD");
  });
});
