/**
 * Tags: class, location, tracking category. A line carries at most one option of each dimension: its own where it has
 * one, otherwise that of the shop's location (accounting reference §3, case 27).
 */
import type { LineKey } from "./mapping";

/** One option of one dimension of the books, by their ids; `name` is for people and may be out of date. */
export type Tag = { readonly dimension: string; readonly option: string; readonly name: string };

/** A tag as the books hold it. */
export type BookedTag = Pick<Tag, "dimension" | "option">;

/** What lines carry: per line key, and per location of the shop (by its id) for every line that says nothing itself. */
export type MappingTags = {
  readonly lines: Readonly<Record<LineKey, readonly Tag[]>>;
  readonly locations: Readonly<Record<string, readonly Tag[]>>;
};

export const NO_TAGS: MappingTags = { lines: {}, locations: {} };

/** The tags of a location, each dimension replaced by the line's own where it has one; in the order of dimensions. */
export function mergeTags(own: readonly Tag[], ofLocation: readonly Tag[]): readonly Tag[] {
  const merged = new Map([...ofLocation, ...own].map((tag) => [tag.dimension, tag]));
  return [...merged.values()].toSorted((one, other) => (one.dimension < other.dimension ? -1 : 1));
}

/** Text that is equal for lines with the same tags, in whatever order, and empty for a line without any. */
export function keyOfTags(tags: readonly BookedTag[] | undefined): string {
  if (tags === undefined || tags.length === 0) return "";
  return JSON.stringify(tags.map(({ dimension, option }) => JSON.stringify([dimension, option])).toSorted());
}
