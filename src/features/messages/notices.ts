/**
 * Letters to the team about what came in: to whom the conversation was given, or to everybody who may answer. What comes
 * within minutes is told together, and nobody is told twice in ten of them. A letter says who wrote, and nothing of what.
 */
import { DAY, MINUTE } from "../../kernel/clock";
import { rolesThatMay } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import type { ShopCard } from "../../http/guard";
import { originOf } from "../../http/site";
import { auditLine } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { DONE, retryAfter, type Verdict } from "../../platform/queue";
import type { World } from "../../platform/world";
import type { Ledger } from "../consent/service";
import { postLetter, type Letter } from "../mail/service";
import { findShop, teamOf, type TeamMember } from "../shops/service";
import type { NoticeRule } from "./contract";
import { noticeGivenBack, noticesQuery, ruleQuery, ruleWritten, takeNotice, unreadSince, type NamedThread, type NoticeRow } from "./store";

const TOLD_EVERY_MS = 10 * MINUTE;
/** What is older was told or can wait for somebody to open the inbox. */
const LOOKED_BACK_MS = DAY;
const MOST_THREADS = 100;
const MOST_PEOPLE = 50;
const MOST_NAMED = 5;

/** Whether the team is told by letter. */
export async function viewNoticeRule({ db }: Pick<Visit, "db">): Promise<NoticeRule> {
  const [rule] = await ruleQuery(db);
  return { notifies: rule?.notifies ?? true };
}

/** Sets whether the team is told by letter, from now on. */
export async function setNoticeRule(world: World, visit: Visit, { notifies }: NoticeRule): Promise<NoticeRule> {
  const { db } = visit;
  const before = await viewNoticeRule(visit);
  if (before.notifies === notifies) return before;
  const line = { at: world.clock(), actor: actorOf(visit), action: "messages.notices_set", subject: `shop:${db.shopId}`, before, after: { notifies } };
  await db.orm.batch([ruleWritten(db, notifies), ...auditLine(db, world.random, line)]);
  return { notifies };
}

/** Tells whoever is to know of what came in and was not read yet. Comes again where somebody was told a moment ago. */
export async function tellTeam(desk: Ledger): Promise<Verdict> {
  const { world, env, db } = desk;
  const directory = directoryDb(env);
  const [rules, threads, notices] = await db.orm.batch([ruleQuery(db), unreadSince(db, world.clock() - LOOKED_BACK_MS, MOST_THREADS), noticesQuery(db)]);
  if (threads.length === 0 || rules[0]?.notifies === false) return DONE;
  const [shop, team] = await Promise.all([findShop(directory, db.shopId), teamOf(directory, db.shopId, { roles: rolesThatMay("messages.send"), most: MOST_PEOPLE })]);
  if (shop === null) return DONE;
  const known = new Map(notices.map((notice) => [notice.personId, notice]));
  const waits: number[] = [];
  for (const member of team) {
    const wait = await tell(desk, shop, member, { news: newsFor(member, team, threads, known.get(member.id)), before: known.get(member.id) });
    if (wait > 0) waits.push(wait);
  }
  return waits.length === 0 ? DONE : retryAfter(Math.min(...waits) / 1_000);
}

/** Conversations that somebody was not told of: their own, and those that are nobody's who is here. */
function newsFor(member: TeamMember, team: readonly TeamMember[], threads: readonly NamedThread[], before: NoticeRow | undefined): readonly NamedThread[] {
  const isHere = new Set(team.map(({ id }) => id));
  return threads.filter(({ assignedTo, lastInAt }) => (
    (lastInAt ?? 0) > (before?.toldThrough ?? 0) && (assignedTo === null || !isHere.has(assignedTo) || assignedTo === member.id)
  ));
}

type News = { readonly news: readonly NamedThread[]; readonly before: NoticeRow | undefined };

/** Tells one of the team; answers after how many milliseconds to try again, 0 where there is no need to. */
async function tell({ world, env, db }: Ledger, shop: ShopCard, member: TeamMember, { news, before }: News): Promise<number> {
  const now = world.clock();
  const toldThrough = Math.max(0, ...news.map(({ lastInAt }) => lastInAt ?? 0));
  if (news.length === 0) return 0;
  if (before !== undefined && before.toldAt > now - TOLD_EVERY_MS) return before.toldAt + TOLD_EVERY_MS - now;
  if (!(await takeNotice(db, member.id, { toldAt: now, toldThrough }, now - TOLD_EVERY_MS))) return 0;
  const directory = directoryDb(env);
  const letter = await postLetter(world, env, directory, letterOf(env, shop, member, news));
  try {
    await directory.batch([letter.statement]);
  } catch (error) {
    await db.orm.batch([noticeGivenBack(db, member.id, before)]);
    throw error;
  }
  await letter.send();
  return 0;
}

function letterOf(env: Bindings, shop: ShopCard, { email }: TeamMember, news: readonly NamedThread[]): Letter {
  const names = news.map(({ name }) => (name === "" ? "somebody whose name you have not noted" : name));
  const further = names.length - MOST_NAMED;
  const who = [...names.slice(0, MOST_NAMED), ...(further > 0 ? [`${further} more`] : [])];
  const [only] = news;
  const subject = news.length === 1 ? `${only === undefined || only.name === "" ? "Somebody" : only.name} wrote to ${shop.name}` : `${news.length} people wrote to ${shop.name}`;
  return {
    kind: "messages_arrived", to: email, subject,
    paragraphs: [`New in the inbox of ${shop.name}: ${who.join(", ")}.`, "What they wrote stands in Daybook alone. Whoever answers first marks it as read for everybody."],
    button: { text: "Open the inbox", url: `${originOf(shop.slug, readConfig(env))}/inbox` },
  };
}
