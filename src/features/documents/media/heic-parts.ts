/** Which items make up the picture that is shown: the primary one, its transparency, and the tiles of both. */
import { failed, ok, type Result } from "../../../kernel/result";
import type { Items, Reference } from "./heic-items";
import { isAlpha } from "./heic-properties";
import type { Flaw } from "./photo";

export type Parts = { readonly ids: ReadonlySet<number>; readonly references: readonly Reference[] };

/** A picture is coded, or a grid of coded ones: grids of grids, overlays and other codecs are not what cameras write. */
export function partsOf(items: Items): Result<Parts, Flaw> {
  const kinds = new Map(items.infos.map(({ id, name }) => [id, name]));
  if (kinds.size !== items.infos.length) return failed("damaged");
  const alphas = items.references.filter(({ name, from, to }) => name === "auxl" && to.includes(items.primary) && from !== items.primary && isTransparency(items, from));
  const pictures = [items.primary, ...new Set(alphas.map(({ from }) => from))];
  if (pictures.length > 2) return failed("unusual");
  const ids = new Set<number>();
  const references: Reference[] = alphas.map((reference) => ({ ...reference, to: [items.primary] }));
  for (const picture of pictures) {
    const kind = kinds.get(picture);
    if (kind !== "hvc1" && kind !== "grid") return failed(kind === undefined ? "damaged" : "unusual");
    ids.add(picture);
    if (kind === "hvc1") continue;
    const tiles = items.references.find(({ name, from }) => name === "dimg" && from === picture);
    if (tiles === undefined) return failed("damaged");
    if (tiles.to.some((tile) => kinds.get(tile) !== "hvc1")) return failed("unusual");
    for (const tile of tiles.to) ids.add(tile);
    references.push(tiles);
  }
  const premultiplied = items.references.filter(({ name, from, to }) => name === "prem" && from === items.primary && to.length === 1 && to.every((id) => ids.has(id)));
  return ok({ ids, references: [...references, ...premultiplied] });
}

function isTransparency(items: Items, id: number): boolean {
  return (items.associations.get(id) ?? []).some(({ index }) => {
    const property = items.properties[index - 1];
    return property?.name === "auxC" && isAlpha(property.body);
  });
}
