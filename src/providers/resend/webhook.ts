/**
 * What Resend tells of letters by itself, signed by Svix's rules (resend.com/docs/dashboard/webhooks/verify-webhooks-requests,
 * standardwebhooks.com): HMAC-SHA256 in base64 over `<id>.<timestamp>.<bytes of the body>`, several signatures while a
 * secret is being changed, and not older or newer than five minutes.
 */
import { z } from "zod";
import { MINUTE, SECOND } from "../../kernel/clock";
import type { HookMessage } from "../contract";
import { bytesOf, decoded, isSigned, jsonOf } from "../signature";

/** What became of a letter, as far as it matters here; `emailId` is what `post.send` answered. */
export type MailEvent =
  | {
    /** It came back for good, or its reader called it spam; Resend itself sends nothing more to them. */
    readonly kind: "gone_wrong";
    readonly why: "bounce" | "complaint";
    /** Resend's word for what happened: only what was called spam has arrived. */
    readonly type: "email.bounced" | "email.complained" | "email.suppressed";
    readonly emailId: string;
    /** Whose addresses these were: as they were given at sending. */
    readonly to: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  }
  | { readonly kind: "delivered"; readonly emailId: string; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: "other" };

const TOLERANCE_MS = 5 * MINUTE;

const letter = { email_id: z.string().min(1).max(100), to: z.array(z.string()).max(100), tags: z.record(z.string(), z.string()).default({}) };
const event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("email.delivered"), data: z.object(letter) }),
  z.object({ type: z.literal("email.bounced"), data: z.object({ ...letter, bounce: z.object({ type: z.string() }) }) }),
  z.object({ type: z.literal("email.complained"), data: z.object(letter) }),
  z.object({ type: z.literal("email.suppressed"), data: z.object({ ...letter, suppressed: z.object({ reason: z.string() }) }) }),
]);

/** Reads a message that arrived at `now`; null when Resend did not send it, or not now. One that is genuine and of no interest is `other`. */
export async function readMailHook({ headers, body }: HookMessage, secret: string, now: number): Promise<MailEvent | null> {
  const [id, timestamp, signatures] = [headers.get("svix-id") ?? "", headers.get("svix-timestamp") ?? "", headers.get("svix-signature") ?? ""];
  if (id === "" || !/^\d{1,12}$/.test(timestamp) || Math.abs(Math.floor(now / SECOND) * SECOND - Number(timestamp) * SECOND) > TOLERANCE_MS) return null;
  const key = decoded(secret.replace(/^whsec_/, ""));
  const signed = [bytesOf(`${id}.${timestamp}.`), body];
  const given = signatures.split(" ").filter((one) => one.startsWith("v1,")).slice(0, MOST_SIGNATURES);
  const matches = key === null ? [] : await Promise.all(given.map(async (one) => await isSigned(signed, one.slice("v1,".length), key)));
  return matches.includes(true) ? eventOf(jsonOf(body)) : null;
}

/** Two while a secret is being changed. */
const MOST_SIGNATURES = 10;

function eventOf(json: unknown): MailEvent {
  const parsed = event.safeParse(json);
  if (!parsed.success) return { kind: "other" };
  const told = parsed.data;
  const { email_id: emailId, to, tags } = told.data;
  const gone = { kind: "gone_wrong", emailId, to, tags } as const;
  switch (told.type) {
    case "email.delivered": return { kind: "delivered", emailId, tags };
    // A full mailbox, or a server that is away, says nothing of its reader's wishes and may be another tomorrow.
    case "email.bounced": return told.data.bounce.type === "Permanent" ? { ...gone, type: told.type, why: "bounce" } : { kind: "other" };
    case "email.complained": return { ...gone, type: told.type, why: "complaint" };
    case "email.suppressed": return { ...gone, type: told.type, why: told.data.suppressed.reason === "previous_complaint" ? "complaint" : "bounce" };
  }
}
