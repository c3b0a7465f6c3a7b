/** A person's changes on top of a mapping: each checked against what occurs and what the books hold, or named with its reason. */
import type { FieldProblem } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountRef, LineKey, Mapping } from "../../ledger/mapping";
import { NO_TAGS, type Tag } from "../../ledger/tag";
import type { ChartAccount, ChartDimension, MappingChange } from "./contract";
import { refusalOf, type OccurringLine } from "./rules";

export type Choosing = {
  readonly change: MappingChange;
  readonly lines: readonly OccurringLine[];
  readonly locations: readonly { readonly id: string }[];
  readonly accounts: readonly ChartAccount[];
  readonly dimensions: readonly ChartDimension[];
  readonly currency: string;
};

/** The accounts and tags that hold after a change; without a version, which only saving gives. */
export type Chosen = Pick<Mapping, "accounts"> & { readonly tags: NonNullable<Mapping["tags"]> };

const NOT_IN_SALES = "This line does not occur in your sales.";

/**
 * The mapping after a change, or `invalid_input` with each line that does not occur, each account that cannot take its
 * line, and each tag or location that there is none of.
 */
export function applyChange(current: Mapping, choosing: Choosing): Result<Chosen> {
  const problems: FieldProblem[] = [];
  const note = (path: string, message: string) => problems.push({ path, message });
  const accounts = { ...current.accounts, ...chosenAccounts(choosing, note) };
  const tags = chosenTags(current.tags ?? NO_TAGS, choosing, note);
  const [first] = problems;
  return first === undefined ? ok({ accounts, tags }) : failed({ kind: "invalid_input", message: first.message, fields: problems });
}

type Note = (path: string, message: string) => void;

function chosenAccounts({ change, lines, accounts, currency }: Choosing, note: Note): Record<LineKey, AccountRef> {
  const byKey = new Map(lines.map((line) => [line.key as string, line]));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const chosen: Record<LineKey, AccountRef> = {};
  for (const [key, accountId] of Object.entries(change.accounts ?? {})) {
    const line = byKey.get(key);
    const account = byId.get(accountId);
    const refusal = line === undefined ? NOT_IN_SALES : refusalOf(line, account, currency);
    if (refusal !== null) note(`accounts.${key}`, refusal);
    else if (account !== undefined) chosen[key as LineKey] = { id: account.id, name: account.name };
  }
  return chosen;
}

function chosenTags(current: Chosen["tags"], { change, lines, locations, dimensions }: Choosing, note: Note): Chosen["tags"] {
  const keys = new Set<string>(lines.map(({ key }) => key));
  const places = new Set(locations.map(({ id }) => id));
  return {
    lines: retagged(current.lines, change.tags?.lines, {
      dimensions, note: (path, message) => note(`tags.lines.${path}`, message), refuse: (key) => (keys.has(key) ? null : NOT_IN_SALES),
    }),
    locations: retagged(current.locations, change.tags?.locations, {
      dimensions, note: (path, message) => note(`tags.locations.${path}`, message), refuse: (id) => (places.has(id) ? null : "This location is not the shop's."),
    }),
  };
}

type Tags = Readonly<Record<string, readonly Tag[]>>;
type Choices = Readonly<Record<string, Readonly<Record<string, string | null>>>>;
type Retagging = { readonly dimensions: readonly ChartDimension[]; readonly note: Note; readonly refuse: (place: string) => string | null };

/** A place that ends without any tag is left out: absent and empty are the same. */
function retagged(current: Tags, change: Choices = {}, { dimensions, note, refuse }: Retagging): Record<string, readonly Tag[]> {
  const all = new Map(Object.entries(current));
  for (const [place, choice] of Object.entries(change)) {
    const refusal = refuse(place);
    if (refusal !== null) {
      note(place, refusal);
      continue;
    }
    const kept = (all.get(place) ?? []).filter(({ dimension }) => !Object.hasOwn(choice, dimension));
    const added = Object.entries(choice).flatMap(([dimension, option]) => {
      return option === null ? [] : tagOf(dimension, option, dimensions, (message) => note(`${place}.${dimension}`, message));
    });
    all.delete(place);
    if (kept.length + added.length > 0) all.set(place, [...kept, ...added]);
  }
  return Object.fromEntries(all);
}

function tagOf(dimension: string, option: string, dimensions: readonly ChartDimension[], note: (message: string) => void): Tag[] {
  const known = dimensions.find(({ id }) => id === dimension);
  const found = known?.options.find(({ id }) => id === option);
  if (known === undefined) note("Your books do not track this.");
  else if (found === undefined) note(`${known.name}: this one is not in your books.`);
  else if (!found.isActive) note(`${found.name} was made inactive in your books.`);
  else return [{ dimension, option, name: found.name }];
  return [];
}
