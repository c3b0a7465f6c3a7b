/** A large file in parts: any of them may come twice, late or after a reload, and what arrived is not sent again. */
import type { DocumentAnswer, UploadStart, UploadView } from "../../../../src/features/documents/contract";
import type { Answer, Trouble } from "../../ask";
import type { DocumentsApi } from "./documents-api";
import { checksumOf } from "./prepare";

/** Three fill the line of an ordinary connection, and no more than three parts stand in memory. */
const PARTS_AT_ONCE = 3;

type Api = Pick<DocumentsApi, "startUpload" | "upload" | "sendPart" | "completeUpload">;
type Options = {
  readonly api: Api;
  readonly signal: AbortSignal;
  /** The part of all bytes that has left, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  /** Under which the upload is gone on with; told as soon as it is known. */
  readonly onBegun: (id: string) => void;
  /** Runs one step until it works or cannot: see `steadily`. */
  readonly steadily: <T>(step: () => Promise<Answer<T>>) => Promise<Answer<T>>;
};

/** The numbers of the parts that have not arrived, from 1. */
export function missingParts({ sizeBytes, partBytes, parts }: UploadView): number[] {
  const arrived = new Set(parts);
  return Array.from({ length: Math.max(1, Math.ceil(sizeBytes / partBytes)) }, (_, index) => index + 1).filter((part) => !arrived.has(part));
}

/** Sends what is missing and completes. `begun` is an upload to go on with, or null for a new one. */
export async function sendInParts(file: Blob, start: UploadStart, begun: string | null, options: Options): Promise<Answer<DocumentAnswer>> {
  const { api, steadily } = options;
  const view = await steadily(() => (begun === null ? api.startUpload(start) : api.upload(begun)));
  if (!view.ok) return begun !== null && view.failure.kind === "not_found" ? await goneOn(file, start, begun, options) : view;
  options.onBegun(view.value.id);
  const trouble = await sendMissing(file, view.value, options);
  return trouble === null ? await steadily(() => api.completeUpload(view.value.id)) : { ok: false, failure: trouble };
}

/** The server knows the upload no more: it was completed and the answer was lost, or it was given up meanwhile. */
async function goneOn(file: Blob, start: UploadStart, begun: string, options: Options): Promise<Answer<DocumentAnswer>> {
  const done = await options.steadily(() => options.api.completeUpload(begun));
  return done.ok || done.failure.kind !== "not_found" ? done : await sendInParts(file, start, null, options);
}

/** Null when all parts are there; the first trouble otherwise, and then no further part is begun. */
async function sendMissing(file: Blob, view: UploadView, { api, signal, onProgress, steadily }: Options): Promise<Trouble | null> {
  const missing = missingParts(view);
  const onTheWay = new Map<number, number>();
  let arrivedBytes = view.sizeBytes - missing.reduce((sum, part) => sum + partOf(file, part, view).size, 0);
  const troubles: Trouble[] = [];
  const tell = () => onProgress(Math.min(1, [...onTheWay.values()].reduce((sum, bytes) => sum + bytes, arrivedBytes) / view.sizeBytes));
  tell();
  const sendOne = async (part: number) => {
    const body = partOf(file, part, view);
    const checksum = await checksumOf(body);
    const sent = await steadily(() => api.sendPart(view.id, part, body, checksum, { signal, onProgress: (bytes) => { onTheWay.set(part, Math.min(bytes, body.size)); tell(); } }));
    onTheWay.delete(part);
    if (sent.ok) arrivedBytes += body.size;
    else troubles.push(sent.failure);
    tell();
  };
  const lane = async () => {
    for (let part = missing.shift(); part !== undefined && troubles.length === 0 && !signal.aborted; part = missing.shift()) await sendOne(part);
  };
  await Promise.all(Array.from({ length: PARTS_AT_ONCE }, lane));
  return troubles[0] ?? null;
}

function partOf(file: Blob, part: number, { partBytes }: UploadView): Blob {
  return file.slice((part - 1) * partBytes, part * partBytes);
}
