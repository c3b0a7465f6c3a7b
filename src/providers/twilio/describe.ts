/** What a shop's account at Twilio is and may do. Sources: twilio.com/docs, "IncomingPhoneNumber resource", "A2P 10DLC". */
import { ok, type Result } from "../../kernel/result";
import type { Send } from "../send";
import { addressOf, get, type TextAccount } from "./account";
import { MESSAGING_ORIGIN } from "./manifest";
import { account as accountSchema, compliance, numbers, pool } from "./wire";

/** What the carriers know of who texts from a number. `unknown`: nothing was told to them, or nobody can be asked. */
export type Registration = "not_needed" | "unknown" | "pending" | "approved" | "refused";

export type LineFacts = {
  readonly accountName: string;
  /** The number is the account's, can text, and is one of the service's where one is named. */
  readonly numberFound: boolean;
  readonly registration: Registration;
};

/** Area codes of numbers that are free to call: the carriers know those by another register. */
const TOLL_FREE = /^\+18(?:00|33|44|55|66|77|88)/;

const CAMPAIGN_STATES: ReadonlyMap<string, Registration> = new Map<string, Registration>([
  ["PENDING", "pending"], ["IN_PROGRESS", "pending"], ["VERIFIED", "approved"], ["FAILED", "refused"], ["SUSPENDED", "refused"],
]);

/**
 * Looks at an account, by its own token and, where there is one, its key: both are proved. Failures as for reading; a
 * Messaging Service that the account does not have is `provider_refused` with 20404.
 */
export async function describeLine(
  send: Send, account: TextAccount, line: { readonly number: string; readonly serviceSid: string | null },
): Promise<Result<LineFacts>> {
  // A standard API key may not look at accounts; and the token, which signs what comes in, is proved by this.
  const named = await get(send, { ...account, apiKey: null }, addressOf(account, ".json"), accountSchema);
  if (!named.ok) return named;
  const owned = await get(send, account, addressOf(account, "/IncomingPhoneNumbers.json"), numbers, [["PhoneNumber", line.number]]);
  if (!owned.ok) return owned;
  const own = owned.value.incoming_phone_numbers.find(({ phone_number: number }) => number === line.number);
  const canText = own !== undefined && own.capabilities.sms === true;
  const service = line.serviceSid === null ? ok(null) : await serviceOf(send, account, line.serviceSid);
  if (!service.ok) return service;
  const numberFound = canText && (service.value === null || service.value.numbers.includes(line.number));
  return ok({ accountName: named.value.friendly_name, numberFound, registration: registrationOf(line.number, service.value?.campaigns ?? []) });
}

type Service = { readonly numbers: readonly string[]; readonly campaigns: readonly string[] };

async function serviceOf(send: Send, account: TextAccount, sid: string): Promise<Result<Service>> {
  const base = `${MESSAGING_ORIGIN}/v1/Services/${encodeURIComponent(sid)}`;
  const senders = await get(send, account, `${base}/PhoneNumbers`, pool, [["PageSize", "400"]]);
  if (!senders.ok) return senders;
  const campaigns = await get(send, account, `${base}/Compliance/Usa2p`, compliance);
  if (!campaigns.ok) return campaigns;
  return ok({
    numbers: senders.value.phone_numbers.map(({ phone_number: number }) => number),
    campaigns: campaigns.value.compliance.map(({ campaign_status: state }) => state ?? ""),
  });
}

/** 10DLC is asked of ordinary numbers in North America alone. The best of several campaigns counts. */
function registrationOf(number: string, campaigns: readonly string[]): Registration {
  if (!number.startsWith("+1")) return "not_needed";
  if (TOLL_FREE.test(number)) return "unknown";
  const known = campaigns.map((state) => CAMPAIGN_STATES.get(state) ?? "unknown");
  return (["approved", "pending", "refused"] as const).find((state) => known.includes(state)) ?? "unknown";
}
