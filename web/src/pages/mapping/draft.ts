/** Choices that are not saved yet, and what saving them would ask of the server. */
import type { MappingChange, MappingLine, TagView } from "../../../../src/features/mapping/contract";

export type Account = { readonly id: string; readonly name: string };
/** By dimension: the option chosen, or null to take the choice back. */
export type TagChoice = Readonly<Record<string, string | null>>;
export type Draft = {
  readonly accounts: Readonly<Record<string, Account>>;
  readonly lines: Readonly<Record<string, TagChoice>>;
  readonly locations: Readonly<Record<string, TagChoice>>;
};

export const NO_DRAFT: Draft = { accounts: {}, lines: {}, locations: {} };

/** How many choices wait. */
export function sizeOf({ accounts, lines, locations }: Draft): number {
  const choices = [...Object.values(lines), ...Object.values(locations)].map((choice) => Object.keys(choice).length);
  return Object.keys(accounts).length + choices.reduce((sum, one) => sum + one, 0);
}

/** The lines that a draft speaks of. */
export function keysOf({ accounts, lines }: Draft): string[] {
  return [...new Set([...Object.keys(accounts), ...Object.keys(lines)])];
}

/** Adds an account for some lines; a line that has it already is no change. */
export function withAccounts(draft: Draft, lines: readonly MappingLine[], account: Account): Draft {
  const others = Object.entries(draft.accounts).filter(([key]) => !lines.some((line) => line.key === key));
  const changed = lines.filter((line) => line.account?.id !== account.id || line.problem !== null).map((line) => [line.key, account] as const);
  return { ...draft, accounts: Object.fromEntries([...others, ...changed]) };
}

/** Something that carries tags, as the server holds it. */
export type Tagged = { readonly at: string; readonly tags: readonly TagView[] };

/** Adds a tag for some lines or locations; what stands there already is no change. */
export function withTag(draft: Draft, where: "lines" | "locations", places: readonly Tagged[], { dimension, option }: { readonly dimension: string; readonly option: string | null }): Draft {
  const all: Record<string, TagChoice> = { ...draft[where] };
  for (const { at, tags } of places) {
    const { [dimension]: _before, ...rest } = all[at] ?? {};
    const isSaved = (tags.find((tag) => tag.dimension === dimension)?.option ?? null) === option;
    const choice = isSaved ? rest : { ...rest, [dimension]: option };
    delete all[at];
    if (Object.keys(choice).length > 0) all[at] = choice;
  }
  return { ...draft, [where]: all };
}

/** The option that holds with a draft: the one chosen in it, or the saved one. */
export function optionWith(choice: TagChoice | undefined, tags: readonly TagView[], dimension: string): string | null {
  const chosen = choice?.[dimension];
  return chosen === undefined ? (tags.find((tag) => tag.dimension === dimension)?.option ?? null) : chosen;
}

/** What the server is asked to save, or to show the effect of, on top of a version. */
export function changeOf(draft: Draft, version: number): MappingChange {
  const accounts = Object.fromEntries(Object.entries(draft.accounts).map(([key, account]) => [key, account.id]));
  return { version, accounts, tags: { lines: { ...draft.lines }, locations: { ...draft.locations } } };
}
