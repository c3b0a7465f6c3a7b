/** The files that are being filed, three at a time, each with its own fate: one that fails keeps none of the others. */
import { createSignal, type Accessor } from "solid-js";
import type { DocumentItem, DocumentsView, SubjectKind } from "../../../../src/features/documents/contract";
import { systemRandom } from "../../../../src/kernel/clock";
import { newId } from "../../../../src/kernel/ids";
import type { Trouble } from "../../ask";
import { forgetFile, isFileOf } from "./begun";
import { fileOne, nameIt, type Means } from "./file-one";
import type { Prepared } from "./prepare";
import { titleFrom } from "./title";
import { uploadTroubles } from "./upload-words";

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

/** What surrounds the uploads; a test brings its own. `onAllDone` is told how many of the list are filed. */
export type Surroundings = Means & { readonly onAllDone: (filed: number) => void };

const FILES_AT_ONCE = 3;
const AT_REST: ReadonlySet<UploadState> = new Set(["filed", "failed"]);

type Rows = ReturnType<typeof createRows>;

function createRows() {
  const [all, setAll] = createSignal<readonly Upload[]>([]);
  return {
    all,
    find: (id: number) => all().find((one) => one.id === id),
    add: (made: readonly Upload[]) => setAll((before) => [...before, ...made]),
    change: (id: number, to: Partial<Upload>) => setAll((before) => before.map((one) => (one.id === id ? { ...one, ...to } : one))),
    keep: (isKept: (one: Upload) => boolean) => setAll((before) => before.filter(isKept)),
    isBusy: () => all().some(({ state }) => !AT_REST.has(state)),
  };
}

/** Takes the next ones in their order, so many at once; `stop` ends one. */
function createRunner(rows: Rows, around: Surroundings, onFiled: () => void) {
  const stops = new Map<number, AbortController>();
  const begin = () => {
    for (const one of rows.all()) if (one.state === "queued" && stops.size < FILES_AT_ONCE) void run(one);
  };
  const run = async (one: Upload) => {
    const stop = new AbortController();
    stops.set(one.id, stop);
    const desk = { ...around, signal: stop.signal, change: (to: Partial<Upload>) => rows.change(one.id, to), titleNow: () => rows.find(one.id)?.title ?? one.title };
    const outcome = await fileOne(desk, one).catch(() => ({ document: null, trouble: uploadTroubles.unreadable }));
    stops.delete(one.id);
    rows.change(one.id, { ...outcome, ...(outcome.document === null ? { state: "failed" } : { state: "filed", part: 1 }) });
    if (outcome.document !== null) {
      onFiled();
      if (!rows.isBusy()) around.onAllDone(rows.all().filter(({ state }) => state === "filed").length);
    }
    begin();
  };
  return { begin, stop: (id: number) => stops.get(id)?.abort() };
}

/** An empty desk. */
export function createUploads(around: Surroundings): Uploads {
  const rows = createRows();
  const [filedCount, setFiledCount] = createSignal(0);
  const { begin, stop } = createRunner(rows, around, () => setFiledCount((before) => before + 1));
  let lastId = 0;
  return {
    all: rows.all, filedCount, isBusy: rows.isBusy,
    add: (files, filing, unfinished) => {
      const mine = new Set(rows.all().flatMap(({ begun }) => begun ?? []));
      const begunAs = (file: File) => unfinished.find((upload) => isFileOf(upload, file) && !mine.has(upload.id))?.id ?? null;
      rows.add([...files].map((file) => newUpload(++lastId, file, filing, begunAs(file))));
      begin();
    },
    again: (id, makesSmaller) => {
      const one = rows.find(id);
      if (one?.state !== "failed") return;
      // Other bytes under the key of the first ones would be refused.
      const anew = makesSmaller === undefined ? {} : { key: newId(systemRandom), filing: { ...one.filing, makesSmaller } };
      rows.change(id, { state: "queued", part: 0, trouble: null, ...anew });
      begin();
    },
    drop: (id) => {
      const one = rows.find(id);
      stop(id);
      rows.keep((other) => other.id !== id);
      if (one?.begun === null || one?.begun === undefined) return;
      forgetFile(one.begun);
      if (one.state !== "filed") void around.api.cancelUpload(one.begun);
    },
    dropFinished: () => rows.keep(({ state }) => state !== "filed"),
    rename: (id, title) => {
      rows.change(id, { title });
      const document = rows.find(id)?.document ?? null;
      if (document !== null) void nameIt(around.api, document, title).then((outcome) => rows.change(id, outcome));
    },
  };
}

function newUpload(id: number, file: File, filing: Filing, begun: string | null): Upload {
  return { id, key: newId(systemRandom), file, filing, title: titleFrom(file.name), state: "queued", part: 0, prepared: null, begun, document: null, trouble: null };
}
