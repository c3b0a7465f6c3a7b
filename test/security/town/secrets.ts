/** Everything that must stay nowhere: what the simulators issued and sold, and what the app itself gave as proof. */
import { PASSPHRASE } from "./links";
import { PASSWORD, SECRETS } from "./plan";
import { TEXT_ACCOUNT } from "../../support/texting";
import { textsIn } from "./evidence";
import type { Town } from "./town";

export type Secrets = { readonly words: Readonly<Record<string, ReadonlySet<string>>>; readonly cardDigits: ReadonlySet<string> };

/** Fields of a sale, a payment, a refund, a drawer or a gift card that name it or a person. */
const SALE_IDS = ["id", "order_id", "source_order_id", "payment_id", "transaction_id", "tender_id", "source_tender_id", "customer_id", "reference_id", "fingerprint", "gift_card_id", "gift_card_gan"];
const SALE_NAMES = ["ticket_name", "cardholder_name", "note", "description"];
const SALES = [
  "orders", "order", "refunds", "refund", "payments", "payment", "tenders", "cash_drawer_shifts", "cash_drawer_shift_events", "gift_card_activities",
];
const TOKENS = ["access_token", "refresh_token", "id_token"];

/** Shorter ones would be found in every text by chance; the simulators make none. */
const SHORTEST = 6;

/** Collects the secrets of a whole run from what went over the wires, not from what anybody says was issued. */
export function secretsOf(town: Town): Secrets {
  const found = { tokens: new Set<string>(), codes: new Set<string>(), sales: new Set<string>(), people: new Set<string>() };
  const cardDigits = new Set<string>();
  for (const answer of town.answers) {
    for (const code of codesIn(answer)) found.codes.add(code);
    walk(jsonOf(answer), false, (key, value, isSale) => {
      if (TOKENS.includes(key)) found.tokens.add(value);
      if (isSale && SALE_IDS.includes(key)) found.sales.add(value);
      if (isSale && SALE_NAMES.includes(key)) found.people.add(value);
      if (key === "last_4") cardDigits.add(value);
    });
  }
  for (const issued of town.quickbooks.control.issuedSecrets()) found.tokens.add(issued);
  const { tokens, grants, codes } = town.square.control.snapshot();
  for (const issued of [...Object.keys(tokens), ...Object.keys(grants), ...Object.keys(codes)]) found.tokens.add(issued);
  const words = { ...found, proofs: proofsOf(town), ours: new Set([PASSWORD, PASSPHRASE, TEXT_ACCOUNT.authToken, ...Object.values(SECRETS), town.env.MASTER_KEYS, town.env.PASSWORD_PEPPER]) };
  for (const values of Object.values(words)) for (const value of values) if (value.length < SHORTEST) values.delete(value);
  return { words, cardDigits };
}

/** What the app gave to browsers as proof: the secret half of each session, codes, tickets and states. */
function proofsOf(town: Town): Set<string> {
  const cookies = town.issued.flatMap((line) => /^__Host-[a-z]+=(?:[a-z2-7]{26}\.)?([\w-]{43});/.exec(line)?.[1] ?? []);
  return new Set([...cookies, ...town.issued.flatMap(codesIn), ...town.shown.flatMap(textsIn).flatMap(codesIn)]);
}

function codesIn(text: string): string[] {
  if (!text.startsWith("https://") || /\s/.test(text)) return [];
  const { searchParams } = new URL(text);
  return ["code", "ticket", "state"].flatMap((name) => searchParams.getAll(name));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a page, an address, or an answer that a fault had cut off
  }
}

function walk(value: unknown, isSale: boolean, visit: (key: string, value: string, isSale: boolean) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "string") visit(key, inner, isSale);
    else walk(inner, isSale || SALES.includes(key), visit);
  }
}
