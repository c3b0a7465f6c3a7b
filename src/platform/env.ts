/** The environment is checked once, before anything is served: a missing or malformed value stops the Worker. */
import { z } from "zod";
import { decodeBase64 } from "@oslojs/encoding";
import type { LaneObject } from "./lane";
import type { LimiterObject } from "./limiter";
import type { RegisterObject } from "./register";
import type { SequencerObject } from "./sequencer";
import type { WatchObject } from "./watch";

/** A name for each shard's binding; more may exist than the two that every environment has. */
export type ShardBinding = `SHARD_${number}`;

/** What the runtime hands the Worker, as `wrangler.toml` names it. Secrets are strings until `readConfig`. */
export type Bindings = {
  readonly DIRECTORY: D1Database;
  readonly SHARD_0: D1Database;
  readonly SHARD_1: D1Database;
  /** What belongs to no provider: plans, back-fills, hints, letters, and everything that is local. */
  readonly SYNC_QUEUE: Queue;
  /** One for each provider, see `queueOf`; where one is not bound, its work goes to the common queue. */
  readonly SYNC_SQUARE?: Queue;
  readonly SYNC_CLOVER?: Queue;
  readonly SYNC_QUICKBOOKS?: Queue;
  readonly SYNC_XERO?: Queue;
  readonly SYNC_TWILIO?: Queue;
  readonly MAIL_QUEUE: Queue;
  readonly LANE: DurableObjectNamespace<LaneObject>;
  readonly LIMITER: DurableObjectNamespace<LimiterObject>;
  readonly SEQUENCER: DurableObjectNamespace<SequencerObject>;
  readonly WATCH: DurableObjectNamespace<WatchObject>;
  readonly REGISTER: DurableObjectNamespace<RegisterObject>;
  /** Cloudflare's own counter, per location: the first line, before any Durable Object is asked. */
  readonly FIRST_LIMIT: RateLimit;
  /** Signed checkpoints of audit logs; its objects are locked against change and deletion. */
  readonly CHECKPOINTS: R2Bucket;
  /** What people file, and what is filed for them. Every key begins with its shop's id; nothing of it is public. */
  readonly DOCUMENTS: R2Bucket;
  readonly ASSETS: Fetcher;
  readonly APP_DOMAIN: string;
  readonly APP_SCHEME: string;
  readonly MASTER_KEYS: string;
  readonly MASTER_KEY_CURRENT: string;
  readonly PASSWORD_PEPPER: string;
  readonly SQUARE_CLIENT_ID: string;
  readonly SQUARE_CLIENT_SECRET: string;
  readonly CLOVER_CLIENT_ID: string;
  readonly CLOVER_CLIENT_SECRET: string;
  readonly QUICKBOOKS_CLIENT_ID: string;
  readonly QUICKBOOKS_CLIENT_SECRET: string;
  readonly XERO_CLIENT_ID: string;
  readonly XERO_CLIENT_SECRET: string;
  readonly SQUARE_WEBHOOK_KEY: string;
  readonly QUICKBOOKS_WEBHOOK_TOKEN: string;
  readonly CLOVER_WEBHOOK_SECRET: string;
  readonly XERO_WEBHOOK_KEY: string;
  readonly RESEND_API_KEY: string;
  readonly RESEND_WEBHOOK_SECRET: string;
  readonly MAIL_FROM: string;
  readonly AUDIT_SIGNING_KEY: string;
  readonly BREACH_CHECK: string;
} & { readonly [shard: ShardBinding]: D1Database };

/** Master keys by id, each 32 bytes; new keys are wrapped under `current`, older ones still unwrap. */
export type MasterKeys = { readonly current: string; readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> };

export type ClientCredentials = { readonly clientId: string; readonly clientSecret: string };

export type Config = {
  /** Host of the public pages, with its port where there is one: `daybook.example`, `localhost:8787`. */
  readonly domain: string;
  readonly scheme: "http" | "https";
  readonly masterKeys: MasterKeys;
  /** At least 32 bytes that the password hashes are keyed with. */
  readonly passwordPepper: Uint8Array<ArrayBuffer>;
  readonly clients: {
    readonly square: ClientCredentials; readonly clover: ClientCredentials; readonly quickbooks: ClientCredentials; readonly xero: ClientCredentials;
  };
  /** By provider: what it signs its messages with, or shows as its own. */
  readonly hookKeys: ReadonlyMap<string, string>;
  readonly mail: { readonly apiKey: string; /** `Daybook <post@daybook.example>` */ readonly from: string };
  /** Seed of the Ed25519 key that signs checkpoints of audit logs: 32 bytes. */
  readonly auditSigningKey: Uint8Array<ArrayBuffer>;
  /** Whether new passwords are looked up among breached ones (by the first five characters of a hash, at a stranger's). */
  readonly checksBreaches: boolean;
  /** How many shards there are; they are numbered from 0. */
  readonly shardCount: number;
};

