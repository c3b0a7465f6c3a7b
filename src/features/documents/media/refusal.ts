/** Why a file is not taken, in words for whoever sent it. */
import type { Failure } from "../../../kernel/failure";
import { failed, type Failed } from "../../../kernel/result";
import { LONGEST_THUMBNAIL_SIDE_PIXELS, type Flaw } from "./photo";

const PHOTOS = "Photos can be JPEG, PNG, WebP or HEIC.";

const WORDS = {
  not_a_photo: `This is not a photo that Daybook can read. ${PHOTOS}`,
  damaged: "This photo is damaged: it ends too early or contradicts itself. It was not filed; please send the original once more.",
  unusual: "This photo is built in a way that few programs can show, so it was not filed. Save it as an ordinary JPEG or PNG and send that.",
  moving: `This is a moving picture, and only still ones can be filed. ${PHOTOS}`,
  too_many_pixels: "This picture has more pixels than most programs can open: at most 120 million, and 30,000 a side. Please send a smaller copy.",
  thumbnail_too_large: `A small picture has at most ${LONGEST_THUMBNAIL_SIDE_PIXELS} pixels a side.`,
  thumbnail_type: "A small picture is a JPEG, a PNG or a WebP.",
} satisfies Record<Flaw, string>;

/** `invalid_input` on the field `file`, with a sentence for a shopkeeper. */
export function refused(flaw: Flaw): Failed {
  return refusedWith(WORDS[flaw]);
}

/** The same with a sentence of its own. */
export function refusedWith(message: string): Failed {
  const failure: Failure = { kind: "invalid_input", message, fields: [{ path: "file", message }] };
  return failed(failure);
}
