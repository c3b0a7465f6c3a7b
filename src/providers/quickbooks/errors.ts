/**
 * What QuickBooks Online refuses, and what can be done about it: one table from its error codes to our failures.
 * Prose is consulted for two codes only, 610 and 6210, which Intuit uses for two things each and tells apart in its
 * documented messages alone.
 */
import type { Failure, ProviderAnswer } from "../../kernel/failure";
import { capitalFaultSchema, lowerFaultSchema } from "./wire";

/** A fault of either spelling; `detail` is empty where there is none. */
export type Fault = { readonly code: string; readonly message: string; readonly detail: string; readonly type: string };

/** What the refused call was about. `isWrite`: an uncertain refusal must then be looked up, not repeated. */
export type Subject = { readonly isWrite: boolean; readonly documentNumber: string };

/** The first fault of an answer's body, or null where the body holds none. An HTTP status of 200 proves nothing. */
export function readFault(body: unknown): Fault | null {
  const capital = capitalFaultSchema.safeParse(body);
  if (capital.success) {
    const [first] = capital.data.Fault.Error;
    return first === undefined ? null : faultOf(first.code, first.Message, first.Detail, capital.data.Fault.type);
  }
  const lower = lowerFaultSchema.safeParse(body);
  if (!lower.success) return null;
  const [first] = lower.data.fault.error;
  return first === undefined ? null : faultOf(first.code, first.message, first.detail, lower.data.fault.type);
}

function faultOf(code: string, message: string, detail: string | null | undefined, type: string): Fault {
  return { code, message, detail: detail ?? "", type };
}

const provider = "quickbooks";

/** `answer` is the cleaned form that may be shown; the fault itself is for deciding only. */
type Rule = (answer: ProviderAnswer, subject: Subject, fault: Fault) => Failure;

const refused: Rule = (answer) => ({ kind: "provider_refused", provider, answer });
const grantIsDead: Rule = (answer) => ({ kind: "reconnect_needed", provider, answer });
const notNow: Rule = (answer) => ({ kind: "provider_down", provider, detail: detailOf(answer) });
const doneBefore: Rule = (answer) => ({ kind: "answer_lost", provider, detail: detailOf(answer) });
const periodClosed: Rule = (answer) => ({ kind: "period_closed", closedThrough: null, answer });
const numberTaken: Rule = (answer, { documentNumber }) => ({ kind: "duplicate_number", documentNumber, answer });
const accountUnknown: Rule = (answer) => ({ kind: "account_unknown", accountIds: [], answer });
const accountInactive: Rule = (answer) => ({ kind: "account_inactive", accountIds: [], answer });
const lapsed: Rule = (answer) => ({ kind: "subscription_lapsed", provider, answer });
const nameTaken: Rule = (answer) => ({ kind: "conflict", message: answer.message });

/** Its own machinery failed, perhaps after writing. */
const systemFailed: Rule = (answer, subject, fault) => {
  return subject.isWrite ? doneBefore(answer, subject, fault) : notNow(answer, subject, fault);
};

/** 610 is "not found" and, with another detail, "made inactive" (Intuit, error codes); in a write it means a reference. */
const notFoundOrInactive: Rule = (answer, subject, fault) => {
  if (/has been made inactive/i.test(fault.detail)) return accountInactive(answer, subject, fault);
  return subject.isWrite ? accountUnknown(answer, subject, fault) : { kind: "not_found" };
};

/** 6210 is the closed period; an Intuit list of 2017 gives it to duplicate numbers. */
const closedOrDuplicate: Rule = (answer, subject, fault) => {
  const words = `${fault.message} ${fault.detail}`;
  if (/duplicate document number/i.test(words)) return numberTaken(answer, subject, fault);
  return /period (has )?closed/i.test(words) ? periodClosed(answer, subject, fault) : refused(answer, subject, fault);
};

const RULES: Readonly<Record<string, Rule>> = {
  "100": grantIsDead, // the token is not for this company
  "120": grantIsDead, // the user who connected was removed
  "130": notNow, // wrong cluster
  "150": notNow, // the company is under maintenance
  "600": doneBefore, // this request id was used; what became of it is not said
  "610": notFoundOrInactive,
  "2500": accountUnknown,
  "3100": grantIsDead, // the app was disconnected
  "5020": grantIsDead, // the user who connected lost the right
  "6140": numberTaken,
  "6190": lapsed,
  "6200": periodClosed,
  "6210": closedOrDuplicate,
  "6240": nameTaken,
  "10000": systemFailed,
  "10200": systemFailed,
};

/**
 * The failure that a fault means. A code without a rule is `provider_refused` with the answer, unless the answer is a
 * 5xx or says SystemFault: then nothing is certain. A 401 is `provider_refused` whatever its code: the access token may
 * merely be old, and only a refresh can tell whether the grant is dead.
 */
export function failureOf(fault: Fault, answer: ProviderAnswer, subject: Subject): Failure {
  if (answer.status === 401) return refused(answer, subject, fault);
  const rule = Object.hasOwn(RULES, fault.code) ? RULES[fault.code] : undefined;
  if (rule !== undefined) return rule(answer, subject, fault);
  const isUncertain = answer.status >= 500 || fault.type === "SystemFault";
  return isUncertain ? systemFailed(answer, subject, fault) : refused(answer, subject, fault);
}

function detailOf(answer: ProviderAnswer): string {
  const reference = answer.reference === undefined ? "" : ` (intuit_tid ${answer.reference})`;
  return `${answer.code}: ${answer.message}${reference}`;
}
