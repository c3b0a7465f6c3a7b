/** Messages and conversations as the web app sees them. */
import { roleMay, rolesThatMay } from "../../kernel/roles";
import type { PersonId } from "../../kernel/ids";
import type { Visit } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { teamOf } from "../shops/service";
import type { MessageView, ThreadItem } from "./contract";
import { problemOf } from "./problems";
import type { MessageRow, NamedThread } from "./store";

/** What somebody of the team is called. */
export type NameOf = (person: PersonId) => string;

const GONE = "Someone who has left";
const MOST_PEOPLE = 500;

/** The names of everybody who may read conversations, in one statement. */
export async function namesFor(env: Bindings, visit: Visit): Promise<NameOf> {
  const team = await teamOf(directoryDb(env), visit.shop.id, { roles: rolesThatMay("messages.read"), most: MOST_PEOPLE });
  const names = new Map(team.map(({ id, name }) => [id, name]));
  return (person) => names.get(person) ?? GONE;
}

/** A message, with what stands in its way. */
export function toMessageView(row: MessageRow, visit: Pick<Visit, "role" | "person">, nameOf: NameOf): MessageView {
  const { id, at, direction, channel, purpose, subject, body, media, mediaCount, state, segments, dueAt, sentAt, broadcastId, createdBy } = row;
  const isWaiting = state === "queued";
  return {
    id, at, direction, channel, purpose, subject, body, mediaCount, state, segments, sentAt, broadcast: broadcastId,
    documents: media.map(({ documentId, as }) => ({ id: documentId, as })),
    dueAt: isWaiting ? dueAt : null, problem: problemOf(row), by: writerOf({ direction, createdBy }, visit, nameOf), mayCancel: isWaiting && roleMay(visit.role, "messages.send"),
  };
}

function writerOf({ direction, createdBy }: Pick<MessageRow, "direction" | "createdBy">, { person }: Pick<Visit, "person">, nameOf: NameOf): string {
  if (direction === "in") return "";
  if (createdBy === null) return "Daybook";
  return createdBy === person.id ? "You" : nameOf(createdBy);
}

/** A conversation as a list shows it. */
export function toThreadItem(row: NamedThread, { person }: Pick<Visit, "person">, nameOf: NameOf): ThreadItem {
  const { contactId, name, phone, email, lastAt, lastWords, lastDirection, unreadCount, assignedTo, doneAt } = row;
  return {
    contact: contactId, name, address: phone ?? email ?? "", lastAt, lastWords, lastDirection, unreadCount, doneAt,
    assignedTo: assignedTo === null ? null : { person: assignedTo, name: nameOf(assignedTo), isYou: assignedTo === person.id },
  };
}
