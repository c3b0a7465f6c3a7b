/** One authorized call to Clover: an address in, an object out, every other answer a failure. */
import { failed, ok, type Result } from "../../kernel/result";
import { parseJson } from "../oauth";
import type { Access } from "../contract";
import { accountOf } from "./account";
import { failureOf, unreadable } from "./errors";
import { isWire, type Wire } from "./wire";

/** A page of a thousand large orders stays below this; anything bigger is no page of orders. */
const MAX_BYTES = 24 * 1024 * 1024;

const NOT_THERE = { status: 404, code: "HTTP_404", message: "" } as const;

/** Query parameters in their order; a name may come twice, as `filter` does. */
export type Query = readonly (readonly [name: string, value: string])[];

/** GETs `/v3/merchants/{the account's}{path}`. `provider_busy`, `provider_down`, `reconnect_needed` and refusals as they come. */
export async function get(access: Access, path: string, query: Query = []): Promise<Result<Wire>> {
  const found = await find(access, path, query);
  if (!found.ok) return found;
  return found.value === null ? failed({ kind: "provider_refused", provider: "clover", answer: NOT_THERE }) : ok(found.value);
}

/** The same for one thing by its id, which may be gone: null where Clover does not know it. */
export async function find(access: Access, path: string, query: Query = []): Promise<Result<Wire | null>> {
  const account = accountOf(access.externalAccount);
  if (account === null) return failed(unreadable("the account names no merchant of Clover's"));
  const url = new URL(`/v3/merchants/${account.merchantId}${path}`, account.region.api);
  for (const [name, value] of query) url.searchParams.append(name, value);
  const sent = await access.send({
    method: "GET", url: url.href, maxBytes: MAX_BYTES, headers: { authorization: `Bearer ${access.accessToken}`, accept: "application/json" },
  });
  if (!sent.ok) return sent;
  if (sent.value.status === 404) return ok(null);
  if (sent.value.status !== 200) return failed(failureOf(sent.value, [access.accessToken]));
  const body = parseJson(sent.value.text);
  return isWire(body) ? ok(body) : failed(unreadable("the answer is not a JSON object"));
}
