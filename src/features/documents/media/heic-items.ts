/** The items of a HEIF's `meta` box (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 6): what they are, where they lie, how they hang together. */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds, nameAt } from "./bytes";
import { boxesOf, type Box } from "./heic-boxes";
import type { Flaw } from "./photo";

export type Extent = { readonly isInline: boolean; readonly start: number; readonly length: number };
export type Reference = { readonly name: string; readonly from: number; readonly to: readonly number[] };
/** `index` counts properties from 1. */
export type Association = { readonly index: number; readonly isEssential: boolean };
export type ItemInfo = { readonly id: number; readonly name: string; readonly isHidden: boolean };

export type Items = {
  readonly primary: number;
  readonly infos: readonly ItemInfo[];
  readonly extents: ReadonlyMap<number, readonly Extent[]>;
  readonly references: readonly Reference[];
  readonly properties: readonly Box[];
  readonly associations: ReadonlyMap<number, readonly Association[]>;
  /** What items hold that lie within `meta` itself. */
  readonly inline: Uint8Array;
};

/** A box holds less than it states, or states more than is read: thrown within this file only, and answered as a flaw. */
class EndOfBox extends Error {}

/** How many entries all lists of a file may have together: what is read of 25 MB of entries would fill the isolate. */
const MOST_ENTRIES = 300_000;
type Budget = { entries: number };

/** Reads the numbers of a box one after the other. */
class Reader {
  at = 4;
  readonly version: number;
  readonly flags: number;

  constructor(readonly body: Uint8Array, readonly budget: Budget) {
    this.version = bigEndian(body, 0, 1);
    this.flags = bigEndian(body, 1, 3);
  }

  number(size: number): number {
    if (!holds(this.body, this.at, size)) throw new EndOfBox();
    this.at += size;
    return bigEndian(this.body, this.at - size, size);
  }

  /** As many readings as are stated. */
  list<T>(count: number, read: () => T): readonly T[] {
    this.budget.entries -= count;
    if (this.budget.entries < 0) throw new EndOfBox();
    const values: T[] = [];
    for (let index = 0; index < count; index += 1) values.push(read());
    return values;
  }
}

/** The items of the `meta` box of a file of pictures. */
export function itemsOf(meta: Uint8Array): Result<Items, Flaw> {
  const boxes = boxesOf(meta.subarray(4));
  if (!boxes.ok) return boxes;
  const bodyOf = (name: string): Uint8Array => boxes.value.find((box) => box.name === name)?.body ?? new Uint8Array();
  const infos = boxesOf(bodyOf("iinf").subarray(bodyOf("iinf")[0] === 0 ? 6 : 8));
  const references = boxesOf(bodyOf("iref").subarray(4));
  const properties = boxesOf(bodyOf("iprp"));
  if (!infos.ok || !references.ok || !properties.ok) return failed("damaged");
  const held = boxesOf(properties.value.find(({ name }) => name === "ipco")?.body ?? new Uint8Array());
  if (!held.ok) return held;
  if (nameAt(bodyOf("hdlr"), 8) !== "pict") return failed("unusual");
  const budget: Budget = { entries: MOST_ENTRIES };
  try {
    const primary = new Reader(bodyOf("pitm"), budget);
    const isWide = bigEndian(bodyOf("iref"), 0, 1) > 0;
    return ok({
      primary: primary.number(primary.version === 0 ? 2 : 4),
      infos: infos.value.filter(({ name }) => name === "infe").map(({ body }) => infoOf(body, budget)),
      extents: extentsOf(bodyOf("iloc"), budget),
      references: references.value.map((box) => referenceOf(box, isWide ? 4 : 2, budget)),
      properties: held.value,
      associations: associationsOf(properties.value.filter(({ name }) => name === "ipma").map(({ body }) => body), budget),
      inline: bodyOf("idat"),
    });
  } catch (error) {
    if (error instanceof EndOfBox) return failed("damaged");
    throw error;
  }
}

/** `infe` (8.11.6). A protected item has a name here that no item has that is kept. */
function infoOf(body: Uint8Array, budget: Budget): ItemInfo {
  const reader = new Reader(body, budget);
  const id = reader.number(reader.version < 3 ? 2 : 4);
  const protection = reader.number(2);
  const name = reader.version < 2 || protection !== 0 ? "none" : String.fromCharCode(reader.number(1), reader.number(1), reader.number(1), reader.number(1));
  return { id, name, isHidden: (reader.flags & 1) === 1 };
}

/** `iloc` (8.11.3). Items that lie in other files or within other items have no extents here. */
function extentsOf(body: Uint8Array, budget: Budget): ReadonlyMap<number, readonly Extent[]> {
  const reader = new Reader(body, budget);
  const [offsetSize, lengthSize] = halves(reader.number(1));
  const [baseSize, indexSize] = halves(reader.number(1));
  const isNumbered = reader.version > 0;
  const idSize = reader.version < 2 ? 2 : 4;
  return new Map(reader.list(reader.number(idSize), () => {
    const id = reader.number(idSize);
    const method = isNumbered ? reader.number(2) & 15 : 0;
    const isElsewhere = reader.number(2) !== 0 || method > 1;
    const base = reader.number(baseSize);
    const extents = reader.list(reader.number(2), () => {
      if (isNumbered) reader.number(indexSize);
      return { isInline: method === 1, start: base + reader.number(offsetSize), length: reader.number(lengthSize) };
    });
    return [id, isElsewhere ? [] : extents] as const;
  }));
}

function halves(byte: number): readonly [number, number] {
  return [byte >> 4, byte & 15];
}

/** One reference (8.11.12): from an item to others, in their order. */
function referenceOf({ name, body }: Box, idSize: number, budget: Budget): Reference {
  const reader = new Reader(body, budget);
  reader.at = 0;
  const from = reader.number(idSize);
  return { name, from, to: reader.list(reader.number(2), () => reader.number(idSize)) };
}

/** `ipma` (ISO/IEC 23008-12, 9.3): which properties an item has, in the order in which they apply. */
function associationsOf(bodies: readonly Uint8Array[], budget: Budget): ReadonlyMap<number, readonly Association[]> {
  return new Map(bodies.flatMap((body) => {
    const reader = new Reader(body, budget);
    const size = reader.flags & 1 ? 2 : 1;
    const essential = size === 2 ? 0x8000 : 0x80;
    return reader.list(reader.number(4), () => {
      const id = reader.number(reader.version < 1 ? 2 : 4);
      const list = reader.list(reader.number(1), () => {
        const value = reader.number(size);
        return { index: value % essential, isEssential: value >= essential };
      });
      return [id, list] as const;
    });
  }));
}
