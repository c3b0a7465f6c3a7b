/** Lists as the web app sees them, with how far they are. */
import type { BroadcastId, ContactId } from "../../kernel/ids";
import { roleMay } from "../../kernel/roles";
import { failed, ok, type Result } from "../../kernel/result";
import type { Visit } from "../../http/guard";
import type { Bindings } from "../../platform/env";
import { contactsOf } from "../contacts/service";
import { listCounts, namesFor } from "../messages/service";
import { LEFT_OUT_REASONS, type BroadcastItem, type BroadcastsQuery, type BroadcastsView, type BroadcastView, type RecipientsQuery, type RecipientsView } from "./contract";
import { broadcastQuery, broadcastsQuery, countsQuery, recipientsQuery, type BroadcastRow } from "./store";

type Viewing = { readonly env: Bindings; readonly visit: Visit };
type Counted = Awaited<ReturnType<typeof countsQuery>>;

const MOST_ON_A_PAGE = 20;
const MOST_RECIPIENTS_ON_A_PAGE = 100;

/** A page of lists, latest first. */
export async function viewLists({ env, visit }: Viewing, { after }: BroadcastsQuery): Promise<BroadcastsView> {
  const [createdAt, id] = after?.split(".") ?? [];
  const mark = after === undefined ? null : { createdAt: Number(createdAt), id: id as BroadcastId };
  const rows = await broadcastsQuery(visit.db, mark, MOST_ON_A_PAGE + 1);
  const page = rows.slice(0, MOST_ON_A_PAGE);
  const [counts, nameOf] = await Promise.all([countsQuery(visit.db, page.map((row) => row.id)), namesFor(env, visit)]);
  const last = page.at(-1);
  return {
    broadcasts: page.map((row) => toItem(row, counts, nameOf(row.createdBy))),
    next: rows.length > MOST_ON_A_PAGE && last !== undefined ? `${last.createdAt}.${last.id}` : null,
    may: { manage: roleMay(visit.role, "messages.manage") },
  };
}

/** One list and what became of it. `not_found` for none of the shop's. */
export async function viewList(viewing: Viewing, id: BroadcastId): Promise<Result<BroadcastView>> {
  const [row] = await broadcastQuery(viewing.visit.db, id);
  return row === undefined ? failed({ kind: "not_found" }) : ok(await toView(viewing, row));
}

/** The view of a list that was read. */
export async function toView({ env, visit }: Viewing, row: BroadcastRow): Promise<BroadcastView> {
  const [counts, messages, nameOf] = await Promise.all([countsQuery(visit.db, [row.id]), listCounts(visit.db, row.id), namesFor(env, visit)]);
  const { subject, body, link } = row;
  const leftOut = LEFT_OUT_REASONS.map((reason) => ({ reason, count: sumOf(counts, (one) => one.reason === reason) })).filter(({ count }) => count > 0);
  return { ...toItem(row, counts, nameOf(row.createdBy)), subject, body, link, leftOut, messages: [...messages] };
}

/** Who is on a list, in order of their ids. `not_found` for a list that is none of the shop's. */
export async function viewRecipients({ visit: { db } }: Viewing, id: BroadcastId, { state, after }: RecipientsQuery): Promise<Result<RecipientsView>> {
  const wanted = { state: state ?? null, after: (after ?? "") as ContactId | "" };
  const [[row], recipients] = await db.orm.batch([broadcastQuery(db, id), recipientsQuery(db, id, wanted, MOST_RECIPIENTS_ON_A_PAGE + 1)]);
  if (row === undefined) return failed({ kind: "not_found" });
  const page = recipients.slice(0, MOST_RECIPIENTS_ON_A_PAGE);
  const contacts = await contactsOf(db, { tags: [], contactIds: page.map(({ contactId }) => contactId) }, "", page.length);
  const names = new Map(contacts.map((contact) => [contact.id, contact.name === "" ? contact.phone ?? contact.email ?? "" : contact.name]));
  const next = recipients.length > page.length ? page.at(-1)?.contactId ?? null : null;
  return ok({ recipients: page.map((one) => ({ contact: one.contactId, name: names.get(one.contactId) ?? "", state: one.state, reason: one.reason })), next });
}

function toItem(row: BroadcastRow, counts: Counted, createdBy: string): BroadcastItem {
  const { id, name, channel, templateId, state, problem, perMinute, createdAt, dueAt, changedAt } = row;
  const own = counts.filter(({ broadcastId }) => broadcastId === id);
  const of = (wanted: Counted[number]["state"]) => sumOf(own, (one) => one.state === wanted);
  return {
    id, name, channel, template: templateId, state, problem, perMinute, counts: { waiting: of("waiting"), written: of("written"), skipped: of("skipped") },
    createdBy, createdAt, nextAt: dueAt, changedAt,
  };
}

function sumOf(counts: Counted, isMeant: (one: Counted[number]) => boolean): number {
  return counts.filter(isMeant).reduce((sum, { count }) => sum + count, 0);
}
