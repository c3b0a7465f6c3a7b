/**
 * Letters in tests. Every world of `createTestWorld()` has a simulated Resend at the end of its way out:
 * `await lettersTo(world, "ada@example.com")` sends what waits in the outbox, as the mail queue does, and answers the
 * letters to that address, the oldest first; `linkIn` and `codeIn` read what a person would click or type.
 */
import { env } from "cloudflare:workers";
import { createJobs } from "../../src/jobs";
import { systemRandom, type Clock } from "../../src/kernel/clock";
import type { Bindings } from "../../src/platform/env";
import type { World } from "../../src/platform/world";
import { createResendSimulator, type ResendSimulator, type SentLetter } from "../../src/providers/resend/simulator";
import type { Transport } from "../../src/providers/send";
import { deliverOne } from "./queue";

/** What the tests' environments say to Resend, as the demo's does. */
export const MAIL_KEY = "re_daybook_demo";
export const MAIL_DOMAIN = "daybook.example";
/** Where and how Resend tells of letters: as the tests' environments expect it. */
export const MAIL_HOOK = { url: "http://localhost:8787/hooks/resend", secrets: ["whsec_ZGVtby1vZi1kYXlib29rLW1haWw="] };

export type TestMail = Pick<ResendSimulator, "control"> & {
  /** Leads to the post, and throws for any other host. */
  readonly transport: Transport;
};

/** A post office on the test's clock. */
export function openMail(clock: Clock): TestMail {
  const { app, control } = createResendSimulator({ clock, random: systemRandom, apiKey: MAIL_KEY, domains: [MAIL_DOMAIN], hook: MAIL_HOOK, wait: () => Promise.resolve() });
  const transport: Transport = async (request) => {
    const { host } = new URL(request.url);
    if (host !== "api.resend.com") throw new Error(`a test would have called ${host}`);
    return await app.fetch(request);
  };
  return { control, transport };
}

/** Sends what waits in the outbox, then answers every letter that ever went to an address. */
export async function lettersTo(world: World & { readonly mail: TestMail }, email: string, bindings: Bindings = env): Promise<readonly SentLetter[]> {
  const { results } = await bindings.DIRECTORY.prepare("SELECT id FROM letter WHERE state = 'waiting' ORDER BY created_at").all<{ id: string }>();
  const { queue } = createJobs(world);
  for (const { id } of results) {
    const waiting = { id, body: { kind: "send-letter", payload: { letterId: id } }, dueAt: 0, attempts: 1 };
    await deliverOne(waiting, "daybook-mail", { consume: queue, env: bindings, again: () => {} });
  }
  return world.mail.control.letters(email);
}

/** The address behind a letter's button. */
export function linkIn(letter: SentLetter): string {
  const link = /^https?:\/\/\S+$/m.exec(letter.text)?.[0];
  if (link === undefined) throw new Error(`there is no link in "${letter.subject}"`);
  return link;
}

/** The six digits in a letter. */
export function codeIn(letter: SentLetter): string {
  const code = /^\d{6}$/m.exec(letter.text)?.[0];
  if (code === undefined) throw new Error(`there is no code in "${letter.subject}"`);
  return code;
}
