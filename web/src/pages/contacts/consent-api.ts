/** What is asked of the server about somebody's consent. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { AgreementEntry, HeldDecision, OptOutEntry } from "../../../../src/features/consent/contract";
import { ask, clientOptions } from "../../ask";

const { consent } = hc<ShopApi>("/", clientOptions).api;

export const consentApi = {
  /** Everybody who waits for somebody to read what they said, longest first. */
  held: () => ask(() => consent.held.$get()),
  /** Both dates included, as `YYYY-MM-DD`. */
  revocations: (from: string, to: string) => ask(() => consent.revocations.$get({ query: { from, to } })),
  agree: (entry: AgreementEntry) => ask(() => consent.agreements.$post({ json: entry })),
  stop: (entry: OptOutEntry) => ask(() => consent["opt-outs"].$post({ json: entry })),
  /** `held`: the line of the ledger by which somebody is held. */
  decide: (held: string, decision: HeldDecision) => ask(() => consent.held[":held"].decide.$post({ param: { held: encodeURIComponent(held) }, json: decision })),
};
