/** What is asked of an audit log, a shop's or an organisation's: both have the same routes. */
import { hc } from "hono/client";
import type { HqApi, ShopApi } from "../../../../src/app";
import { ask, clientOptions } from "../../ask";

type Client = ReturnType<typeof hc<ShopApi>>["api"]["audit"];

/** `query` holds what is filtered, by the names of the address. */
const auditOf = (audit: Client) => ({
  lines: (query: Readonly<Record<string, string>>) => ask(() => audit.$get({ query: { ...query } })),
  seal: () => ask(() => audit.checkpoint.$post({ json: {} })),
  proofs: (seqs: readonly number[]) => ask(() => audit.proof.$get({ query: { seq: seqs.join(".") } })),
  consistency: (from: number) => ask(() => audit.consistency.$get({ query: { from: String(from) } })),
});

export type AuditApi = ReturnType<typeof auditOf>;
/** On a shop's host. */
export const shopAuditApi = auditOf(hc<ShopApi>("/", clientOptions).api.audit);
/** On an organisation's host. */
export const hqAuditApi = auditOf(hc<HqApi>("/", clientOptions).api.audit);
