/** A file of contacts on its way in: looked through, its columns said, taken step by step, also after the page was left. */
import { createSignal, onCleanup, type Accessor } from "solid-js";
import type { ImportField, ImportQuery, ImportView } from "../../../../src/features/contacts/contract";
import type { Answer, Trouble } from "../../ask";
import { importApi, type ImportAnswer } from "./import-api";

export type Importing = {
  readonly view: Accessor<ImportView | undefined>;
  /** The file of this visit; one that was left unfinished has none here. */
  readonly file: Accessor<File | undefined>;
  readonly isBusy: Accessor<boolean>;
  readonly trouble: Accessor<Trouble | undefined>;
  /** Since when people are taken in this visit, in epoch milliseconds. */
  readonly startedAt: Accessor<number>;
  readonly look: (file: File) => Promise<void>;
  /** Says which heading is what; an empty one is none. */
  readonly setColumns: (columns: Partial<Record<ImportField, string>>, dates: "mdy" | "dmy") => Promise<void>;
  readonly take: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

/** `unfinished`: what was left open before, to go on with. */
export function createImporting(unfinished: ImportView | undefined): Importing {
  const [view, setView] = createSignal<ImportView | undefined>(unfinished);
  const [file, setFile] = createSignal<File>();
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [startedAt, setStartedAt] = createSignal(0);
  const leaving = new AbortController();
  onCleanup(() => leaving.abort());
  const keep = (answer: Answer<ImportAnswer>): ImportView | undefined => {
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) setView(answer.value.import);
    return answer.ok ? answer.value.import : undefined;
  };
  const busily = async (act: () => Promise<void>) => {
    if (isBusy()) return;
    setBusy(true);
    await act();
    setBusy(false);
  };
  const lookAt = async (chosen: File, query: ImportQuery) => {
    keep(await importApi.look(chosen, query));
  };
  const take = async () => {
    setStartedAt(Date.now());
    let now = view();
    // Each step ends by itself; one that was lost is asked for again by the person, and takes nobody twice.
    while (now !== undefined && now.state !== "done" && !leaving.signal.aborted) now = keep(await importApi.step(now.id));
  };
  return {
    view, file, isBusy, trouble, startedAt,
    look: (chosen) => busily(async () => {
      setFile(chosen);
      setView(undefined);
      await lookAt(chosen, {});
    }),
    setColumns: (columns, dates) => busily(async () => {
      const chosen = file();
      if (chosen !== undefined) await lookAt(chosen, { ...columns, dates });
    }),
    take: () => busily(take),
    drop: () => busily(async () => {
      const now = view();
      if (now !== undefined && now.state !== "done") await importApi.drop(now.id);
      setView(undefined);
      setFile(undefined);
      setTrouble(undefined);
    }),
  };
}
