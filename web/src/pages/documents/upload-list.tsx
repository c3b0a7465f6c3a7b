/** What becomes of each file of this visit: its picture, its title, how far it is, and the way on where it failed. */
import { onCleanup, Show, type Accessor, type JSX } from "solid-js";
import type { Trouble } from "../../ask";
import { ById } from "../../ui/by-id";
import { focusHeading } from "../../ui/page";
import { Problem } from "../../ui/states";
import { documentAddress } from "./filters";
import { isPhoto } from "./prepare";
import { sizeInWords } from "./sizes";
import type { Upload, Uploads } from "./uploads";
import { uploadTroubles, uploadWords as words } from "./upload-words";

/** Nothing while nothing was chosen. How many are filed is said politely, in one place. */
export function UploadList(props: { uploads: Uploads }): JSX.Element {
  const many = (state: Upload["state"]) => props.uploads.all().filter((one) => one.state === state).length;
  const all = () => props.uploads.all().length;
  return (
    <section class="filing-list">
      <div class="split">
        <Show when={all() > 0}><h2>{words.list}</h2></Show>
        <p class="small" role="status">{all() === 0 ? "" : words.summary(many("filed"), all(), many("failed"))}</p>
        <Show when={many("filed") > 0}><button type="button" class="plain" onClick={() => { props.uploads.dropFinished(); focusHeading(); }}>{words.clear}</button></Show>
      </div>
      <Show when={all() > 0}><ul class="being-filed"><ById items={props.uploads.all()}>{(upload) => <Row upload={upload} uploads={props.uploads} />}</ById></ul></Show>
    </section>
  );
}

type RowProps = { upload: Accessor<Upload>; uploads: Uploads };

function Row(props: RowProps): JSX.Element {
  const one = () => props.upload();
  const rename = (input: HTMLInputElement) => {
    const title = input.value.trim();
    if (title === "") input.value = one().title;
    else props.uploads.rename(one().id, title);
  };
  const isUnderWay = () => one().state === "sending" || one().state === "checking";
  return (
    <li data-state={one().state}>
      <Preview upload={one} />
      <div>
        <input
          class="upload-title" aria-label={words.name(one().file.name)} value={one().title} maxlength="120" autocomplete="off"
          onChange={(event) => rename(event.currentTarget)}
        />
        <p class="small"><State upload={one()} /> · {facts(one())}</p>
        <Show when={isUnderWay()}><progress max="1" value={one().part} aria-label={words.progress(one().title)} /></Show>
        <Show when={one().trouble}>{(trouble) => <Problem trouble={ofFile(trouble())} />}</Show>
        <Acts {...props} />
      </div>
    </li>
  );
}

function State(props: { upload: Upload }): JSX.Element {
  const text = () => (props.upload.state === "sending" ? words.sending(props.upload.part) : words.states[props.upload.state]);
  const glyph = () => ({ filed: "✓ ", failed: "! ", offline: "◐ " } as Partial<Record<Upload["state"], string>>)[props.upload.state] ?? "";
  const tone = () => (props.upload.state === "filed" ? "ties" : props.upload.state === "failed" ? "failed" : props.upload.state === "offline" ? "held" : "quiet");
  return <span class="mark" data-tone={tone()}><span aria-hidden="true">{glyph()}</span>{text()}</span>;
}

function Acts(props: RowProps): JSX.Element {
  let line: HTMLParagraphElement | undefined;
  const one = () => props.upload();
  const drop = () => {
    const row = line?.closest("li");
    const next = (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector<HTMLElement>("input");
    props.uploads.drop(one().id);
    // The row takes the pressed button with it.
    if (next === null || next === undefined) focusHeading();
    else next.focus();
  };
  const canShrink = () => one().trouble === uploadTroubles.largePhoto && !one().filing.makesSmaller;
  const isDone = () => one().state === "filed" || one().state === "failed";
  const name = () => <span class="unseen">: {one().title}</span>;
  return (
    <p class="row-acts" ref={(made) => (line = made)}>
      <Show when={one().state === "failed"}>
        <button type="button" class="button" onClick={() => props.uploads.again(one().id, canShrink() ? true : undefined)}>{canShrink() ? words.againSmaller : words.again}{name()}</button>
      </Show>
      <Show when={one().document}>{(document) => <a class="button" href={documentAddress(document().id)}>{words.open}{name()}</a>}</Show>
      <button type="button" class="button" onClick={drop}>{isDone() ? words.remove : words.cancel}{name()}</button>
    </p>
  );
}

function Preview(props: { upload: Accessor<Upload> }): JSX.Element {
  const thumbnail = () => props.upload().prepared?.thumbnail ?? null;
  return <div class="preview" aria-hidden="true"><Show when={thumbnail()} keyed fallback={<span>{endingOf(props.upload().file.name)}</span>}>{(blob) => <Drawn blob={blob} />}</Show></div>;
}

function Drawn(props: { blob: Blob }): JSX.Element {
  const address = URL.createObjectURL(props.blob);
  onCleanup(() => URL.revokeObjectURL(address));
  return <img src={address} alt="" />;
}

function facts({ file, prepared }: Upload): string {
  const pixels = prepared?.pixels ?? null;
  const isSmaller = prepared !== null && prepared.body !== file;
  return [
    file.name,
    pixels === null ? "" : `${pixels.width} × ${pixels.height}`,
    isSmaller ? words.smaller(sizeInWords(file.size), sizeInWords(prepared.body.size)) : sizeInWords(file.size),
    prepared !== null && pixels === null && isPhoto(file) ? words.noThumbnail : "",
  ].filter((fact) => fact !== "").join(" · ");
}

/** What the server says of a form's field, said of a file among others. */
function ofFile(trouble: Trouble): Trouble {
  return trouble.fields.some(({ path }) => path === "file") ? { ...trouble, next: words.refusedNext } : trouble;
}

const endingOf = (name: string) => (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? "file").toUpperCase();
