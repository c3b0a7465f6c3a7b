/**
 * What people decide about one day against what the shop's rule would do, and taking a day back. A decision is written
 * down with who and when, counts for what was seen then, and is carried out by the queue.
 */
import type { FailureKind } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay, rolesThatMay, type Permission } from "../../kernel/roles";
import { actorOf } from "../../http/guard";
import { once, type Prepared } from "../../platform/once";
import type { DecidableKind, Decision } from "../days/contract";
import { dayWrittenOrAborted, decided, isUndone, type DayRow } from "../days/service";
import { closedDay, send, subjectOf, UNDER_WAY, type Act, type Place, type UnderWay } from "./acts";
import type { ShopDay } from "./job";
import type { PostWish } from "./messages";
import { stands } from "./target";

type Rule = {
  /** The failure that it answers. */
  readonly answers: FailureKind;
  readonly permission: Permission;
  /** What the queue may post after it. */
  readonly post: PostWish;
  readonly note: string;
};

const RULES = {
  open_checks_waived: { answers: "open_checks", permission: "days.work", post: "as_set", note: "The open checks are left out" },
  first_open_day: { answers: "period_closed", permission: "days.post", post: "yes", note: "To be posted on the first open day" },
  lookalike_accepted: { answers: "already_in_books", permission: "days.post", post: "yes", note: "What stands in the books beside it is something else" },
  edit_accepted: { answers: "books_changed", permission: "days.work", post: "no", note: "What was changed in the books is left as it is" },
  edit_corrected: { answers: "books_changed", permission: "days.post", post: "yes", note: "What was changed in the books is to be put right" },
} as const satisfies Record<DecidableKind, Rule>;

/**
 * Decides what a day waits for. `not_permitted` for a role that may not decide this; `conflict` for a day that does not
 * wait for it; otherwise fails as `readDay`.
 */
export async function decideDay(act: Act, place: Place, kind: DecidableKind): Promise<Result<UnderWay>> {
  const rule: Rule = RULES[kind];
  if (!roleMay(act.visit.role, rule.permission)) {
    return failed({ kind: "not_permitted", permission: rule.permission, rolesThatMay: rolesThatMay(rule.permission) });
  }
  return await writeDown(act, place, { action: "day.decided", kind, post: rule.post }, ({ day }) => (
    day.reason?.kind === rule.answers ? ok({ about: aboutOf(day), note: rule.note }) : failed({ kind: "conflict", message: "This day does not wait for that any more." })
  ));
}

/**
 * Takes everything back that was posted for a day, by reversing entries. Its posting is then a person's to decide.
 * `conflict` where nothing stands in the books or an entry is on its way; otherwise fails as `readDay`.
 */
export async function undoDay(act: Act, place: Place): Promise<Result<UnderWay>> {
  return await writeDown(act, place, { action: "day.undone", kind: "undone", post: "no" }, ({ day, entries }) => {
    if (day.pending !== null) return failed({ kind: "conflict", message: "An entry of this day is on its way to the books. Try again in a minute." });
    if (!isUndone(day) && !stands(entries)) return failed({ kind: "conflict", message: "Nothing of this day stands in your books." });
    return ok({ about: {}, note: "Everything posted for this day is to be taken back" });
  });
}

/** What a decision counts for: what was seen of the books, and the day as it was read by then. */
type About = Pick<Decision, "about" | "reading">;

type Wish = { readonly action: string; readonly kind: Decision["kind"]; readonly post: PostWish };

async function writeDown(act: Act, place: Place, wish: Wish, judge: (shopDay: ShopDay) => Result<{ readonly about: About; readonly note: string }>): Promise<Result<UnderWay>> {
  const { visit, world } = act;
  const found = await closedDay(act, place);
  if (!found.ok) return found;
  const { location, day } = found.value;
  const written = await once<UnderWay>(visit.db, {
    key: `${wish.action}:${location.id}:${day.businessDate}:${day.changedAt}`, input: { kind: wish.kind }, actor: actorOf(visit), action: wish.action,
    at: world.clock(), random: world.random,
  }, async (): Promise<Result<Prepared<UnderWay>>> => {
    const again = await closedDay(act, place);
    if (!again.ok) return again;
    const judged = judge(again.value);
    if (!judged.ok) return judged;
    const decision: Decision = { kind: wish.kind, by: actorOf(visit).id, at: world.clock(), ...judged.value.about };
    const before = again.value.day;
    return ok({
      statements: [dayWrittenOrAborted(visit.db, before, decided(before, decision, judged.value.note))],
      answer: UNDER_WAY.value, audit: { subject: subjectOf(again.value), after: { decision: wish.kind } },
    });
  });
  if (!written.ok) return written;
  await send(act, found.value, { why: "retry", post: wish.post });
  return UNDER_WAY;
}

function aboutOf({ reason, fingerprint }: DayRow): About {
  const reading = fingerprint === null ? {} : { reading: fingerprint };
  if (reason?.kind === "already_in_books") return { ...reading, about: reason.recordId };
  return reason?.kind === "books_changed" && reason.seen !== undefined ? { ...reading, about: reason.seen } : reading;
}
