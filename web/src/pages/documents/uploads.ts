/** The files that are being filed, three at a time, each with its own fate: one that fails keeps none of the others. */
import { createSignal, type Accessor } from "solid-js";
import type { Description, DocumentAnswer, DocumentItem, DocumentsView, SubjectKind } from "../../../../src/features/documents/contract";
import { systemRandom } from "../../../../src/kernel/clock";
import { newId } from "../../../../src/kernel/ids";
import type { Answer, Trouble } from "../../ask";
import type { DocumentsApi } from "./documents-api";
import { sendInParts } from "./parts";
import { isPhoto, type Prepared } from "./prepare";
import { LARGEST_DOCUMENT_BYTES, LARGEST_PHOTO_BYTES, LARGEST_UPLOAD_BYTES } from "./sizes";
import { steadily, type Line } from "./steady";
import { titleFrom } from "./title";
import { uploadTroubles } from "./words";

export type UploadState = "queued" | "preparing" | "sending" | "checking" | "offline" | "filed" | "failed";

export type Upload = {
  readonly id: number;
  /** The server's name for all attempts at this file. */
  readonly key: string;
  readonly file: File;
  readonly filing: Filing;
  /** As it is called in the list; can be changed at any time. */
  readonly title: string;
  readonly state: UploadState;
  /** Of its bytes, from 0 to 1. */
  readonly part: number;
  readonly prepared: Prepared | null;
  /** The upload in parts that it is, once that has begun. */
  readonly begun: string | null;
  readonly document: DocumentItem | null;
  readonly trouble: Trouble | null;
};

/** What new files are filed as. `kind` null: photos as photos, all else as other. */
export type Filing = { readonly kind: "photo" | "warranty" | "other" | null; readonly subjectKind: SubjectKind; readonly subject: string; readonly makesSmaller: boolean };
export type Unfinished = DocumentsView["uploads"][number];

export type Uploads = {
  readonly all: Accessor<readonly Upload[]>;
  /** How many were filed since the page was opened: whoever shows the list asks for it anew when this changes. */
  readonly filedCount: Accessor<number>;
  readonly isBusy: Accessor<boolean>;
  /** Files that were begun before (by name and size) are gone on with. */
  readonly add: (files: Iterable<File>, filing: Filing, unfinished: readonly Unfinished[]) => void;
  readonly again: (id: number, makesSmaller?: boolean) => void;
  /** Stops one that is under way, and takes any one out of the list. */
  readonly drop: (id: number) => void;
  readonly dropFinished: () => void;
  readonly rename: (id: number, title: string) => void;
};

type Api = Pick<DocumentsApi, "file" | "setThumbnail" | "describe" | "startUpload" | "upload" | "sendPart" | "completeUpload" | "cancelUpload">;
/** What surrounds the uploads; a test brings its own. */
export type Surroundings = { readonly api: Api; readonly line: Line; readonly prepare: (file: File, makesSmaller: boolean) => Promise<Prepared>; readonly onAllDone: (filed: number) => void };

const FILES_AT_ONCE = 3;
const AT_REST: ReadonlySet<UploadState> = new Set(["filed", "failed"]);

