/**
 * Turns at acts that strangers could try without end. Nothing expensive (a password hash, a letter) is done before a
 * turn was taken. What is limited, and how often, stands in one table. An account is counted whether it exists or not,
 * and each act for itself: whoever wears out the password of somebody else's account leaves passkey and link open, and
 * the browsers that the account was signed in with before leave all three (`known-browser`).
 */
import type { Context } from "hono";
import { DAY, HOUR, MINUTE } from "../kernel/clock";
import { hashOf } from "../kernel/ids";
import { failed, ok, type Result } from "../kernel/result";
import type { Bindings } from "../platform/env";
import type { Limit } from "../platform/limiter";
import { errorFields } from "../platform/log";
import type { World } from "../platform/world";
import { markOf } from "./known-browser";
import { networkOf } from "./network";
import { originOfRequest } from "./origin";

/**
 * Whom a count is kept for: an account, an address (IPv6: its /64), a shop; `both` is one account at one address, so
 * that a stranger elsewhere uses up their own turns first. `known` is one account in one browser that it was signed in
 * with before, and stands in place of `account` and `both` there.
 */
type Subject = "account" | "address" | "both" | "known" | "shop";

/** Per act, how often for each subject. */
const LIMITS = {
  "password": { account: { turns: 10, perMs: 15 * MINUTE }, known: { turns: 10, perMs: 15 * MINUTE }, address: { turns: 50, perMs: 15 * MINUTE } },
  "second_factor": { account: { turns: 5, perMs: 5 * MINUTE }, address: { turns: 50, perMs: 15 * MINUTE } },
  "second_factor_day": { account: { turns: 100, perMs: DAY } },
  "mail_link": { both: { turns: 5, perMs: HOUR }, account: { turns: 20, perMs: HOUR }, known: { turns: 5, perMs: HOUR }, address: { turns: 30, perMs: HOUR } },
  // Of a million codes: a year of guessing at one account finds one in a hundred, with a dozen letters a day as warning.
  "mail_code": { account: { turns: 30, perMs: DAY }, known: { turns: 30, perMs: DAY }, address: { turns: 50, perMs: 15 * MINUTE } },
  "passkey": { address: { turns: 100, perMs: 15 * MINUTE } },
  "name_check": { address: { turns: 300, perMs: HOUR } },
  "new_shop": { account: { turns: 10, perMs: DAY }, address: { turns: 30, perMs: DAY } },
  "sign_up": { both: { turns: 5, perMs: HOUR }, account: { turns: 20, perMs: HOUR }, address: { turns: 20, perMs: HOUR } },
  // Each name that is given up is kept from everybody for months: nobody shall collect them.
  "move_shop": { shop: { turns: 10, perMs: DAY } },
  "invitation": { address: { turns: 60, perMs: 15 * MINUTE } },
  // Each try tells whether a name is taken.
  "organisation": { account: { turns: 20, perMs: HOUR } },
  "invite": { shop: { turns: 60, perMs: HOUR } },
  "ask_to_connect": { shop: { turns: 10, perMs: DAY } },
  "export": { shop: { turns: 20, perMs: HOUR } },
  "certificate": { shop: { turns: 300, perMs: HOUR } },
  "file": { shop: { turns: 200, perMs: HOUR } },
  "document": { shop: { turns: 1_000, perMs: HOUR } },
  "document_picture": { shop: { turns: 1_000, perMs: HOUR } },
  // Five gigabytes come in three hundred parts.
  "document_part": { shop: { turns: 1_000, perMs: 15 * MINUTE } },
  // Counted for each share: a passphrase of six letters that no dictionary has stands for its thirty days.
  "passphrase": { account: { turns: 20, perMs: HOUR }, address: { turns: 60, perMs: HOUR } },
  "share": { shop: { turns: 200, perMs: HOUR } },
  // Each may ask Twilio whether credentials are somebody's.
  "text_line": { shop: { turns: 60, perMs: HOUR } },
  "contact": { shop: { turns: 1_000, perMs: HOUR } },
  // Each looks through up to 50,000 people.
  "contact_import": { shop: { turns: 60, perMs: HOUR } },
  // A file of 50,000 is taken in a hundred steps, or in seven hundred where each of its people says stop.
  "contact_import_step": { shop: { turns: 1_000, perMs: 15 * MINUTE } },
  // Each looks through up to 10,000 people.
  "broadcast": { shop: { turns: 120, perMs: HOUR } },
  "message": { shop: { turns: 1_000, perMs: HOUR } },
  // A genuine link is counted by its message alone: mail programs unsubscribe for very many people from one place.
  "unsubscribe": { account: { turns: 60, perMs: HOUR } },
  "unsubscribe_page": { address: { turns: 300, perMs: 15 * MINUTE } },
  // Counted for each number or address that is typed: more than a stop cannot come of it.
  "stop_form": { account: { turns: 10, perMs: HOUR }, address: { turns: 30, perMs: 15 * MINUTE }, shop: { turns: 1_000, perMs: HOUR } },
  "checkpoint": { shop: { turns: 120, perMs: HOUR } },
} as const satisfies Record<string, Partial<Record<Subject, Limit>>>;

