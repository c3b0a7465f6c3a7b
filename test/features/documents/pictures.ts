/** The smallest pictures that are pictures. */

/** A PNG of one grey pixel. */
export function smallPicture(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="), (character) => character.charCodeAt(0));
}
