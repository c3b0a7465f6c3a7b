/** A session's row as the guards hand it to handlers. */
import type { Visitor } from "../../http/guard";
import type { HqVisit } from "../../http/hq-guard";
import { originOfRequest } from "../../http/origin";
import type { Entered, EnteredHq } from "./store";

/** The visitor of a shop's host. */
export function visitorOf(found: Entered, request: Request): Visitor {
  const { shopId, slug, shopName, shard, zone, currency, personId, personName, email, role, sessionId, provedAt, secondFactorAt } = found;
  return {
    shop: { id: shopId, slug, name: shopName, shard, zone, currency, requiresSecondFactor: found.requiresSecondFactor === 1 },
    person: { id: personId, name: personName, email }, role, sessionId, provedAt, secondFactorAt,
    through: null, from: originOfRequest(request),
  };
}

/** The visitor of an organisation's host. */
export function hqVisitOf(found: EnteredHq, request: Request): HqVisit {
  const { organisationId, slug, organisationName, personId, personName, email, role, sessionId, provedAt, secondFactorAt } = found;
  return {
    organisation: { id: organisationId, slug, name: organisationName }, person: { id: personId, name: personName, email }, role, sessionId, provedAt, secondFactorAt,
    from: originOfRequest(request),
  };
}
