/**
 * What each tender comes to once everything that moved it is counted: takings less what was given back, and for the
 * drawer also what was paid out of it and what the count found (accounting reference §2.1, "Cash: net").
 */
import { sum } from "../kernel/money";
import type { PaidOut, SalesDay, TenderKind, TenderTotal } from "./sales-day";

/** One tender's net: positive was taken, negative was given back on balance, never zero. Signed minor units. */
export type NetTender = { readonly kind: TenderKind; readonly id: string; readonly label: string; readonly minor: number };

/** The net of each tender, in the day's order; gift cards of all kinds as one, cash as what the drawer gained. */
export function netTenders(day: SalesDay): readonly NetTender[] {
  const nets = new Map<string, NetTender>();
  for (const tender of day.tenders) {
    const net = startOf(tender);
    const key = `${net.kind}:${net.id}`;
    nets.set(key, { ...net, minor: sum([nets.get(key)?.minor ?? 0, net.minor]) });
  }
  const drawerMinor = sum([...day.paidOuts.map((row: PaidOut) => -row.minor), day.cashOverShortMinor]);
  const cash = nets.get("cash:") ?? { kind: "cash", id: "", label: "", minor: 0 };
  // A drawer that paid out more than it took in still paid it: cash then stands on the other side.
  nets.set("cash:", { ...cash, minor: sum([cash.minor, drawerMinor]) });
  return [...nets.values()].filter((net) => net.minor !== 0);
}

/** Every gift card draws on one liability, whatever the till calls the card. */
function startOf(tender: TenderTotal): NetTender {
  const minor = tender.inMinor - tender.outMinor;
  if (tender.kind === "gift_card") return { kind: "gift_card", id: "", label: "", minor };
  return { kind: tender.kind, id: tender.id, label: tender.label, minor };
}
