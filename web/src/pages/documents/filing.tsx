/** The ways in: chosen, taken with the camera, dropped anywhere on the page, pasted; and what new documents are filed as. */
import { createSignal, createUniqueId, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import type { SubjectKind } from "../../../../src/features/documents/contract";
import { momentIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { makesSmaller, setMakesSmaller } from "./choice";
import type { DocumentFilters } from "./filters";
import type { Filing } from "./uploads";
import { documentsWords as words, kindWords, subjectKindWords } from "./words";

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

/** What new documents are filed as: what the page shows already, until something else is chosen. */
export function createFiling(filters: () => DocumentFilters) {
  const [kind, setKind] = createSignal<Filing["kind"]>(null);
  const [about, setAbout] = createSignal<{ readonly subjectKind: SubjectKind; readonly subject: string } | null>(null);
  const shown = () => about() ?? { subjectKind: filters().about ?? "shop", subject: filters().subject };
  const filing = (): Filing => {
    const subject = shown().subject.trim();
    return { kind: kind(), subjectKind: subject === "" ? "shop" : shown().subjectKind, subject: shown().subjectKind === "shop" ? "" : subject, makesSmaller: makesSmaller() };
  };
  return { filing, shown, kind, setKind, setAbout };
}

/** Folded away: most files need none of it. */
export function FilingOptions(props: { choice: ReturnType<typeof createFiling> }): JSX.Element {
  const id = createUniqueId();
  const about = () => props.choice.shown();
  return (
    <details class="filing">
      <summary>{words.options}</summary>
      <div class="filing-fields">
        <label for={`${id}-kind`}>{words.asKind}</label>
        <select id={`${id}-kind`} onChange={(event) => props.choice.setKind(kindOf(event.currentTarget.value))}>
          <option value="">{words.byItself}</option>
          <For each={["photo", "warranty", "other"] as const}>{(kind) => <option value={kind} selected={props.choice.kind() === kind}>{kindWords[kind]}</option>}</For>
        </select>
        <label for={`${id}-about`}>{words.aboutWhat}</label>
        <select id={`${id}-about`} onChange={(event) => props.choice.setAbout({ subjectKind: subjectKindOf(event.currentTarget.value), subject: "" })}>
          <For each={SUBJECT_KINDS}>{(kind) => <option value={kind} selected={about().subjectKind === kind}>{subjectKindWords[kind]}</option>}</For>
        </select>
        <Show when={about().subjectKind !== "shop"}>
          <label for={`${id}-subject`}>{words.subject[about().subjectKind]}</label>
          <input
            id={`${id}-subject`} type={about().subjectKind === "day" ? "date" : "text"} maxlength="100" autocomplete="off" value={about().subject} placeholder={words.subjectHint[about().subjectKind]}
            onInput={(event) => props.choice.setAbout({ subjectKind: about().subjectKind, subject: event.currentTarget.value })}
          />
        </Show>
        <div class="whole">
          <label class="tick"><input type="checkbox" checked={makesSmaller()} aria-describedby={`${id}-smaller`} onChange={(event) => setMakesSmaller(event.currentTarget.checked)} /> {words.makeSmaller}</label>
          <p class="small" id={`${id}-smaller`}>{words.makeSmallerHint}</p>
        </div>
      </div>
    </details>
  );
}

const SUBJECT_KINDS = Object.keys(subjectKindWords) as readonly SubjectKind[];
const subjectKindOf = (value: string): SubjectKind => SUBJECT_KINDS.find((kind) => kind === value) ?? "shop";
const kindOf = (value: string): Filing["kind"] => (value === "photo" || value === "warranty" || value === "other" ? value : null);
