/** A HEIC file as it is written: items are numbered from 1, each lies in one piece, and nothing stands between the pieces. */
import { joined, toBigEndian, written, type Bytes } from "./bytes";
import { box, fullBox } from "./heic-boxes";
import type { Reference } from "./heic-items";

/** `index` tells which of an item's properties are the same box as another's. */
export type KeptProperty = { readonly index: number; readonly isEssential: boolean; readonly bytes: Bytes };
/** `isInline`: the data stands within `meta`, as grids' do. */
export type KeptItem = {
  readonly id: number;
  readonly name: string;
  readonly isHidden: boolean;
  readonly isInline: boolean;
  readonly data: readonly Uint8Array[];
  readonly properties: readonly KeptProperty[];
};
export type Picture = { readonly brand: "heic" | "heix"; readonly primary: number; readonly items: readonly KeptItem[]; readonly references: readonly Reference[] };

/** The whole file: brands, description, data. */
export function heicBytes(picture: Picture): Bytes {
  const brands = box("ftyp", written(`${picture.brand}\0\0\0\0mif1${picture.brand}`));
  const head = 8;
  // Offsets have a fixed width: the length of the description is known before they are.
  const start = brands.length + metaBytes(picture, 0).length + head;
  const data = picture.items.filter(({ isInline }) => !isInline).flatMap((item) => item.data);
  // All at once: a photo of 25 MB is not to be copied time and again.
  return joined([brands, metaBytes(picture, start), toBigEndian(head + lengthOf(data), 4), written("mdat"), ...data]);
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function metaBytes({ primary, items, references }: Picture, dataStart: number): Bytes {
  const numbers = new Map(items.map(({ id }, index) => [id, toBigEndian(index + 1, 2)]));
  const numberOf = (id: number): Bytes => numbers.get(id) ?? toBigEndian(0, 2);
  const infos = items.map(({ id, name, isHidden }) => fullBox("infe", 2, isHidden ? 1 : 0, numberOf(id), toBigEndian(0, 2), written(`${name}\0`)));
  const links = references.map(({ name, from, to }) => box(name, numberOf(from), toBigEndian(to.length, 2), ...to.map(numberOf)));
  const inline = items.filter(({ isInline }) => isInline).flatMap(({ data }) => data);
  return fullBox(
    "meta", 0, 0,
    fullBox("hdlr", 0, 0, written("\0\0\0\0pict"), new Uint8Array(13)),
    fullBox("pitm", 0, 0, numberOf(primary)),
    fullBox("iloc", 1, 0, Uint8Array.of(0x44, 0), toBigEndian(items.length, 2), ...locations(items, numberOf, dataStart)),
    fullBox("iinf", 0, 0, toBigEndian(infos.length, 2), ...infos),
    ...links.length === 0 ? [] : [fullBox("iref", 0, 0, ...links)],
    properties(items, numberOf),
    ...inline.length === 0 ? [] : [box("idat", ...inline)],
  );
}

/** Offset and length in 32 bits each, one extent for each item. */
function locations(items: readonly KeptItem[], numberOf: (id: number) => Bytes, dataStart: number): readonly Bytes[] {
  let inline = 0;
  let outside = dataStart;
  return items.map(({ id, isInline, data }) => {
    const at = isInline ? inline : outside;
    const length = lengthOf(data);
    if (isInline) inline += length;
    else outside += length;
    return joined([numberOf(id), toBigEndian(isInline ? 1 : 0, 2), toBigEndian(0, 2), toBigEndian(1, 2), toBigEndian(at, 4), toBigEndian(length, 4)]);
  });
}

function properties(items: readonly KeptItem[], numberOf: (id: number) => Bytes): Bytes {
  const boxes = new Map(items.flatMap(({ properties }) => properties.map(({ index, bytes }) => [index, bytes] as const)));
  const order = [...boxes.keys()].toSorted((one, other) => one - other);
  const places = new Map(order.map((index, place) => [index, place + 1]));
  const associations = items.map(({ id, properties }) => joined([
    numberOf(id),
    toBigEndian(properties.length, 1),
    ...properties.map(({ index, isEssential }) => toBigEndian((places.get(index) ?? 0) + (isEssential ? 0x8000 : 0), 2)),
  ]));
  const container = box("ipco", ...order.map((index) => boxes.get(index) ?? new Uint8Array()));
  return box("iprp", container, fullBox("ipma", 0, 1, toBigEndian(items.length, 4), ...associations));
}
