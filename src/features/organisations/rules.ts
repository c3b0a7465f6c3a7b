/** What somebody of an organisation may do in one of its shops, and how logs name them. */
import { DAY } from "../../kernel/clock";
import type { HqPermission, Permission } from "../../kernel/roles";
import type { HqVisit } from "../../http/hq-guard";
import type { Actor } from "../../platform/audit-leaf";

/** How long an offer waits for an answer. */
export const OFFER_WAITS_MS = 14 * DAY;

/** What a shop is reached for: what the organisation's role must allow, and what the role that it stands for in the shop. */
export const REACHES = {
  "days.viewed": { hq: "hq.read", shop: "days.read" },
  "day.viewed": { hq: "hq.read", shop: "days.read" },
  "totals.compared": { hq: "hq.read", shop: "days.read" },
  "days.retried": { hq: "hq.days.post", shop: "days.work" },
  "days.posted": { hq: "hq.days.post", shop: "days.post" },
} as const satisfies Record<string, { readonly hq: HqPermission; readonly shop: Permission }>;

export type ReachAction = keyof typeof REACHES;

/** The visitor as the organisation's own audit log names them. */
export function actorOfHq({ person, from }: Pick<HqVisit, "person" | "from">): Actor {
  return { id: `person:${person.id}`, through: null, personal: { name: person.name, email: person.email, ...from } };
}

/** The visitor as a shop's audit log names them: by what they came through. */
export function actorThrough(visit: Pick<HqVisit, "person" | "from" | "organisation">): Actor {
  return { ...actorOfHq(visit), through: `organisation:${visit.organisation.id}` };
}
