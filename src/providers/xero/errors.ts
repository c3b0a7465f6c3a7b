/**
 * What Xero refuses, and what can be done about it. Its accounting answers every refusal with the one error number of a
 * ValidationException and a sentence; sentences are shown and never read: `explain.ts` asks the books themselves.
 */
import { MINUTE, SECOND } from "../../kernel/clock";
import type { Failure } from "../../kernel/failure";
import { providerAnswer, retryAfterSeconds } from "../oauth";
import type { Incoming } from "../send";
import { exceptionSchema, gatewayProblemSchema, itemsSchema } from "./wire";

const provider = "xero";

/** Xero always says when to come back; should it not, its shortest window has passed by then. */
const THROTTLE_SECONDS = MINUTE / SECOND;

export type Subject = {
  /** An uncertain refusal must then be looked up, not repeated. */
  readonly isWrite: boolean;
  /** What must not come back in a failure. */
  readonly secrets: readonly string[];
};

/** The failure that an answer means, or null for a success. */
export function failureOf(incoming: Incoming, body: unknown, { isWrite, secrets }: Subject): Failure | null {
  const { status } = incoming;
  if (status === 200) return null;
  if (status === 429) return { kind: "provider_busy", provider, retryAfterSeconds: retryAfterSeconds(incoming.headers) ?? THROTTLE_SECONDS };
  const exception = exceptionSchema.safeParse(body);
  const problem = gatewayProblemSchema.safeParse(body);
  // The gateway's own 503: the organisation is offline, and the call never reached it.
  if (status === 503 && problem.success) return { kind: "provider_down", provider, detail: `${problem.data.Title}: ${problem.data.Detail ?? ""}` };
  if (status >= 500) return uncertain(isWrite, `status ${status}`);
  if (status === 404 && !isWrite) return { kind: "not_found" };
  const shown = exception.success ? exceptionShown(exception.data) : problem.success ? problemShown(problem.data) : { code: String(status), message: "" };
  const answer = providerAnswer({ status, ...shown }, secrets);
  // The token lives and the organisation is not among those that it opens: a person disconnected it at Xero.
  if (status === 403) return { kind: "reconnect_needed", provider, answer };
  // A 401 may merely mean an old access token: only a refresh can tell whether the grant is dead.
  const isSaid = exception.success || problem.success || status === 401;
  return isSaid ? { kind: "provider_refused", provider, answer } : uncertain(isWrite, `status ${status} without a readable answer`);
}

/** Status 200 proves nothing: each thing that was to be created says for itself whether it was. */
export function itemProblems(body: unknown, secrets: readonly string[]): Failure | null {
  const items = itemsSchema.safeParse(body);
  const problems = items.success ? items.data.flatMap(({ ValidationErrors }) => ValidationErrors ?? []) : [];
  const isError = items.success && items.data.some(({ StatusAttributeString }) => StatusAttributeString === "ERROR");
  if (!isError && problems.length === 0) return null;
  const message = problems.map(({ Message }) => Message).join(" ");
  return { kind: "provider_refused", provider, answer: providerAnswer({ status: 200, code: "ValidationException", message }, secrets) };
}

type Shown = { readonly code: string; readonly message: string; readonly reference?: string };

function exceptionShown({ ErrorNumber, Type, Message, Elements }: ReturnType<typeof exceptionSchema.parse>): Shown {
  const reasons = (Elements ?? []).flatMap(({ ValidationErrors }) => ValidationErrors ?? []).map((reason) => reason.Message);
  return { code: Type === "" ? String(ErrorNumber) : Type, message: reasons.length === 0 ? Message : reasons.join(" ") };
}

function problemShown({ Title, Detail, Instance }: ReturnType<typeof gatewayProblemSchema.parse>): Shown {
  return { code: Title, message: Detail ?? "", ...(typeof Instance === "string" ? { reference: Instance } : {}) };
}

function uncertain(isWrite: boolean, detail: string): Failure {
  return { kind: isWrite ? "answer_lost" : "provider_down", provider, detail };
}
