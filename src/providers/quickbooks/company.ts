/** The company itself: its name, its home currency, and the date through which its books are closed. */
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import type { Access, BooksCompany } from "../contract";
import { read } from "./client";
import { companyAnswerSchema, preferencesAnswerSchema } from "./wire";

/** Name, currency and closing date, from two reads. */
export async function describe(access: Access): Promise<Result<BooksCompany>> {
  const [name, preferences] = await Promise.all([companyName(access), readPreferences(access)]);
  if (!name.ok) return name;
  if (!preferences.ok) return preferences;
  return ok({ name: name.value, ...preferences.value });
}

/** Also the proof that a grant is for this company: a token of another is refused. */
export async function companyName(access: Access): Promise<Result<string>> {
  const answer = await read(access, `companyinfo/${access.externalAccount}`, {}, companyAnswerSchema);
  return answer.ok ? ok(answer.value.CompanyInfo.CompanyName) : answer;
}

/** The currency that amounts without a currency are in. */
export async function homeCurrency(access: Access): Promise<Result<Currency>> {
  const preferences = await readPreferences(access);
  return preferences.ok ? ok(preferences.value.currency) : preferences;
}

/** Last date of the closed period, or null when the books are open. */
export async function closedThrough(access: Access): Promise<Result<BusinessDate | null>> {
  const preferences = await readPreferences(access);
  return preferences.ok ? ok(preferences.value.closedThrough) : preferences;
}

async function readPreferences(access: Access): Promise<Result<Omit<BooksCompany, "name">>> {
  const answer = await read(access, "preferences", {}, preferencesAnswerSchema);
  if (!answer.ok) return answer;
  const { AccountingInfoPrefs, CurrencyPrefs } = answer.value.Preferences;
  const stated = AccountingInfoPrefs.BookCloseDate ?? "";
  const closed = stated === "" ? null : parseBusinessDate(stated);
  if (stated !== "" && closed === null) {
    // Read as "open", a date that we cannot read would let entries into a closed period.
    return failed({ kind: "provider_unreadable", provider: "quickbooks", detail: "a closing date that is no date" });
  }
  return ok({ currency: CurrencyPrefs.HomeCurrency.value, closedThrough: closed });
}
