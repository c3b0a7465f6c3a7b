/** Writing to the simulated books: idempotency keys, one or many things at once, and what is said of each. */
import type { Context } from "hono";
import type { Result } from "../../kernel/result";
import { parseJson } from "../oauth";
import { shownAccount } from "./simulator-accounts";
import { answer, bodyOf, envelope, except, isFields, refuse, type Env, type Fields, type Simulation } from "./simulator-core";
import { changedJournal, draftJournal, shownJournal, type Writing } from "./simulator-journals";
import type { Journal, StoredAccount } from "./simulator-state";

const LONGEST_KEY = 128;

/** What became of one thing of a request: it as it would be shown and how it is kept, or what was sent and why not. */
type Outcome =
  | { readonly isFine: true; readonly shown: Fields; readonly keep: () => void }
  | { readonly isFine: false; readonly sent: Fields; readonly reasons: readonly string[] };

/** Journals: PUT creates whatever it is given, POST changes those that have an id. */
export async function writeJournals(context: Context<Env>, simulation: Simulation, method: "PUT" | "POST", pathId: string | null): Promise<Response> {
  const writing: Writing = { simulation, organisation: context.var.organisation };
  return await write(context, simulation, "ManualJournals", (body) => {
    const id = pathId ?? (typeof body["ManualJournalID"] === "string" ? body["ManualJournalID"].toLowerCase() : null);
    const known = method === "POST" && id !== null ? simulation.state.journals(writing.organisation.id).get(id) : undefined;
    if (method === "POST" && id !== null && known === undefined) return { isFine: false, sent: body, reasons: ["The ManualJournalID does not exist."] };
    const made: Result<Journal, string[]> = known === undefined ? draftJournal(body, writing) : changedJournal(known, body, writing);
    if (!made.ok) return { isFine: false, sent: body, reasons: made.failure };
    return { isFine: true, shown: shownJournal(made.value), keep: () => simulation.state.putJournal(made.value) };
  });
}

/** Accounts, created one or many at once. */
export async function writeAccounts(
  context: Context<Env>, simulation: Simulation, draft: (body: Fields, writing: Writing) => Result<StoredAccount, string[]>,
): Promise<Response> {
  const writing: Writing = { simulation, organisation: context.var.organisation };
  return await write(context, simulation, "Accounts", (body) => {
    const made = draft(body, writing);
    if (!made.ok) return { isFine: false, sent: body, reasons: made.failure };
    return { isFine: true, shown: shownAccount(made.value), keep: () => simulation.state.putAccount(made.value) };
  });
}

async function write(context: Context<Env>, simulation: Simulation, name: "ManualJournals" | "Accounts", perform: (body: Fields) => Outcome): Promise<Response> {
  const text = await bodyOf(context);
  const key = context.req.header("idempotency-key") ?? null;
  if (key !== null && (key === "" || key.length > LONGEST_KEY)) return refuse(context, simulation, 400, "BadRequest", "The Idempotency-Key is not 1 to 128 characters long.");
  const request = `${context.req.method} ${context.req.path} ${text}`;
  const before = key === null ? undefined : simulation.state.answered(context.var.organisation.id, key);
  if (before !== undefined && before.request !== request) return refuse(context, simulation, 400, "BadRequest", "The Idempotency-Key was used with another request.");
  if (before !== undefined) return answer(context, JSON.parse(before.answer) as Fields);
  const items = itemsOf(parseJson(text), name);
  if (items === null) return except(context, 14, "PostDataInvalidException", "Invalid Json data");
  const outcomes = items.map(perform);
  const isSummarized = (context.req.query("summarizeErrors") ?? "true").toLowerCase() !== "false";
  if (isSummarized && outcomes.some(({ isFine }) => !isFine)) {
    return except(context, 10, "ValidationException", "A validation exception occurred", outcomes.map((one) => shownOutcome(one, false)));
  }
  for (const outcome of outcomes) if (outcome.isFine) outcome.keep();
  const body = envelope(simulation, { [name]: outcomes.map((one) => shownOutcome(one, !isSummarized)) });
  // Only what was done is remembered: what was refused may be tried again under the same key.
  if (key !== null && outcomes.every(({ isFine }) => isFine)) {
    simulation.state.putAnswered({ tenant: context.var.organisation.id, key, request, answer: JSON.stringify(body) });
  }
  return answer(context, body);
}

/** A list under its name, or one thing by itself; null for anything else. */
function itemsOf(body: unknown, name: string): Fields[] | null {
  if (!isFields(body)) return null;
  const list = body[name];
  if (list === undefined) return [body];
  return Array.isArray(list) && list.length > 0 && list.every(isFields) ? list : null;
}

function shownOutcome(outcome: Outcome, isEach: boolean): Fields {
  if (outcome.isFine) return isEach ? { ...outcome.shown, StatusAttributeString: "OK" } : outcome.shown;
  const errors = outcome.reasons.map((Message) => ({ Message }));
  return { ...outcome.sent, ...(isEach ? { StatusAttributeString: "ERROR" } : {}), ValidationErrors: errors };
}
