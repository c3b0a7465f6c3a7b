/** One file on its way to a document: looked at here, sent whole or in parts, given its picture and its title. */
import type { Description, DocumentAnswer, DocumentItem } from "../../../../src/features/documents/contract";
import type { Answer, Trouble } from "../../ask";
import { rememberFile } from "./begun";
import type { DocumentsApi } from "./documents-api";
import { sendInParts } from "./parts";
import { isPhoto, type Prepared } from "./prepare";
import { LARGEST_DOCUMENT_BYTES, LARGEST_PHOTO_BYTES, LARGEST_UPLOAD_BYTES } from "./sizes";
import { steadily, type Line } from "./steady";
import { uploadTroubles } from "./upload-words";
import type { Upload } from "./uploads";

type Api = Pick<DocumentsApi, "file" | "setThumbnail" | "describe" | "startUpload" | "upload" | "sendPart" | "completeUpload" | "cancelUpload">;
/** With what files are sent. */
export type Means = { readonly api: Api; readonly line: Line; readonly prepare: (file: File, makesSmaller: boolean) => Promise<Prepared> };
type Desk = Means & { readonly signal: AbortSignal; readonly change: (to: Partial<Upload>) => void; readonly titleNow: () => string };

/** The document, once there is one; a trouble besides it leaves the document filed. */
export type Outcome = { readonly document: DocumentItem | null; readonly trouble: Trouble | null };

/** Rejects where the file cannot be read. */
export async function fileOne(desk: Desk, one: Upload): Promise<Outcome> {
  const hopeless = problemOf(one.file);
  if (hopeless !== null) return { document: null, trouble: hopeless };
  desk.change({ state: "preparing" });
  const prepared = await desk.prepare(one.file, one.filing.makesSmaller);
  if (isPhoto(one.file) && prepared.body.size > LARGEST_PHOTO_BYTES) return { document: null, trouble: uploadTroubles.largePhoto };
  desk.change({ state: "sending", prepared });
  const sent = await send(desk, { ...one, prepared });
  if (!sent.ok) return { document: null, trouble: sent.failure };
  const document = await withThumbnail(desk, sent.value.document, prepared);
  const title = desk.titleNow();
  return title === document.title ? { document, trouble: null } : await nameIt(desk.api, document, title);
}

/** A list without a picture is still a list: whether it arrives decides nothing. */
async function withThumbnail({ api, signal }: Desk, document: DocumentItem, { thumbnail }: Prepared): Promise<DocumentItem> {
  if (thumbnail === null) return document;
  const answer = await api.setThumbnail(document.id, document.version, thumbnail, { signal, onProgress: () => undefined });
  return answer.ok ? answer.value.document : document;
}

async function send(desk: Desk, one: Upload & { readonly prepared: Prepared }): Promise<Answer<DocumentAnswer>> {
  const { prepared: { body, name, checksum }, filing: { subjectKind, subject, ...filing } } = one;
  const onProgress = (part: number) => desk.change({ part, state: part < 1 ? "sending" : "checking" });
  const keep = <T>(step: () => Promise<Answer<T>>) => steadily(desk.line, desk.signal, (isOffline) => desk.change({ state: isOffline ? "offline" : "sending" }), step);
  const said = { kind: filing.kind ?? (isPhoto(one.file) ? "photo" as const : "other" as const), subjectKind, title: desk.titleNow(), name: name.slice(-255) };
  if (checksum !== null) {
    const query = { ...said, ...(subject === "" ? {} : { subject }), checksum, key: one.key };
    return await keep(() => desk.api.file(body, query, { signal: desk.signal, onProgress: (bytes) => onProgress(Math.min(1, bytes / body.size)) }));
  }
  const onBegun = (begun: string) => {
    rememberFile(begun, one.file);
    desk.change({ begun });
  };
  const start = { ...said, subject, tags: [], issuedOn: null, expiresOn: null, sizeBytes: body.size };
  return await sendInParts(body, start, one.begun, { api: desk.api, signal: desk.signal, onProgress, onBegun, steadily: keep });
}

/** Why a file need not even be read, or null. */
function problemOf(file: File): Trouble | null {
  if (file.size === 0) return uploadTroubles.empty;
  if (isPhoto(file) && file.size > LARGEST_UPLOAD_BYTES) return uploadTroubles.largePhoto;
  return file.size > LARGEST_DOCUMENT_BYTES ? uploadTroubles.tooLarge : null;
}

/** Another title, and everything else as it is. */
export async function nameIt(api: Pick<Api, "describe">, document: DocumentItem, title: string): Promise<Outcome> {
  const { kind, subjectKind, subject, tags, issuedOn, expiresOn, changedAt } = document;
  if (kind === "certificate" || kind === "report" || title.trim() === "") return { document, trouble: null };
  const description: Description = { kind, subjectKind, subject, title: title.trim(), tags, issuedOn, expiresOn };
  const answer = await api.describe(document.id, { ...description, changedAt });
  return answer.ok ? { document: answer.value.document, trouble: null } : { document, trouble: answer.failure };
}
