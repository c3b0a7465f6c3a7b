/** Conversations: listed, opened, read, given to somebody, put away and brought back. */
import type { ContactId, PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay, rolesThatMay } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine, type Statement } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { contactById, type Contact } from "../contacts/service";
import { searchedWords } from "../documents/service";
import { membershipOf, teamOf } from "../shops/service";
import type { AssigneesView, ThreadAnswer, ThreadsQuery, ThreadsView, ThreadView, UnreadView } from "./contract";
import { quietOf, reachabilityOf } from "./reachable";
import { assigned, doneWritten, markedRead, messagesQuery, threadOpened, threadQuery, threadsQuery, unreadQuery, type NamedThread, type ThreadRow } from "./store";
import { namesFor, toMessageView, toThreadItem } from "./view";

/** Who acts, in which world. */
export type Acting = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

const THREADS_OF_A_PAGE = 50;
const MESSAGES_OF_A_PAGE = 50;
const MOST_PEOPLE = 500;

/** A page of conversations, newest first: those that are not put away, unless something else is asked for. */
export async function viewThreads({ env, visit }: Acting, { filter = "open", search = "", after }: ThreadsQuery): Promise<ThreadsView> {
  const wanted = { filter, person: visit.person.id, words: searchedWords(search), after: cursorOf(after) };
  const rows = await threadsQuery(visit.db, wanted, THREADS_OF_A_PAGE + 1);
  const page = rows.slice(0, THREADS_OF_A_PAGE);
  const nameOf = await namesFor(env, visit);
  const last = page.at(-1);
  return { threads: page.map((row) => toThreadItem(row, visit, nameOf)), next: rows.length > page.length && last !== undefined ? `${last.lastAt}.${last.contactId}` : null };
}

/** How many conversations hold something unread. */
export async function viewUnread({ visit }: Acting): Promise<UnreadView> {
  const [found] = await unreadQuery(visit.db);
  return { unreadCount: found?.count ?? 0 };
}

/** A contact's conversation, which need not have begun, a page at a time. `not_found` for no such contact. */
export async function viewThread(acting: Acting, contactId: ContactId, before: string | undefined): Promise<Result<ThreadView>> {
  const { world, env, visit } = acting;
  const { db } = visit;
  const contact = await contactById(db, contactId);
  if (contact === null) return failed({ kind: "not_found" });
  const desk = { world, env, db };
  const [[messages, [thread]], text, email, nameOf] = await Promise.all([
    db.orm.batch([messagesQuery(db, contactId, cursorOf(before), MESSAGES_OF_A_PAGE + 1), threadQuery(db, contactId)]),
    reachabilityOf(desk, contact, "text", "words"), reachabilityOf(desk, contact, "email", "words"), namesFor(env, visit),
  ]);
  const page = messages.slice(0, MESSAGES_OF_A_PAGE);
  const last = page.at(-1);
  return ok({
    thread: toThreadItem(named(contact, thread), visit, nameOf), text, email, quiet: quietOf(contact, visit.shop.zone, thread?.lastInAt ?? null, world.clock()),
    messages: page.map((row) => toMessageView(row, visit, nameOf)), next: messages.length > page.length && last !== undefined ? `${last.at}.${last.id}` : null,
    may: { send: roleMay(visit.role, "messages.send"), share: roleMay(visit.role, "documents.share") },
  });
}

/** Marks what came in until an instant as read, for the whole team. `not_found`. */
export async function markRead(acting: Acting, contactId: ContactId, through: number): Promise<Result<ThreadAnswer>> {
  return await change(acting, contactId, (thread) => (
    thread.unreadCount === 0 ? null : { action: "thread.read", before: { unread: thread.unreadCount }, after: { through }, statement: markedRead(acting.visit.db, contactId, through) }
  ));
}

/** Gives a conversation to somebody who may read it, or to nobody. `not_found`; `conflict` for somebody who may not. */
export async function assign(acting: Acting, contactId: ContactId, person: PersonId | null): Promise<Result<ThreadAnswer>> {
  const { env, visit } = acting;
  const role = person === null ? null : await membershipOf(directoryDb(env), visit.shop.id, person);
  if (person !== null && (role === null || !roleMay(role, "messages.read"))) {
    return failed({ kind: "conflict", message: "A conversation is given to somebody of the team who may read it." });
  }
  return await change(acting, contactId, ({ assignedTo }) => (
    assignedTo === person ? null : { action: "thread.assigned", before: { to: assignedTo }, after: { to: person }, statement: assigned(visit.db, contactId, person) }
  ));
}

/** Puts a conversation away, or brings it back. `not_found`. */
export async function close(acting: Acting, contactId: ContactId, isDone: boolean): Promise<Result<ThreadAnswer>> {
  const { world, visit } = acting;
  return await change(acting, contactId, ({ doneAt }) => (
    (doneAt !== null) === isDone ? null : { action: isDone ? "thread.done" : "thread.reopened", statement: doneWritten(visit.db, contactId, isDone ? world.clock() : null) }
  ));
}

/** To whom a conversation can be given. */
export async function viewAssignees({ env, visit }: Acting): Promise<AssigneesView> {
  const team = await teamOf(directoryDb(env), visit.shop.id, { roles: rolesThatMay("messages.read"), most: MOST_PEOPLE });
  return { people: team.map(({ id, name }) => ({ person: id, name, isYou: id === visit.person.id })) };
}

type Changed = { readonly action: string; readonly before?: Readonly<Record<string, string | number | null>>; readonly after?: Readonly<Record<string, string | number | null>>; readonly statement: Statement };

/** One change to a conversation, with its line in the log; nothing where nothing changes. */
async function change({ world, env, visit }: Acting, contactId: ContactId, decide: (thread: ThreadRow) => Changed | null): Promise<Result<ThreadAnswer>> {
  const { db } = visit;
  const [contact, [found]] = await Promise.all([contactById(db, contactId), threadQuery(db, contactId)]);
  if (contact === null) return failed({ kind: "not_found" });
  const at = world.clock();
  const changed = decide(named(contact, found));
  const nameOf = await namesFor(env, visit);
  if (changed === null) return ok({ thread: toThreadItem(named(contact, found), visit, nameOf) });
  const { statement, ...line } = changed;
  await db.orm.batch([threadOpened(db, contactId, at), statement, ...auditLine(db, world.random, { ...line, at, actor: actorOf(visit), subject: `contact:${contactId}` })]);
  const [now] = await threadQuery(db, contactId);
  return ok({ thread: toThreadItem(named(contact, now), visit, nameOf) });
}

/** A conversation with its contact's name; one that has not begun yet is as old as the contact. */
function named({ id, name, phone, email, createdAt, shopId }: Contact, thread: ThreadRow | undefined): NamedThread {
  const none = { shopId, contactId: id, lastAt: createdAt, lastWords: "", lastDirection: "out", unreadCount: 0, lastInAt: null, assignedTo: null, doneAt: null } as const;
  return { ...(thread ?? none), name, phone, email };
}

function cursorOf(text: string | undefined): { readonly at: number; readonly id: string } | null {
  const [at, id] = text?.split(".") ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
