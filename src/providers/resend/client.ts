/** Sends one letter by Resend. Sources: resend.com/docs, "Send Email", "Errors" and "Idempotency Keys". */
import { encodeBase64 } from "@oslojs/encoding";
import { z } from "zod";
import type { ProviderFailure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { parseJson, providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming, Send } from "../send";
import { RESEND_ORIGIN } from "./manifest";

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
};

const DEADLINE_MS = 15_000;
const MAX_BYTES = 65_536;

const accepted = z.object({ id: z.string() });
const refusal = z.object({ name: z.string(), message: z.string() });

/**
 * Hands the letter over. Sending it again with the same `id` sends no second one. `provider_busy` at a limit,
 * `provider_down` for 5xx and where no answer came, `provider_refused` for everything that trying again does not mend.
 */
export async function sendMail(send: Send, apiKey: string, mail: Mail): Promise<Result<void, ProviderFailure>> {
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

function wireOf({ from, to, subject, text, html, attachments }: Mail) {
  const files = attachments.map((file) => ({
    filename: file.name, content_type: file.type, content: encodeBase64(new TextEncoder().encode(file.text)),
  }));
  return { from, to: [to], subject, text, html, ...(files.length > 0 ? { attachments: files } : {}) };
}

function read(incoming: Incoming, apiKey: string): Result<void, ProviderFailure> {
  const { status, headers } = incoming;
  const body = parseJson(incoming.text);
  if (status >= 200 && status < 300) {
    return accepted.safeParse(body).success ? ok(undefined) : failed({ kind: "provider_unreadable", provider: "resend", detail: "no id of a letter" });
  }
  const { name, message } = refusal.safeParse(body).data ?? { name: "", message: "" };
  // The letter was taken before, under words that a later version of ours spells differently: it is sent.
  if (status === 409 && name === "invalid_idempotent_request") return ok(undefined);
  if (status === 429 || status === 409) return failed({ kind: "provider_busy", provider: "resend", retryAfterSeconds: retryAfterSeconds(headers) });
  if (status >= 500) return failed({ kind: "provider_down", provider: "resend", detail: `status ${status}` });
  return failed({ kind: "provider_refused", provider: "resend", answer: providerAnswer({ status, code: name, message }, [apiKey]) });
}
