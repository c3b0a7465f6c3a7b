/** What this browser makes of a file before it is sent: its checksum, and of a photo the picture for lists and a smaller copy. */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { fitted, LARGEST_THUMBNAIL_BYTES, LARGEST_UPLOAD_BYTES, SMALLER_PIXELS, THUMBNAIL_PIXELS } from "./sizes";

export type Prepared = {
  /** What is sent: the file itself, or the smaller photo. */
  readonly body: Blob;
  readonly name: string;
  /** Null for what goes in parts: each of them has its own. */
  readonly checksum: string | null;
  /** In pixels, as the photo is seen; null for everything else. */
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** A JPEG; null where the browser cannot read the photo (HEIC outside of Apple's) and for everything else. */
  readonly thumbnail: Blob | null;
};

const PHOTO = /^image\/(?:jpeg|png|webp|hei[cf])$/;
/** Some systems give HEIC no type. */
export const isPhoto = (file: Pick<File, "type" | "name">): boolean => PHOTO.test(file.type) || (file.type === "" && /\.hei[cf]$/i.test(file.name));

/** SHA-256 as 43 base64url characters. */
export async function checksumOf(body: Blob): Promise<string> {
  return encodeBase64urlNoPadding(new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer())));
}

/** Rejects where the file cannot be read (removed meanwhile, a folder). `makesSmaller`: for photos of more pixels than paper needs. */
export async function prepare(file: File, makesSmaller: boolean): Promise<Prepared> {
  const picture = isPhoto(file) ? await createImageBitmap(file).catch(() => null) : null;
  try {
    const smaller = picture !== null && makesSmaller ? await smallerPhoto(picture, file) : null;
    const body = smaller ?? file;
    return {
      body,
      name: smaller === null ? file.name : file.name.replace(/\.[^.]*$|$/, ".jpg"),
      checksum: body.size <= LARGEST_UPLOAD_BYTES ? await checksumOf(body) : null,
      pixels: picture === null ? null : smaller === null ? { width: picture.width, height: picture.height } : fitted(picture.width, picture.height, SMALLER_PIXELS),
      thumbnail: picture === null ? null : await thumbnailOf(picture),
    };
  } finally {
    picture?.close();
  }
}

/** Null where the photo is small enough, or would not become smaller. */
async function smallerPhoto(picture: ImageBitmap, file: File): Promise<Blob | null> {
  if (Math.max(picture.width, picture.height) <= SMALLER_PIXELS) return null;
  const drawn = await jpegOf(picture, SMALLER_PIXELS, 0.85);
  return drawn !== null && drawn.size < file.size ? drawn : null;
}

async function thumbnailOf(picture: ImageBitmap): Promise<Blob | null> {
  for (const quality of [0.8, 0.5]) {
    const drawn = await jpegOf(picture, THUMBNAIL_PIXELS, quality);
    if (drawn !== null && drawn.size <= LARGEST_THUMBNAIL_BYTES) return drawn;
  }
  return null;
}

async function jpegOf(picture: ImageBitmap, most: number, quality: number): Promise<Blob | null> {
  const { width, height } = fitted(picture.width, picture.height, most);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  // A JPEG knows no transparency: what shows through is paper.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
