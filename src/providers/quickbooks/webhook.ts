/**
 * What QuickBooks sends by itself, in its old form and as an array of CloudEvents 1.0 (compulsory since July 2026); one
 * delivery may span several companies. Only changes of what Daybook may have posted are of interest, and never a creation:
 * Daybook knows what it made.
 */
import { z } from "zod";
import type { HookReader, WebhookHint } from "../contract";
import { isSigned, jsonOf } from "../signature";

const SIGNATURE = "intuit-signature";

const id = z.string().min(1).max(64);

const notifications = z.object({
  eventNotifications: z.array(z.object({
    realmId: id,
    dataChangeEvent: z.object({ entities: z.array(z.object({ name: z.string(), id, operation: z.string(), lastUpdated: z.string() })) }).nullish(),
  })),
});

const cloudEvents = z.array(z.object({ id: z.string().max(100), type: z.string(), time: z.string().nullish(), intuitentityid: id, intuitaccountid: id }));

const ENTRIES: ReadonlySet<string> = new Set(["journalentry", "salesreceipt"]);
const CHANGES: ReadonlySet<string> = new Set(["update", "updated", "delete", "deleted", "void", "voided", "merge", "merged"]);

/** A hint of each journal entry and sales receipt that was changed, voided or deleted. */
export const readQuickBooksHook: HookReader = async ({ headers, body }, key) => {
  if (!(await isSigned([body], headers.get(SIGNATURE), key))) return null;
  const json = jsonOf(body);
  const events = cloudEvents.safeParse(json);
  if (events.success) return events.data.flatMap(hintOfEvent);
  const old = notifications.safeParse(json);
  return old.success ? hintsOfNotifications(old.data) : [];
};

/** `qbo.journalentry.updated.v1` */
function hintOfEvent({ id: eventId, type, time, intuitentityid: objectId, intuitaccountid: account }: z.infer<typeof cloudEvents>[number]): WebhookHint[] {
  const [service, entity = "", change = ""] = type.toLowerCase().split(".");
  return service === "qbo" && isOfInterest(entity, change) ? [{ account, kind: "entry_changed", place: null, at: instantOf(time), objectId, eventId }] : [];
}

function hintsOfNotifications({ eventNotifications }: z.infer<typeof notifications>): WebhookHint[] {
  return eventNotifications.flatMap(({ realmId: account, dataChangeEvent }) => (dataChangeEvent?.entities ?? []).flatMap(({ name, id: objectId, operation, lastUpdated }) => (
    isOfInterest(name.toLowerCase(), operation.toLowerCase())
      // The old form has no id of its own: the same change of the same thing is the same event.
      ? [{ account, kind: "entry_changed" as const, place: null, at: instantOf(lastUpdated), objectId, eventId: `${name}/${objectId}/${operation}/${lastUpdated}`.slice(0, 100) }]
      : []
  )));
}

function isOfInterest(entity: string, change: string): boolean {
  return ENTRIES.has(entity) && CHANGES.has(change);
}

function instantOf(text: string | null | undefined): number | null {
  const instant = Date.parse(text ?? "");
  return Number.isNaN(instant) ? null : instant;
}
