/** What is under way, and what was broken off: loaded after the page, since nobody needs it before the first file. */
import { createEffect, on, type JSX } from "solid-js";
import { uploadsDesk } from "./desk";
import { UnfinishedUploads } from "./unfinished";
import { UploadList } from "./upload-list";
import type { Unfinished } from "./uploads";

type Props = { unfinished: readonly Unfinished[]; onFile: (file: File) => void; onChanged: () => void };

/** `onChanged` after each document that was filed, and each upload that was let go. */
export default function UploadDesk(props: Props): JSX.Element {
  const uploads = uploadsDesk();
  const mine = () => new Set(uploads.all().flatMap(({ begun }) => begun ?? []));
  createEffect(on(uploads.filedCount, () => props.onChanged(), { defer: true }));
  return (
    <>
      <UploadList uploads={uploads} />
      <UnfinishedUploads uploads={props.unfinished.filter(({ id }) => !mine().has(id))} onFile={props.onFile} onChanged={props.onChanged} />
    </>
  );
}
