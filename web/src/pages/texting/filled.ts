/** What is typed about the shop's number: read, checked, and put together for the server. */
import type { LineChange, LineView } from "../../../../src/features/text-line/contract";
import type { FormProblem, Values } from "../../ui/form";
import { formWords as words } from "./words";

const MICROS = 1_000_000;
const SECRET = /^[!-~]{16,128}$/;
const sidOf = (prefix: string) => new RegExp(`^${prefix}[0-9a-f]{32}$`);

/** "0.0083" → 8300 millionths of a dollar; null for what is no price of a segment. */
export function microsOf(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,3}(?:\.\d{1,6})?$/.test(text)) return null;
  const micros = Math.round(Number(text) * MICROS);
  return micros > MICROS ? null : micros;
}

/** 8300 → "0.0083", as it is typed. */
export function dollarsOf(micros: number): string {
  return String(Number((micros / MICROS).toFixed(6)));
}

/** What an answer to HELP reads like, in the server's own words. `origin`: of the shop, where its form for stops is. */
export function helpAnswer({ displayName, helpContact }: Pick<LineView, "displayName" | "helpContact">, origin: string): string {
  return `${displayName}: For help, contact ${helpContact}. Message and data rates may apply. Reply STOP to get no more messages, or say so at ${origin}/stop`;
}

/** The form's fields, once each. */
export type Filled = Readonly<Record<"sid" | "credentials" | "keySid" | "secret" | "number" | "serviceSid" | "displayName" | "helpContact" | "perMinute" | "segmentMicros", string>>;

/** Each field as it was typed, without blanks around it. */
export function filledBy(value: Values): Filled {
  const read = (field: keyof Filled) => value(field).trim();
  return {
    sid: read("sid"), credentials: read("credentials"), keySid: read("keySid"), secret: read("secret"), number: read("number"), serviceSid: read("serviceSid"),
    displayName: read("displayName"), helpContact: read("helpContact"), perMinute: read("perMinute"), segmentMicros: read("segmentMicros"),
  };
}

/** What is wrong with it; `keptSid`: of the account whose secrets are saved already. */
export function problemsOf(filled: Filled, keptSid: string | null): FormProblem[] {
  const wrong = (isWrong: boolean, field: keyof Filled, text: string) => (isWrong ? [{ field, text }] : []);
  const isKept = filled.credentials === "" && filled.sid === keptSid;
  const hasKey = filled.keySid !== "" || filled.secret !== "";
  const perMinute = Number(filled.perMinute);
  return [
    ...wrong(!sidOf("AC").test(filled.sid), "sid", words.noSid),
    ...(isKept ? wrong(hasKey, "credentials", words.tokenWithKey) : wrong(!SECRET.test(filled.credentials), "credentials", words.noToken)),
    ...wrong(hasKey && !sidOf("SK").test(filled.keySid), "keySid", words.badKey), ...wrong(hasKey && !SECRET.test(filled.secret), "secret", words.noKeySecret),
    ...wrong(filled.number === "", "number", words.noNumber), ...wrong(filled.serviceSid !== "" && !sidOf("MG").test(filled.serviceSid), "serviceSid", words.badService),
    ...wrong(filled.displayName === "", "displayName", words.noName), ...wrong(filled.helpContact === "", "helpContact", words.noHelp),
    ...wrong(!/^\d{1,4}$/.test(filled.perMinute) || perMinute < 1 || perMinute > 6_000, "perMinute", words.badPace),
    ...wrong(microsOf(filled.segmentMicros) === null, "segmentMicros", words.badPrice),
  ];
}

/** What the server is sent. Without a token those that are kept go on to hold. */
export function changeOf(filled: Filled, version: number): LineChange {
  const { sid, credentials: authToken, keySid, secret, number, serviceSid, displayName, helpContact } = filled;
  const credentials = authToken === "" ? null : { authToken, apiKey: keySid === "" ? null : { sid: keySid, secret } };
  return {
    account: { kind: "own", sid, credentials }, number, serviceSid: serviceSid === "" ? null : serviceSid, displayName, helpContact,
    perMinute: Number(filled.perMinute), segmentMicros: microsOf(filled.segmentMicros) ?? 0, version,
  };
}

/** A new line's fields, or those of one that is there; secrets never. */
export function filledFrom(line: LineView | null, shopName: string): Filled {
  return {
    sid: line?.account?.sid ?? "", credentials: "", keySid: "", secret: "", number: line?.number ?? "", serviceSid: line?.serviceSid ?? "",
    displayName: line?.displayName ?? shopName, helpContact: line?.helpContact ?? "", perMinute: String(line?.perMinute ?? 60), segmentMicros: dollarsOf(line?.segmentMicros ?? 8_300),
  };
}