/** An empty desk. */
export function createUploads(around: Surroundings): Uploads {
  const [all, setAll] = createSignal<readonly Upload[]>([]);
  const [filedCount, setFiledCount] = createSignal(0);
  const stops = new Map<number, AbortController>();
  let lastId = 0;

  const find = (id: number) => all().find((one) => one.id === id);
  const change = (id: number, to: Partial<Upload>) => setAll((before) => before.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const isBusy = () => all().some(({ state }) => !AT_REST.has(state));

  const begin = () => {
    for (const one of all()) if (one.state === "queued" && stops.size < FILES_AT_ONCE) void run(one);
  };
  const run = async (one: Upload) => {
    const stop = new AbortController();
    stops.set(one.id, stop);
    const desk: Desk = { ...around, signal: stop.signal, change: (to) => change(one.id, to), titleNow: () => find(one.id)?.title ?? one.title };
    const answer = await fileOne(desk, one).catch((): Answer<DocumentItem> => ({ ok: false, failure: uploadTroubles.unreadable }));
    stops.delete(one.id);
    if (answer.ok) {
      change(one.id, { state: "filed", part: 1, document: answer.value });
      setFiledCount((before) => before + 1);
    } else change(one.id, { state: "failed", trouble: answer.failure });
    if (!isBusy() && answer.ok) around.onAllDone(all().filter(({ state }) => state === "filed").length);
    begin();
  };

  return {
    all, filedCount, isBusy,
    add: (files, filing, unfinished) => {
      const mine = new Set(all().flatMap(({ begun }) => begun ?? []));
      const made = [...files].map((file): Upload => ({
        id: ++lastId, key: newId(systemRandom), file, filing, title: titleFrom(file.name), state: "queued", part: 0, prepared: null, document: null, trouble: null,
        begun: unfinished.find(({ id, name, sizeBytes }) => name === file.name && sizeBytes === file.size && !mine.has(id))?.id ?? null,
      }));
      setAll((before) => [...before, ...made]);
      begin();
    },
    again: (id, makesSmaller) => {
      const one = find(id);
      if (one?.state !== "failed") return;
      change(id, { state: "queued", part: 0, trouble: null, filing: makesSmaller === undefined ? one.filing : { ...one.filing, makesSmaller } });
      begin();
    },
    drop: (id) => {
      const one = find(id);
      stops.get(id)?.abort();
      if (one?.begun !== null && one?.begun !== undefined && one.state !== "filed") void around.api.cancelUpload(one.begun);
      setAll((before) => before.filter((other) => other.id !== id));
    },
    dropFinished: () => setAll((before) => before.filter(({ state }) => state !== "filed")),
    rename: (id, title) => {
      const one = find(id);
      if (one === undefined) return;
      change(id, { title });
      if (one.document !== null) void nameIt(around.api, one.document, title).then((answer) => change(id, answer.ok ? { document: answer.value, trouble: null } : { trouble: answer.failure }));
    },
  };
}

type Desk = Surroundings & { readonly signal: AbortSignal; readonly change: (to: Partial<Upload>) => void; readonly titleNow: () => string };

/** From the file to the document: looked at here, sent, given its picture and the title that it was given meanwhile. */
async function fileOne(desk: Desk, one: Upload): Promise<Answer<DocumentItem>> {
  const hopeless = problemOf(one.file);
  if (hopeless !== null) return { ok: false, failure: hopeless };
  desk.change({ state: "preparing" });
  const prepared = await desk.prepare(one.file, one.filing.makesSmaller);
  if (isPhoto(one.file) && prepared.body.size > LARGEST_PHOTO_BYTES) return { ok: false, failure: uploadTroubles.largePhoto };
  desk.change({ state: "sending", prepared });
  const sent = await send(desk, { ...one, prepared });
  if (!sent.ok) return sent;
  const { document } = sent.value;
  // A list without a picture is still a list: whether this arrives decides nothing.
  if (prepared.thumbnail !== null) await desk.api.setThumbnail(document.id, prepared.thumbnail, { signal: desk.signal, onProgress: () => undefined });
  const title = desk.titleNow();
  return title === document.title ? { ok: true, value: document } : await nameIt(desk.api, document, title);
}

async function send(desk: Desk, one: Upload & { readonly prepared: Prepared }): Promise<Answer<DocumentAnswer>> {
  const { prepared, filing } = one;
  const onProgress = (part: number) => desk.change({ part, state: part < 1 ? "sending" : "checking" });
  const keep = <T>(step: () => Promise<Answer<T>>) => steadily(desk.line, desk.signal, (isOffline) => desk.change({ state: isOffline ? "offline" : "sending" }), step);
  const title = desk.titleNow();
  const { subjectKind, subject } = filing;
  const kind = filing.kind ?? (isPhoto(one.file) ? "photo" : "other");
  const name = prepared.name.slice(-255);
  if (prepared.checksum === null) {
    const start = { kind, subjectKind, subject, title, tags: [], issuedOn: null, expiresOn: null, name, sizeBytes: prepared.body.size };
    return await sendInParts(prepared.body, start, one.begun, { api: desk.api, signal: desk.signal, onProgress, onBegun: (begun) => desk.change({ begun }), steadily: keep });
  }
  const query = { name, kind, subjectKind, ...(subject === "" ? {} : { subject }), title, checksum: prepared.checksum, key: one.key };
  return await keep(() => desk.api.file(prepared.body, query, { signal: desk.signal, onProgress: (bytes) => onProgress(prepared.body.size === 0 ? 1 : Math.min(1, bytes / prepared.body.size)) }));
}

/** Why a file need not even be read, or null. */
function problemOf(file: File): Trouble | null {
  if (file.size === 0) return uploadTroubles.empty;
  if (isPhoto(file) && file.size > LARGEST_UPLOAD_BYTES) return uploadTroubles.largePhoto;
  return file.size > LARGEST_DOCUMENT_BYTES ? uploadTroubles.tooLarge : null;
}

/** Another title, and everything else as it is. */
async function nameIt(api: Api, document: DocumentItem, title: string): Promise<Answer<DocumentItem>> {
  const { kind, subjectKind, subject, tags, issuedOn, expiresOn, changedAt } = document;
  if (kind === "certificate" || kind === "report" || title.trim() === "") return { ok: true, value: document };
  const description: Description = { kind, subjectKind, subject, title: title.trim(), tags, issuedOn, expiresOn };
  const answer = await api.describe(document.id, { ...description, changedAt });
  return answer.ok ? { ok: true, value: answer.value.document } : answer;
}
