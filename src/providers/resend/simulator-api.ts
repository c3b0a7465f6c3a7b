/** `POST /emails`, checked as Resend's reference says that it checks. Errors are `{ statusCode, name, message }`. */
import { Hono } from "hono";
import { z } from "zod";
import { DAY } from "../../kernel/clock";
import { newId } from "../../kernel/ids";
import { tell } from "./simulator-events";
import type { SentLetter, Simulation } from "./simulator-state";

const MOST_RECIPIENTS = 50;
const LARGEST_BODY = 40 * 1024 * 1024;
const LETTERS_KEPT = 500;

/** `a@b.example` or `Name <a@b.example>`, on one line. */
const ADDRESS = /^(?:[^<>\r\n,;]* <)?([^\s<>@,;"]+@(?:[a-z0-9-]+\.)+[a-z]{2,})>?$/i;

const file = z.object({ filename: z.string().min(1), content: z.base64(), content_type: z.string().optional() });

/** Letters, digits, `_` and `-`: the reference's own words for names and values alike. */
const tagWord = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/);

const email = z.object({
  from: z.string(),
  to: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  subject: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
  attachments: z.array(file).optional(),
  reply_to: z.string().optional(),
  headers: z.record(z.string().regex(/^[\x21-\x39\x3b-\x7e]+$/), z.string().regex(/^[^\r\n]*$/)).optional(),
  tags: z.array(z.object({ name: tagWord, value: tagWord })).optional(),
});

type Refusal = { readonly status: 400 | 401 | 403 | 409 | 422; readonly name: string; readonly message: string };

/** The one route. */
export function apiRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.post("/emails", async (c) => {
    const stranger = objectionToCaller(simulation, c.req.raw.headers);
    if (stranger !== null) return refuse(stranger);
    const body = await c.req.text();
    const key = c.req.header("idempotency-key") ?? null;
    const repeated = key === null ? null : repeat(simulation, key, body);
    if (repeated !== null) return repeated;
    const read = readLetter(simulation, body);
    if ("status" in read) return refuse(read);
    const isSuppressed = read.to.every((to) => simulation.suppressed.has(to));
    const letter: SentLetter = { ...read, id: newId(simulation.random), at: simulation.clock(), idempotencyKey: key, isSuppressed };
    const answer = JSON.stringify({ id: letter.id });
    if (key !== null) simulation.remembered.set(key, { body, answer, at: letter.at });
    simulation.letters.push(letter);
    if (simulation.letters.length > LETTERS_KEPT) simulation.letters.shift();
    simulation.onLetter(letter);
    if (isSuppressed) tell(simulation, letter, "suppressed");
    return new Response(answer, { headers: { "content-type": "application/json" } });
  });
  return app;
}

function objectionToCaller({ apiKey }: Simulation, headers: Headers): Refusal | null {
  const authorization = headers.get("authorization");
  if (authorization === null) return { status: 401, name: "missing_api_key", message: "Missing API Key" };
  if (authorization !== `Bearer ${apiKey}`) return { status: 403, name: "invalid_api_key", message: "API key is invalid" };
  if ((headers.get("user-agent") ?? "") === "") return { status: 403, name: "validation_error", message: "A User-Agent header is required" };
  const key = headers.get("idempotency-key");
  if (key !== null && (key.length < 1 || key.length > 256)) {
    return { status: 400, name: "invalid_idempotency_key", message: "The key must be between 1-256 chars." };
  }
  return null;
}

/** The first answer again to the same body within 24 hours, and a conflict to another; null for a key that is new. */
function repeat({ remembered, clock }: Simulation, key: string, body: string): Response | null {
  const earlier = remembered.get(key);
  if (earlier === undefined || clock() - earlier.at >= DAY) return null;
  if (earlier.body === body) return new Response(earlier.answer, { headers: { "content-type": "application/json" } });
  return refuse({ status: 409, name: "invalid_idempotent_request", message: "Same idempotency key used with a different request payload." });
}

function readLetter({ domains }: Simulation, body: string): Omit<SentLetter, "id" | "at" | "idempotencyKey" | "isSuppressed"> | Refusal {
  if (body.length > LARGEST_BODY) return invalid("The email is larger than 40MB after Base64 encoding of the attachments.");
  const parsed = email.safeParse(jsonOf(body));
  if (!parsed.success) return { status: 422, name: "missing_required_field", message: z.prettifyError(parsed.error) };
  const { from, to, subject, text = "", html = "", attachments = [], reply_to: replyTo = null, headers = {}, tags = [] } = parsed.data;
  const sender = ADDRESS.exec(from)?.[1]?.toLowerCase();
  if (sender === undefined) return invalid("Invalid `from` field. Use `email@example.com` or `Name <email@example.com>`.");
  const domain = sender.slice(sender.indexOf("@") + 1);
  if (!domains.includes(domain)) return { status: 403, name: "validation_error", message: `The ${domain} domain is not verified.` };
  if (to.length < 1 || to.length > MOST_RECIPIENTS || !to.every((one) => ADDRESS.test(one))) return invalid("Invalid `to` field.");
  if (/[\r\n]/.test(subject)) return invalid("The `\\n` is not allowed in the `subject` field.");
  if (replyTo !== null && !ADDRESS.test(replyTo)) return invalid("Invalid `reply_to` field.");
  if (text === "" && html === "") return { status: 422, name: "missing_required_field", message: "Missing `html` or `text` field." };
  const files = attachments.map(({ filename, content, content_type: type }) => ({ name: filename, type: type ?? "", text: textOf(content) }));
  return { from, to, subject, text, html, attachments: files, replyTo, headers, tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])) };
}

function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema, as the vendor refuses a body that is no JSON
  }
}

function invalid(message: string): Refusal {
  return { status: 422, name: "validation_error", message };
}

/** An error in Resend's own form. */
export function refuse(
  { status, name, message }: { readonly status: number; readonly name: string; readonly message: string }, headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ statusCode: status, name, message }, { status, headers });
}
