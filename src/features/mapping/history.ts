/** The versions of a mapping: who saved which, when, and what changed with it. */
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountRef } from "../../ledger/mapping";
import type { Visit } from "../../http/guard";
import { directoryDb, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { chartOf, currentConnection, locationsOf } from "../connections/service";
import { namesOfActors } from "../people/service";
import type { OldVersionView, VersionsView, VersionView } from "./contract";
import { linesInUse } from "./load";
import { readLatest, readVersion, readVersions, type MappingRow } from "./store";

const PAGE = 20;
const MOST_CHANGES = 100;
const GONE = "Someone who has left";

/** The latest versions, or those before one of them, newest first. */
export async function viewVersions(env: Bindings, { db }: Pick<Visit, "db">, before: number | null): Promise<VersionsView> {
  // One more than is shown: the oldest on the page is compared with the one before it.
  const rows = await readVersions(db, before === null ? Number.MAX_SAFE_INTEGER : before - 1, PAGE + 1);
  const [words, names] = await Promise.all([wordsOf(db), namesOfActors(directoryDb(env), rows.map(({ savedBy }) => savedBy))]);
  const versions = rows.slice(0, PAGE).map((row, index): VersionView => {
    const changes = changesOf(rows[index + 1], row, words);
    const { version, savedAt } = row;
    return { version, savedBy: names.get(row.savedBy) ?? GONE, savedAt, changes: changes.slice(0, MOST_CHANGES), changeCount: changes.length };
  });
  return { versions, isMore: rows.length > PAGE };
}

/** An old version beside the one that holds now. `not_found` where the shop never had it. */
export async function viewVersion(env: Bindings, { db }: Pick<Visit, "db">, version: number): Promise<Result<OldVersionView>> {
  const [row, latest] = await Promise.all([readVersion(db, version), readLatest(db)]);
  if (row === undefined) return failed({ kind: "not_found" });
  const [words, names] = await Promise.all([wordsOf(db), namesOfActors(directoryDb(env), [row.savedBy])]);
  const [was, now] = [placesOf(row), latest === undefined ? new Map<string, Placed>() : placesOf(latest)];
  const lines = [...new Set([...was.keys(), ...now.keys()])].map((place) => {
    const [old, current] = [was.get(place), now.get(place)];
    return { label: labelOf(place, words), was: old?.name ?? null, now: current?.name ?? null, isSame: old?.id === current?.id };
  });
  return ok({ version, savedBy: names.get(row.savedBy) ?? GONE, savedAt: row.savedAt, lines });
}

/** What keys, locations and dimensions are called now; what is not known any more goes by its id. */
type Words = { readonly lines: ReadonlyMap<string, string>; readonly locations: ReadonlyMap<string, string>; readonly dimensions: ReadonlyMap<string, string> };

async function wordsOf(db: ShopDb): Promise<Words> {
  const [lines, locations, books] = await Promise.all([linesInUse(db), locationsOf(db), currentConnection(db, "books")]);
  const chart = books === null ? null : await chartOf(db, books.id);
  return {
    lines: new Map(lines.map(({ key, label }) => [key, label])),
    locations: new Map(locations.map(({ id, name }) => [id, name])),
    dimensions: new Map((chart?.dimensions ?? []).map(({ id, name }) => [id, name])),
  };
}

/** Something that a version says: a line's account, or a tag of a line or a location. */
type Place = readonly ["account", key: string] | readonly ["line" | "location", at: string, dimension: string];
type Placed = Pick<AccountRef, "id" | "name">;

/** Everything that a version says, by its place as text. */
function placesOf({ accounts, tags }: MappingRow): Map<string, Placed> {
  const tagged = (kind: "line" | "location", all: MappingRow["tags"]["lines"] | MappingRow["tags"]["locations"]) => (
    Object.entries(all).flatMap(([at, list]) => list.map(({ dimension, option, name }) => [textOf([kind, at, dimension]), { id: option, name }] as const))
  );
  return new Map([
    ...Object.entries(accounts).map(([key, account]) => [textOf(["account", key]), account] as const),
    ...tagged("line", tags.lines),
    ...tagged("location", tags.locations),
  ]);
}

function textOf(place: Place): string {
  return JSON.stringify(place);
}

function changesOf(before: MappingRow | undefined, after: MappingRow, words: Words): VersionView["changes"] {
  const [old, now] = [before === undefined ? new Map<string, Placed>() : placesOf(before), placesOf(after)];
  const places = [...new Set([...now.keys(), ...old.keys()])].filter((place) => old.get(place)?.id !== now.get(place)?.id);
  return places.map((place) => ({
    label: labelOf(place, words), what: whatOf(place, words), from: old.get(place)?.name ?? null, to: now.get(place)?.name ?? null,
  }));
}

function labelOf(text: string, words: Words): string {
  const [kind, at] = JSON.parse(text) as Place;
  return (kind === "location" ? words.locations : words.lines).get(at) ?? at;
}

function whatOf(text: string, { dimensions }: Words): string {
  const [kind, , dimension] = JSON.parse(text) as Place;
  return kind === "account" || dimension === undefined ? "Account" : (dimensions.get(dimension) ?? dimension);
}
