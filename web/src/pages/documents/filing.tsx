/** The ways in: chosen, taken with the camera, dropped anywhere on the page, pasted. */
import { createSignal, onCleanup, onMount, Show, type JSX } from "solid-js";
import { momentIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { documentsWords as words } from "./words";

/** What the chooser of files offers; the server decides by the bytes. */
export const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,application/pdf,.pdf,text/csv,.csv,text/plain,.txt";

/** "File documents…", and on a device with a finger the camera. */
export function FileButtons(props: { onFiles: (files: readonly File[]) => void }): JSX.Element {
  return (
    <>
      <Chooser isPrimary onFiles={props.onFiles}>{words.file}</Chooser>
      <span class="touch-only"><Chooser camera onFiles={props.onFiles}>{words.camera}</Chooser></span>
    </>
  );
}

type ChooserProps = { isPrimary?: boolean; camera?: boolean; onFiles: (files: readonly File[]) => void; children: JSX.Element };

function Chooser(props: ChooserProps): JSX.Element {
  let input: HTMLInputElement | undefined;
  const taken = (element: HTMLInputElement) => {
    props.onFiles([...(element.files ?? [])]);
    // The same file can be chosen again.
    element.value = "";
  };
  return (
    <>
      <Act permission="documents.write" isPrimary={props.isPrimary === true} onPress={() => input?.click()}>{props.children}</Act>
      <input
        ref={(made) => (input = made)} type="file" hidden multiple={props.camera !== true} capture={props.camera === true ? "environment" : undefined}
        accept={props.camera === true ? "image/*" : ACCEPTED} onChange={(event) => taken(event.currentTarget)}
      />
    </>
  );
}

/** Listens to the whole page while it is shown; without the permission a dropped file is let fall rather than opened. */
export function DropAnywhere(props: { onFiles: (files: readonly File[]) => void }): JSX.Element {
  const shop = useShop();
  const [isOver, setOver] = createSignal(false);
  const may = () => shop.may("documents.write");
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  const on = {
    dragover: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(may());
    },
    dragleave: (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    },
    drop: (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (may()) props.onFiles([...(event.dataTransfer?.files ?? [])]);
    },
    paste: (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || !may() || document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      props.onFiles(files.map((file) => named(file, momentIn(shop.view().zone, Date.now()))));
    },
  };
  onMount(() => Object.entries(on).forEach(([name, listener]) => document.addEventListener(name, listener as EventListener)));
  onCleanup(() => Object.entries(on).forEach(([name, listener]) => document.removeEventListener(name, listener as EventListener)));
  return <Show when={isOver()}><div class="drop-here" aria-hidden="true"><p><b>{words.dropHere}</b><span>{words.dropAbout}</span></p></div></Show>;
}

/** What comes from the clipboard of pictures is called "image.png", all of it. */
function named(file: File, moment: string): File {
  return /^image\.\w+$/.test(file.name) ? new File([file], words.pasted(moment.replace(":", ".")), { type: file.type }) : file;
}
