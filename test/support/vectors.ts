/** Independent vectors, which stand beside the checkout and not in it: `describe.skipIf(!HAS_VECTORS)` where they are asked for. */
const PLACE = "https://shared.test/vectors";

/** Whether `../shared/vectors` is there. */
export const HAS_VECTORS = (await fetch(`${PLACE}/SOURCES.md`)).ok;

/** A file of vectors, by its path below `vectors/`. */
export async function vectorFile(path: string): Promise<Response> {
  return await fetch(`${PLACE}/${path}`);
}
