/** A list before it is looked at: what is typed, what is wrong with it, what the server is asked; and how what it says is told. Pure. */
import type { BroadcastItem, BroadcastPlan } from "../../../../src/features/broadcasts/contract";
import type { FormProblem } from "../../ui/form";
import { newWords as words } from "./words";

const MOST_TAGS = 20;
const MINUTE_MS = 60_000;

/** `tags` as they are typed; `contacts`: their ids. */
export type Draft = { readonly template: string; readonly link: string; readonly tags: string; readonly contacts: readonly string[]; readonly perMinute: string };

/** "regulars, wholesale," → two tags, each once. */
export function tagsOf(typed: string): readonly string[] {
  return [...new Set(typed.split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))];
}

/** `tag` added to what is typed. */
export function withTag(typed: string, tag: string): string {
  return [...new Set([...tagsOf(typed), tag])].join(", ");
}

/** What is missing; `hasLink`: the template has a field for it. */
export function problemsOf(draft: Draft, hasLink: boolean): FormProblem[] {
  const wrong = (isWrong: boolean, field: string, text: string) => (isWrong ? [{ field, text }] : []);
  const tags = tagsOf(draft.tags);
  const perMinute = draft.perMinute.trim();
  return [
    ...wrong(draft.template === "", "template", words.noTemplate), ...wrong(hasLink && draft.link.trim() === "", "link", words.noLink),
    ...wrong(tags.length === 0 && draft.contacts.length === 0, "tags", words.nobody), ...wrong(tags.length > MOST_TAGS, "tags", words.tooManyTags),
    ...wrong(!/^\d{1,4}$/.test(perMinute) || Number(perMinute) < 1 || Number(perMinute) > 6_000, "perMinute", words.badPace),
  ];
}

/** What the server is asked; without a field for it, no link. */
export function planOf(draft: Draft, hasLink: boolean): BroadcastPlan {
  return { template: draft.template, audience: { tags: [...tagsOf(draft.tags)], contacts: [...draft.contacts] }, link: hasLink ? draft.link.trim() : "", perMinute: Number(draft.perMinute.trim()) };
}

/** "about 40 minutes", "about 3 hours", "about 2 days", from milliseconds. */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE_MS));
  if (minutes < 90) return `about ${minutes} minute${minutes === 1 ? "" : "s"}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} hours` : `about ${Math.round(hours / 24)} days`;
}

/** Everybody on a list, those left out included. */
export function peopleOf({ waiting, written, skipped }: BroadcastItem["counts"]): number {
  return waiting + written + skipped;
}
