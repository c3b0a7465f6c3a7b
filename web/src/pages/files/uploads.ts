/** The files that were dropped on this page since it was opened, one sent after the other. */
import { createSignal, type Accessor } from "solid-js";
import type { UploadAnswer, UploadQuery } from "../../../../src/features/files/contract";
import type { Trouble } from "../../api";
import { filesApi } from "./files-api";

export type Upload = {
  readonly id: number;
  readonly file: File;
  /** From 0 to 1; null before and after. */
  readonly part: number | null;
  readonly answer: UploadAnswer | null;
  readonly trouble: Trouble | null;
};

export type Uploads = {
  readonly all: Accessor<readonly Upload[]>;
  /** Sends files in their order. */
  readonly add: (files: Iterable<File>) => void;
  /** Sends one again, now that it is known how it is read. */
  readonly again: (id: number, query?: Partial<UploadQuery>) => void;
  readonly remove: (id: number) => void;
};

/** `onDone`: after each file, whatever became of it. */
export function createUploads(onDone: (answer: UploadAnswer | null) => void): Uploads {
  const [all, setAll] = createSignal<readonly Upload[]>([]);
  let lastId = 0;
  let line = Promise.resolve();
  const change = (id: number, to: Partial<Upload>) => setAll((before) => before.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const run = async (id: number, file: File, query: Partial<UploadQuery>) => {
    change(id, { part: 0, answer: null, trouble: null });
    const answer = await filesApi.upload(file, { name: file.name.slice(-255) || "file", ...query }, (part) => change(id, { part }));
    change(id, answer.ok ? { part: null, answer: answer.value } : { part: null, trouble: answer.failure });
    onDone(answer.ok ? answer.value : null);
  };
  const enqueue = (id: number, file: File, query: Partial<UploadQuery> = {}) => (line = line.then(async () => await run(id, file, query)));
  return {
    all,
    add: (files) => {
      for (const file of files) {
        const id = ++lastId;
        setAll((before) => [...before, { id, file, part: null, answer: null, trouble: null }]);
        void enqueue(id, file);
      }
    },
    again: (id, query) => {
      const found = all().find((one) => one.id === id);
      if (found !== undefined) void enqueue(id, found.file, query);
    },
    remove: (id) => setAll((before) => before.filter((one) => one.id !== id)),
  };
}
