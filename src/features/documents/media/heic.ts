/**
 * A HEIC built anew around its picture (ISO/IEC 23008-12): the primary item, a coded picture or a grid of them, and its
 * transparency. Exif and XMP items, thumbnails, previews, depth and other pictures, names, users' descriptions, unknown
 * boxes and all bytes that no kept item names go; coded slices stay byte for byte. How it is turned stands in `irot`
 * and `imir`, never in Exif (6.5.10).
 */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds, joined, type Bytes } from "./bytes";
import { leadingBoxes, type Box } from "./heic-boxes";
import { itemsOf, type Items } from "./heic-items";
import { partsOf, type Parts } from "./heic-parts";
import { cleanProperty, cleanSlices, lengthSizeOf } from "./heic-properties";
import { heicBytes, type KeptItem, type KeptProperty } from "./heic-written";
import { MOST_PIXELS, sizeFlaw, type Flaw, type Photo } from "./photo";
import { brandsOf } from "./read-media";

/** Colours, transparency, and what tiles reach over the edge: more is a bomb of tiles. */
const MOST_CODED_PIXELS = 3 * MOST_PIXELS;

/** The photo without what names places, devices and people; sizes are those of the picture once turned. */
export function cleanHeic(bytes: Uint8Array): Result<Photo, Flaw> {
  const boxes = leadingBoxes(bytes);
  if (!boxes.ok) return boxes;
  const metas = boxes.value.filter(({ name }) => name === "meta");
  const [meta] = metas;
  if (meta === undefined || metas.length > 1) return failed("damaged");
  const items = itemsOf(meta.body);
  if (!items.ok) return items;
  const parts = partsOf(items.value);
  if (!parts.ok) return parts;
  const flaw = pixelFlaw(items.value, parts.value);
  if (flaw !== null) return failed(flaw);
  const kept = keptItems(items.value, parts.value, bytes);
  if (!kept.ok) return kept;
  const size = extentOf(items.value, items.value.primary);
  const isTurned = propertiesOf(items.value, items.value.primary).some(({ name, body }) => name === "irot" && ((body[0] ?? 0) & 1) === 1);
  const brand = brandsOf(bytes).includes("heix") ? "heix" : "heic";
  const clean = heicBytes({ brand, primary: items.value.primary, items: kept.value, references: parts.value.references });
  return ok({ bytes: clean, ...isTurned ? { width: size.height, height: size.width } : size });
}

function propertiesOf(items: Items, id: number): readonly Box[] {
  return (items.associations.get(id) ?? []).flatMap(({ index }) => items.properties[index - 1] ?? []);
}

/** `ispe`; zeros where an item has none, which is no size. */
function extentOf(items: Items, id: number): { readonly width: number; readonly height: number } {
  const extent = propertiesOf(items, id).find(({ name }) => name === "ispe")?.body ?? new Uint8Array();
  return { width: bigEndian(extent, 4, 4), height: bigEndian(extent, 8, 4) };
}

/** Every part has a size within bounds, and so has what all tiles come to, each as often as it is shown. */
function pixelFlaw(items: Items, { ids, references }: Parts): Flaw | null {
  for (const id of ids) {
    const { width, height } = extentOf(items, id);
    const flaw = sizeFlaw(width, height);
    if (flaw !== null) return flaw;
  }
  const coded = references.filter(({ name }) => name === "dimg").flatMap(({ to }) => to).reduce((sum, id) => {
    const { width, height } = extentOf(items, id);
    return sum + width * height;
  }, 0);
  return coded > MOST_CODED_PIXELS ? "too_many_pixels" : null;
}

function keptItems(items: Items, { ids, references }: Parts, file: Uint8Array): Result<readonly KeptItem[], Flaw> {
  const properties = keptProperties(items);
  if (!properties.ok) return properties;
  const kept: KeptItem[] = [];
  let room = file.length;
  for (const { id, name, isHidden } of items.infos.filter((info) => ids.has(info.id))) {
    const extents = items.extents.get(id) ?? [];
    room -= extents.reduce((sum, { length }) => sum + length, 0);
    // Extents that lie over each other could make a small file large.
    if (room < 0 || extents.length === 0) return failed("damaged");
    const pieces = extents.map(({ isInline, start, length }) => ({ source: isInline ? items.inline : file, start, length }));
    if (!pieces.every(({ source, start, length }) => length > 0 && holds(source, start, length))) return failed("damaged");
    const views = pieces.map(({ source, start, length }) => source.subarray(start, start + length));
    const [data = new Uint8Array()] = views.length === 1 ? views : [joined(views)];
    const tiles = references.find((reference) => reference.name === "dimg" && reference.from === id)?.to.length ?? 0;
    const clean = name === "grid" ? cleanGrid(data, tiles, extentOf(items, id)) : cleanCoded(items, id, data);
    if (!clean.ok) return clean;
    const own = ownProperties(items, id, properties.value);
    if (!own.ok) return own;
    kept.push({ id, name, isHidden, data: clean.value, isInline: extents.every(({ isInline }) => isInline), properties: own.value });
  }
  return ok(kept);
}

/** Every property cleaned, by its index; null for those that go. */
function keptProperties(items: Items): Result<readonly (Bytes | null)[], Flaw> {
  const clean: (Bytes | null)[] = [];
  for (const property of items.properties) {
    const bytes = cleanProperty(property);
    if (!bytes.ok) return bytes;
    clean.push(bytes.value);
  }
  return ok(clean);
}

/** Nobody may show an item without a property that is essential to it and unknown (ISO/IEC 23008-12, 9.3.1). */
function ownProperties(items: Items, id: number, clean: readonly (Bytes | null)[]): Result<readonly KeptProperty[], Flaw> {
  const own: KeptProperty[] = [];
  for (const { index, isEssential } of items.associations.get(id) ?? []) {
    const bytes = clean[index - 1] ?? null;
    if (bytes !== null) own.push({ index, isEssential, bytes });
    else if (isEssential) return failed("unusual");
  }
  return ok(own);
}

/** A grid's lines and columns, each less one, and the size of the whole in words of 16 or 32 bits (6.6.2.3). */
function cleanGrid(data: Uint8Array, tiles: number, size: { readonly width: number; readonly height: number }): Result<readonly Uint8Array[], Flaw> {
  const [version, flags = 0, lines = 0, columns = 0] = data;
  const word = flags === 1 ? 4 : 2;
  const isWhole = version === 0 && flags <= 1 && data.length === 4 + 2 * word && tiles === (lines + 1) * (columns + 1);
  const isAsStated = bigEndian(data, 4, word) === size.width && bigEndian(data, 4 + word, word) === size.height;
  return isWhole && isAsStated ? ok([data]) : failed("damaged");
}

function cleanCoded(items: Items, id: number, data: Uint8Array): Result<readonly Uint8Array[], Flaw> {
  const decoder = propertiesOf(items, id).find(({ name }) => name === "hvcC");
  return decoder === undefined ? failed("damaged") : cleanSlices(data, lengthSizeOf(decoder.body));
}
