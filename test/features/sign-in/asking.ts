/** What the tests of letters share: asking for one, reading it, and showing what it holds. */
import { env } from "cloudflare:workers";
import type { Bindings } from "../../../src/platform/env";
import type { SentLetter } from "../../../src/providers/resend/simulator";
import { originOf, type Browser, type TestWorld } from "../../support/app";
import { lettersTo, linkIn } from "../../support/mail";

export const auth = originOf("auth");

export type Reply = { readonly status: number; readonly body: { readonly next?: string; readonly email?: string; readonly error?: { readonly kind: string; readonly title: string; readonly next: string } } };

/** Posts to the API of `auth.` as its own page does. */
export async function post(browser: Browser, path: string, body: unknown, method = "POST"): Promise<Reply> {
  const response = await browser.api(method, `${auth}/api${path}`, { body });
  return { status: response.status, body: await response.json<Reply["body"]>() };
}

/** The newest letter to an address that proves something, or, where none does, the newest of all. */
export async function letterTo(world: TestWorld, email: string): Promise<SentLetter> {
  const letters = await lettersTo(world, email.toLowerCase());
  const letter = letters.findLast(({ text }) => text.includes("/link#")) ?? letters.at(-1);
  if (letter === undefined) throw new Error(`no letter went to ${email}`);
  return letter;
}

/** What the page behind a letter's link sends as proof. */
export function tokenIn(letter: SentLetter): string {
  const [, token] = /#[a-z_]+\.(.+)$/.exec(linkIn(letter)) ?? [];
  if (token === undefined) throw new Error(`"${letter.subject}" proves nothing`);
  return token;
}

/** Who a browser is signed in as at `auth.`, or null. */
export async function whoIs(browser: Browser): Promise<string | null> {
  const response = await browser.api("GET", `${auth}/api/me`);
  return response.status === 200 ? (await response.json<{ email: string }>()).email : null;
}

/** How many rows a table of the directory has. */
export async function rowsOf(table: "session" | "mail_proof" | "person" | "letter" | "credential" | "passkey"): Promise<number> {
  return (await env.DIRECTORY.prepare(`SELECT count(*) AS count FROM ${table}`).first<number>("count")) ?? 0;
}

/** The bindings, and every statement that is made for the directory from now on. */
export function watchedBindings(): { readonly bindings: Bindings; readonly statements: string[] } {
  const statements: string[] = [];
  const DIRECTORY = {
    prepare: (sql: string) => {
      statements.push(sql);
      return env.DIRECTORY.prepare(sql);
    },
    batch: async (batch: D1PreparedStatement[]) => await env.DIRECTORY.batch(batch),
  } as unknown as D1Database;
  return { bindings: { ...env, DIRECTORY }, statements };
}