/** Names what is wrong with the environment, never a value of it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const KEY_BYTES = 32;
const FEWEST_SHARDS = 2;

const base64 = z.string().transform((text, context) => {
  const bytes = bytesOf(text);
  if (bytes !== null) return bytes;
  context.addIssue({ code: "custom", message: "is not base64" });
  return z.NEVER;
});

const masterKey = base64.refine((bytes) => bytes.byteLength === KEY_BYTES, "must hold keys of 32 bytes");

const masterKeys = z.string().transform((text, context) => {
  const keys = z.record(z.string().regex(/^[a-z0-9]{1,16}$/), masterKey).safeParse(jsonOf(text));
  if (keys.success) return new Map(Object.entries(keys.data));
  context.addIssue({ code: "custom", message: 'must be JSON such as {"k1":"<base64 of 32 bytes>"}' });
  return z.NEVER;
});

const domain = z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{2,5})?$/, "must be a host name in lower case");
const credential = z.string().min(1, "is empty");

const environment = z.object({
  APP_DOMAIN: domain,
  APP_SCHEME: z.enum(["http", "https"], "must be http or https"),
  MASTER_KEYS: masterKeys,
  MASTER_KEY_CURRENT: z.string(),
  PASSWORD_PEPPER: base64.refine((bytes) => bytes.byteLength >= KEY_BYTES, "must be at least 32 bytes"),
  SQUARE_CLIENT_ID: credential,
  SQUARE_CLIENT_SECRET: credential,
  CLOVER_CLIENT_ID: credential,
  CLOVER_CLIENT_SECRET: credential,
  QUICKBOOKS_CLIENT_ID: credential,
  QUICKBOOKS_CLIENT_SECRET: credential,
  XERO_CLIENT_ID: credential,
  XERO_CLIENT_SECRET: credential,
  SQUARE_WEBHOOK_KEY: credential,
  QUICKBOOKS_WEBHOOK_TOKEN: credential,
  CLOVER_WEBHOOK_SECRET: credential,
  XERO_WEBHOOK_KEY: credential,
  RESEND_API_KEY: credential,
  RESEND_WEBHOOK_SECRET: z.string().regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, "must be what Resend shows: whsec_ and base64"),
  MAIL_FROM: z.string().regex(/^[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>$/, "must be a name and an address: Daybook <post@daybook.example>"),
  AUDIT_SIGNING_KEY: masterKey,
  BREACH_CHECK: z.enum(["on", "off"], "must be on or off"),
});

const known = new WeakMap<object, Config>();

/**
 * The environment as the code uses it. Throws `ConfigError` naming every variable that is missing or malformed.
 * Cached for the environment object that the runtime hands to each invocation.
 */
export function readConfig(env: Bindings): Config {
  const cached = known.get(env);
  if (cached !== undefined) return cached;
  const config = parse(env);
  known.set(env, config);
  return config;
}

/** The shards in order of their numbers. Throws `ConfigError` when there are fewer than two or a number is left out. */
export function shardsOf(env: Bindings): readonly D1Database[] {
  const names = Object.keys(env).filter((name) => /^SHARD_\d+$/.test(name));
  const shards = names.map((_, index) => env[`SHARD_${index}`]).filter((shard) => shard !== undefined);
  if (shards.length !== names.length) throw new ConfigError("SHARD_<n> must be numbered from 0 without a gap");
  if (shards.length < FEWEST_SHARDS) throw new ConfigError("SHARD_0 and SHARD_1 must both be bound");
  return shards;
}

function parse(env: Bindings): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(sentenceOf).join("; "));
  const read = parsed.data;
  assertSafe(read);
  return {
    domain: read.APP_DOMAIN,
    scheme: read.APP_SCHEME,
    masterKeys: { current: read.MASTER_KEY_CURRENT, keys: read.MASTER_KEYS },
    passwordPepper: read.PASSWORD_PEPPER,
    clients: {
      square: { clientId: read.SQUARE_CLIENT_ID, clientSecret: read.SQUARE_CLIENT_SECRET },
      clover: { clientId: read.CLOVER_CLIENT_ID, clientSecret: read.CLOVER_CLIENT_SECRET },
      quickbooks: { clientId: read.QUICKBOOKS_CLIENT_ID, clientSecret: read.QUICKBOOKS_CLIENT_SECRET },
      xero: { clientId: read.XERO_CLIENT_ID, clientSecret: read.XERO_CLIENT_SECRET },
    },
    hookKeys: new Map([
      ["square", read.SQUARE_WEBHOOK_KEY], ["quickbooks", read.QUICKBOOKS_WEBHOOK_TOKEN], ["clover", read.CLOVER_WEBHOOK_SECRET], ["xero", read.XERO_WEBHOOK_KEY],
      ["resend", read.RESEND_WEBHOOK_SECRET],
    ]),
    mail: { apiKey: read.RESEND_API_KEY, from: read.MAIL_FROM },
    auditSigningKey: read.AUDIT_SIGNING_KEY,
    checksBreaches: read.BREACH_CHECK === "on",
    shardCount: shardsOf(env).length,
  };
}

function assertSafe(read: z.infer<typeof environment>): void {
  if (!read.MASTER_KEYS.has(read.MASTER_KEY_CURRENT)) {
    throw new ConfigError("MASTER_KEY_CURRENT must name one of MASTER_KEYS");
  }
  const isLocal = /^localhost(?::\d+)?$/.test(read.APP_DOMAIN);
  if (read.APP_SCHEME === "http" && !isLocal) throw new ConfigError("APP_SCHEME may be http on localhost only");
}

/** Zod's own messages are replaced where they could quote what they found. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0] ?? "the environment");
  const isMissing = issue.code === "invalid_type";
  return `${name} ${isMissing ? "is missing" : issue.message}`;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(decodeBase64(text));
  } catch {
    return null; // the decoder throws on what is not base64; the caller says which variable it was
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the schema with the variable's name; the parser's message would quote the keys
  }
}
