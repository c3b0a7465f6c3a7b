/** A list before it is started: what would happen, and a fingerprint of exactly that. Nothing is written here. */
import { canonicalJson } from "../../kernel/canonical-json";
import { hashOf, type ContactId, type TemplateId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { Visit } from "../../http/guard";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { checkWords, segmentsOf, templateInUse, warningsOf, type TemplateRow } from "../messages/service";
import { lineOf, type TextLine } from "../text-line/service";
import { decideAll, type ListWords } from "./audience";
import { LEFT_OUT_REASONS, type BroadcastPlan, type DryRunView } from "./contract";
import { durationOf, EMAILS_PER_MINUTE, paceOf, segmentsOfAll, type Decided } from "./rules";
import { runningQuery } from "./store";

/** On whose behalf a list is looked at and started. */
export type Sending = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

/** Everything that a list comes to. */
export type Planned = {
  readonly template: TemplateRow;
  readonly words: ListWords;
  readonly decided: readonly Decided[];
  readonly duplicates: number;
  readonly line: TextLine | null;
  readonly fingerprint: string;
};

/** Somebody who gets it. */
export type Getting = Extract<Decided, { readonly leftOut: null }>;

const SHOWN = 3;

/**
 * Plans a list. `not_found` for a template that is none of the shop's, `conflict` for one that is archived, `invalid_input` for an
 * audience that is empty or too large, and for fields that are not the same for everybody or each one's own.
 */
export async function planList({ world, env, visit }: Sending, { template: id, audience, link }: BroadcastPlan): Promise<Result<Planned>> {
  const found = await templateInUse(visit, id as TemplateId);
  if (!found.ok) return found;
  const template = found.value;
  const objection = objectionTo(template, link, readConfig(env).scheme);
  if (objection !== null) return objection;
  const line = await lineOf(visit.db);
  const { channel, subject, body } = template;
  const words: ListWords = { channel, subject, body, link, shopName: channel === "text" && line !== null ? line.displayName : visit.shop.name };
  const decided = await decideAll({ world, env, db: visit.db }, { tags: audience.tags, contactIds: audience.contacts as ContactId[] }, words, visit.shop.zone);
  if (!decided.ok) return decided;
  const duplicates = audience.contacts.length - new Set(audience.contacts).size;
  return ok({ template, words, decided: decided.value, duplicates, line, fingerprint: await fingerprintOf(template, decided.value, line) });
}

/** Who gets it, in the order in which they do by day. */
export function gettingOf(decided: readonly Decided[]): readonly Getting[] {
  return decided.filter((one) => one.leftOut === null);
}

/** Shows what would happen. Failures as `planList`. */
export async function dryRun(sending: Sending, plan: BroadcastPlan): Promise<Result<DryRunView>> {
  const planned = await planList(sending, plan);
  if (!planned.ok) return planned;
  const { words, decided, duplicates, line, fingerprint } = planned.value;
  const { channel } = words;
  const getting = gettingOf(decided);
  const now = sending.world.clock();
  const perMinute = await paceNow(sending, plan, channel, line);
  const duration = channel === "text" ? durationOf(getting.map(({ zones }) => zones), perMinute, now) : lettersFrom(now, getting.length, perMinute);
  const segments = channel === "text" ? segmentsOfAll(getting.map(({ body }) => body)) : 0;
  const samples = getting.slice(0, SHOWN).map(({ contactId, name, subject, body }) => ({ contact: contactId, name, subject, body, segments: channel === "text" ? segmentsOf(body).segments : 0 }));
  return ok({
    fingerprint, channel, recipientCount: getting.length, leftOut: leftOutOf(decided, duplicates), segments,
    costMicros: channel === "text" && line !== null ? segments * line.segmentMicros : null, perMinute,
    asleepCount: duration.asleepCount, startsAt: getting.length === 0 ? null : duration.startsAt, finishesAt: getting.length === 0 ? null : duration.finishesAt,
    samples, warnings: [...warningsOf(words, words.shopName)], obstacle: obstacleTo(channel, line, getting.length),
  });
}

/** Why a list cannot be started, in words; null where nothing is in its way. */
export function obstacleTo(channel: ListWords["channel"], line: TextLine | null, count: number): string | null {
  if (count === 0) return "Nobody on this list can be written to.";
  if (channel === "email") return null;
  if (line === null) return "Texting is not set up in this shop.";
  if (line.state !== "active") return "Twilio takes this shop's credentials no more.";
  return line.registration === "refused" ? "The carriers refused this number's registration: they would block these texts." : null;
}

function objectionTo({ channel, subject, body }: TemplateRow, link: string, scheme: string): Result<never> | null {
  const fields = checkWords({ channel, subject, body });
  if (!fields.ok) return fields;
  const own = fields.value.find((field) => !["first_name", "name", "shop", "link"].includes(field));
  if (own !== undefined) return wrong("template", `{{${own}}} is different for everybody: this template goes to one contact at a time.`);
  const hasLink = fields.value.includes("link");
  if (hasLink && !isLink(link, scheme)) return wrong("link", "Say where {{link}} leads: an address that begins with https://.");
  return !hasLink && link !== "" ? wrong("link", "This template has no {{link}}.") : null;
}

function isLink(link: string, scheme: string): boolean {
  return URL.canParse(link) && [`${scheme}:`, "https:"].includes(new URL(link).protocol) && !/\s/.test(link);
}

function leftOutOf(decided: readonly Decided[], duplicates: number): DryRunView["leftOut"] {
  const counts = Map.groupBy(decided, ({ leftOut }) => leftOut);
  return LEFT_OUT_REASONS.map((reason) => ({ reason, count: reason === "duplicate" ? duplicates : counts.get(reason)?.length ?? 0 })).filter(({ count }) => count > 0);
}

/** The pace that a list would have beside those that run. */
async function paceNow({ visit }: Sending, { perMinute }: BroadcastPlan, channel: ListWords["channel"], line: TextLine | null): Promise<number> {
  const sharing = (await runningQuery(visit.db)).filter((row) => row.channel === channel).length;
  return paceOf(perMinute, channel === "text" ? line?.perMinute ?? perMinute : EMAILS_PER_MINUTE, sharing + 1);
}

function lettersFrom(now: number, count: number, perMinute: number): ReturnType<typeof durationOf> {
  return { startsAt: now, finishesAt: now + Math.ceil((count * 60_000) / perMinute), asleepCount: 0 };
}

/** Stands for the template, everybody on the list and what each gets, and what it costs. What is shown is what is sent, or nothing is. */
async function fingerprintOf({ id, version }: TemplateRow, decided: readonly Decided[], line: TextLine | null): Promise<string> {
  const all = decided.map((one) => [one.contactId, one.leftOut, ...(one.leftOut === null ? [one.subject, one.body] : [])]);
  return await hashOf(canonicalJson({ template: id, version, all, segmentMicros: line?.segmentMicros ?? null, number: line?.number ?? null }));
}

function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
