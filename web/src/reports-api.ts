/** What the pages of payouts and reports ask of the server; they load it with themselves. */
import { hc } from "hono/client";
import type { ShopApi } from "../../src/app";
import type { PayoutDecision } from "../../src/features/payouts/contract";
import type { ReportQuery } from "../../src/features/reports/contract";
import { ask, clientOptions } from "./ask";

const shop = hc<ShopApi>("/", clientOptions).api;
/** The client puts ids into a path as they are: encoded, they stay one segment. */
const payoutAt = (id: string) => ({ param: { payout: encodeURIComponent(id) } });
const payout = shop.payouts[":payout"];

/** Payouts, the bridge to them, and reports. Dates are `YYYY-MM-DD`. */
export const reportsApi = {
  payouts: (from: string, to: string) => ask(() => shop.payouts.$get({ query: { from, to } })),
  bridge: (from: string, to: string) => ask(() => shop.payouts.bridge.$get({ query: { from, to } })),
  payout: (id: string) => ask(() => payout.$get(payoutAt(id))),
  postPayout: (id: string, fingerprint: string) => ask(() => payout.post.$post({ ...payoutAt(id), json: { fingerprint } })),
  decidePayout: (id: string, kind: PayoutDecision) => ask(() => payout.decide.$post({ ...payoutAt(id), json: { kind } })),
  retryPayout: (id: string) => ask(() => payout.retry.$post(payoutAt(id))),
  report: (query: ReportQuery) => ask(() => shop.reports.$get({ query })),
};