export type LimitedAct = keyof typeof LIMITS;

/** Whose turn it is. `account`: an email address in its stored form, a person's id, or a share's (`share:<id>`). */
export type Turn = { readonly account?: string; readonly shop?: string };

/** The binding counts whole minutes; when it refuses, it does not say for how long. */
const FIRST_LIMIT_SECONDS = 60;

type Asked = { readonly subject: Subject; readonly name: string; readonly limit: Limit };

/**
 * Takes a turn; `too_many_requests` with the seconds until there is another. All counts are asked in one go; where one
 * refuses, the others get their turn back, so that an address which is worn out wears out nobody's account.
 */
export async function takeTurn(c: Context, act: LimitedAct, turn: Turn): Promise<Result<void>> {
  const { env, world, network } = partsOf(c);
  if (network !== "" && !(await passesFirstLine(env, world, network))) return tooMany(FIRST_LIMIT_SECONDS * 1_000);
  const now = world.clock();
  const asked = await countsOf(c, act, turn, network);
  const waits = await Promise.all(asked.map(async ({ name, limit }) => await env.LIMITER.getByName(name).take(act, limit, now)));
  const longestMs = Math.max(0, ...waits.map((wait) => wait ?? 0));
  if (waits.every((wait) => wait === null)) return ok(undefined);
  await Promise.all(asked.filter((_, index) => waits[index] === null).map(async ({ name }) => {
    await env.LIMITER.getByName(name).giveBack(act, now);
  }));
  return tooMany(longestMs);
}

/** After success: gives an account, or its known browser, the turns at an act back, so that nobody is locked out by their own slips. */
export async function giveBack(c: Context, act: LimitedAct, turn: Turn): Promise<void> {
  const { env, network } = partsOf(c);
  const asked = await countsOf(c, act, turn, network);
  const own = asked.filter(({ subject }) => subject === "account" || subject === "both" || subject === "known");
  await Promise.all(own.map(async ({ name }) => {
    await env.LIMITER.getByName(name).giveBack(act, null);
  }));
}

function partsOf(c: Context): { readonly env: Bindings; readonly world: World; readonly network: string } {
  return { env: c.env as Bindings, world: c.get("world") as World, network: networkOf(originOfRequest(c.req.raw).address) };
}

/** Cloudflare's own counter, at the place where the request came in. It is no proof of anything: when it breaks, the truth is asked. */
async function passesFirstLine(env: Bindings, world: World, network: string): Promise<boolean> {
  try {
    return (await env.FIRST_LIMIT.limit({ key: network })).success;
  } catch (error) {
    world.log.warn("limit.first_line_failed", errorFields(error));
    return true;
  }
}

/** The counts that an act asks, by the names of their objects: hashes, for a name may be seen where a person must not. */
async function countsOf(c: Context, act: LimitedAct, { account = "", shop = "" }: Turn, network: string): Promise<Asked[]> {
  const limits: Partial<Record<Subject, Limit>> = LIMITS[act];
  const mark = limits.known === undefined ? null : await markOf(c, account);
  const both = account === "" || network === "" ? "" : `${account} ${network}`;
  const own = mark === null ? { account, both, known: "" } : { account: "", both: "", known: `${account} ${mark}` };
  const subjects: Readonly<Record<Subject, string>> = { ...own, address: network, shop };
  const wanted = (["account", "address", "both", "known", "shop"] as const).flatMap((subject) => {
    const limit = limits[subject];
    return limit === undefined || subjects[subject] === "" ? [] : [{ subject, limit }];
  });
  return await Promise.all(wanted.map(async ({ subject, limit }) => ({ subject, limit, name: `${subject}:${await hashOf(`${subject}:${subjects[subject]}`)}` })));
}

function tooMany(waitMs: number): Result<never> {
  return failed({ kind: "too_many_requests", retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
}
