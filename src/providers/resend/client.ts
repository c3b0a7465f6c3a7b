/** Sends one letter by Resend. Sources: resend.com/docs, "Send Email", "Errors" and "Idempotency Keys". */
import { encodeBase64 } from "@oslojs/encoding";
import { z } from "zod";
import { assert } from "../../kernel/assert";
import type { ProviderFailure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { parseJson, providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming, Send } from "../send";
import { RESEND_ORIGIN } from "./manifest";

/** The headers that a letter of ours may carry besides its own: how a mail program offers to unsubscribe (RFC 2369, RFC 8058). */
export const MAIL_HEADERS = ["List-Unsubscribe", "List-Unsubscribe-Post"] as const;
export type MailHeaders = Readonly<Partial<Record<(typeof MAIL_HEADERS)[number], string>>>;

/** A letter as it goes out. `id` is the same for every attempt at the same letter; Resend remembers it for 24 hours. */
export type Mail = {
  readonly id: string;
  /** `Daybook <post@daybook.example>` */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  /** Where an answer goes, if not to `from`. */
  readonly replyTo?: string;
  readonly headers?: MailHeaders;
  /** What Resend's events about the letter name it by: letters, digits, `_` and `-` only. */
  readonly tags?: Readonly<Record<string, string>>;
};

/** What became of a letter: the id by which Resend's events name it; null where it was taken before, and which id it got is not known. */
export type SentMail = { readonly id: string | null };

const DEADLINE_MS = 15_000;
const MAX_BYTES = 65_536;

const accepted = z.object({ id: z.string() });
const refusal = z.object({ name: z.string(), message: z.string() });

/**
 * Hands the letter over. Sending it again with the same `id` sends no second one. `provider_busy` at a limit,
 * `provider_down` for 5xx and where no answer came, `provider_refused` for everything that trying again does not mend.
 */
export async function sendMail(send: Send, apiKey: string, mail: Mail): Promise<Result<SentMail, ProviderFailure>> {
  const sent = await send({
    method: "POST", url: `${RESEND_ORIGIN}/emails`, deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES, body: JSON.stringify(wireOf(mail)),
    headers: {
      "authorization": `Bearer ${apiKey}`, "accept": "application/json", "content-type": "application/json", "idempotency-key": mail.id,
      // Resend refuses a call that does not say who calls.
      "user-agent": "daybook/1",
    },
  });
  return sent.ok ? read(sent.value, apiKey) : sent;
}

function wireOf({ from, to, subject, text, html, attachments, replyTo, headers, tags }: Mail) {
  const files = attachments.map((file) => ({
    filename: file.name, content_type: file.type, content: encodeBase64(new TextEncoder().encode(file.text)),
  }));
  return {
    from, to: [to], subject, text, html, ...(files.length > 0 ? { attachments: files } : {}), ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(headers === undefined ? {} : { headers: checked(headers) }), ...(tags === undefined ? {} : { tags: Object.entries(tags).map(([name, value]) => ({ name, value })) }),
  };
}

/** A header ends at a line break, and what follows would be another: that is a bug of ours, and throws. */
function checked(headers: MailHeaders): MailHeaders {
  const known: readonly string[] = MAIL_HEADERS;
  for (const [name, value] of Object.entries(headers)) assert(known.includes(name) && /^[\x20-\x7e]{1,990}$/.test(value), `${name} is a header of ours, on one line`);
  return headers;
}

function read(incoming: Incoming, apiKey: string): Result<SentMail, ProviderFailure> {
  const { status, headers } = incoming;
  const body = parseJson(incoming.text);
  if (status >= 200 && status < 300) {
    const taken = accepted.safeParse(body);
    return taken.success ? ok({ id: taken.data.id }) : failed({ kind: "provider_unreadable", provider: "resend", detail: "no id of a letter" });
  }
  const { name, message } = refusal.safeParse(body).data ?? { name: "", message: "" };
  // The letter was taken before, under words that a later version of ours spells differently: it is sent.
  if (status === 409 && name === "invalid_idempotent_request") return ok({ id: null });
  if (status === 429 || status === 409) return failed({ kind: "provider_busy", provider: "resend", retryAfterSeconds: retryAfterSeconds(headers) });
  if (status >= 500) return failed({ kind: "provider_down", provider: "resend", detail: `status ${status}` });
  return failed({ kind: "provider_refused", provider: "resend", answer: providerAnswer({ status, code: name, message }, [apiKey]) });
}
