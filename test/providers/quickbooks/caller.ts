/** A caller who holds a token of the simulated books and says whatever it likes. */
import { CAFE, DATE, type givenBooks } from "./given";

export type Json = Record<string, unknown>;
export type World = ReturnType<typeof givenBooks>;

/** `call` sends anything to the company's API; `query` sends a query and brings the JSON. */
export async function caller(world: World, realm = CAFE) {
  const { accessToken } = await world.open(realm);
  const call = async (method: string, path: string, body?: unknown, accept = "application/json") => {
    const init = { method, headers: { authorization: `Bearer ${accessToken}`, accept }, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) };
    const response = await world.transport(new Request(`https://quickbooks.api.intuit.com/v3/company/${realm}${path}`, init));
    const text = new TextDecoder().decode(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, text, json: (accept.includes("json") ? JSON.parse(text) : {}) as Json };
  };
  const query = async (text: string) => (await call("GET", `/query?query=${encodeURIComponent(text)}`)).json;
  return { call, query };
}

/** The code of a capital fault, or undefined. */
export const codeOf = (json: Json) => (json as { Fault?: { Error: { code: string }[] } }).Fault?.Error[0]?.code;
/** What a query found. */
export const found = (json: Json) => json["QueryResponse"] as { Account?: Json[]; JournalEntry?: Json[]; totalCount?: number; maxResults?: number; startPosition?: number };

/** A line of an entry, as JSON. */
export const line = (PostingType: string, id: string, Amount: unknown, more: Json = {}) => {
  return { Amount, DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType, AccountRef: { value: id }, ...more } };
};
/** A balanced entry, as JSON; `more` replaces and adds fields. */
export const entry = (more: Json = {}) => ({ TxnDate: DATE, Line: [line("Debit", "6", 12.5), line("Credit", "20", 12.5)], ...more });
