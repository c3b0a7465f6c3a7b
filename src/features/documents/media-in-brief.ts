/** What bytes are, in brief: PDF and plain text alone, until `media/` looks at them closely. */
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import type { MediaType } from "./contract";

export const HEAD_BYTES = 4096;
export type Photo = { readonly bytes: Uint8Array<ArrayBuffer>; readonly width: number; readonly height: number };

/** The type of a file that begins with `head`, or null for what may not be filed. */
export function readMedia(head: Uint8Array, fileName: string): MediaType | null {
  const text = new TextDecoder("latin1").decode(head);
  if (/^%PDF-[12]\.\d/.test(text)) return "application/pdf";
  if (text.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg";
  if (text === "" || /[^\P{Cc}\t\n\f\r]/u.test(text) || /^\s*<|^PK|^GIF8/.test(text)) return null;
  return /\.csv$/i.test(fileName) ? "text/csv" : "text/plain";
}

/** The refusal of what `readMedia` gave null for. */
export function notFiled(_head: Uint8Array): Failed {
  const message = "This is not something that can be filed here. Send a photo, a PDF, a CSV file or plain text.";
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}

/** Looks at text piece by piece. */
export function checkText(): { readonly take: (piece: Uint8Array) => boolean; readonly end: () => boolean } {
  return { take: (piece) => !piece.includes(0), end: () => true };
}

/** A photo as it came. */
export async function cleanPhoto(bytes: Uint8Array<ArrayBuffer>, _type: MediaType): Promise<Result<Photo>> {
  return ok({ bytes, width: 1, height: 1 });
}

/** A small picture as it came. */
export async function checkThumbnail(bytes: Uint8Array<ArrayBuffer>): Promise<Result<Photo>> {
  return ok({ bytes, width: 1, height: 1 });
}
