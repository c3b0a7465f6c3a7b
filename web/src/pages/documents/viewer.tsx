/** A document in its page: photos to look into, PDFs by the browser's own reader, text as text. Nothing of it runs here. */
import { createSignal, onCleanup, onMount, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { Trouble } from "../../ask";
import { Bars, Problem, Waiting } from "../../ui/states";
import { documentWords as words } from "./document-words";
import { documentsApi } from "./documents-api";
import { Photo } from "./photo";

/** Larger PDFs are saved instead: the page would hold all of it in memory. */
const LARGEST_SHOWN_PDF_BYTES = 50_000_000;
const SHOWN_TEXT_BYTES = 262_144;

type Props = { document: DocumentItem; onDownload: () => void };

/** Asks for a link of its own each time it appears; for one content of one document. */
export default function Viewer(props: Props): JSX.Element {
  const [url, setUrl] = createSignal<string>();
  const [trouble, setTrouble] = createSignal<Trouble>();
  const isLargePdf = props.document.mediaType === "application/pdf" && props.document.sizeBytes > LARGEST_SHOWN_PDF_BYTES;
  const ask = async () => {
    setTrouble(undefined);
    const answer = await documentsApi.link(props.document.id, "inline");
    if (answer.ok) setUrl(answer.value.url);
    else setTrouble(answer.failure);
  };
  onMount(() => void (isLargePdf ? undefined : ask()));
  return (
    <section class="viewer" aria-label={words.viewer}>
      <Show when={!isLargePdf} fallback={<Instead title={words.tooLargeToShow} onDownload={() => props.onDownload()} />}>
        <Show when={trouble()} fallback={<Show when={url()} keyed fallback={<Waiting><Bars count={6} tall /></Waiting>}>{(found) => <Content {...props} url={found} />}</Show>}>
          {(failure) => <Problem trouble={failure()} onRetry={() => void ask()} />}
        </Show>
      </Show>
    </section>
  );
}

function Content(props: Props & { url: string }): JSX.Element {
  const { mediaType } = props.document;
  const instead = () => <Instead title={words.cannotShow(mediaType)} onDownload={() => props.onDownload()} />;
  if (mediaType.startsWith("image/")) return <Photo document={props.document} url={props.url} instead={instead} />;
  if (mediaType !== "application/pdf") return <Text {...props} />;
  return navigator.pdfViewerEnabled ? <Pdf {...props} /> : instead();
}

/** What could not be shown can be saved. */
function Instead(props: { title: string; onDownload: () => void }): JSX.Element {
  return <div class="notice" data-tone="quiet"><h2>{props.title}</h2><p>{words.cannotShowNext}</p><p><button type="button" class="button" onClick={() => props.onDownload()}>{words.download}</button></p></div>;
}

const UNREACHABLE: Trouble = { kind: "offline", title: words.unreachable, next: words.unreachableNext, fields: [], reference: "" };

/** Fetches the bytes and shows what `children` makes of them; a failure is shown with the way to try again. */
function Fetched<T>(props: { url: string; range?: string; read: (answer: Response) => Promise<T>; children: (value: T) => JSX.Element }): JSX.Element {
  const [value, setValue] = createSignal<{ readonly it: T }>();
  const [isLost, setLost] = createSignal(false);
  const stop = new AbortController();
  onCleanup(() => stop.abort());
  const load = async () => {
    setLost(false);
    try {
      const answer = await fetch(props.url, { signal: stop.signal, headers: props.range === undefined ? {} : { range: props.range } });
      if (!answer.ok) throw new Error("refused");
      const it = await props.read(answer);
      setValue({ it });
    } catch {
      setLost(!stop.signal.aborted);
    }
  };
  onMount(() => void load());
  return (
    <Show when={value()} fallback={<Show when={isLost()} fallback={<Waiting><Bars count={6} tall /></Waiting>}><Problem trouble={UNREACHABLE} onRetry={() => void load()} /></Show>}>
      {(found) => props.children(found().it)}
    </Show>
  );
}

function Pdf(props: Props & { url: string }): JSX.Element {
  return <Fetched url={props.url} read={async (answer) => await answer.blob()}>{(bytes) => <Frame bytes={bytes} title={props.document.title} />}</Fetched>;
}

/** The host of documents forbids its pages everything, the browser's reader too: so the bytes are shown from here, by their type alone. */
function Frame(props: { bytes: Blob; title: string }): JSX.Element {
  const address = URL.createObjectURL(new Blob([props.bytes], { type: "application/pdf" }));
  onCleanup(() => URL.revokeObjectURL(address));
  // Made by hand: no template of ours may hold a frame (`trusted.ts`).
  return Object.assign(document.createElement("iframe"), { src: `${address}#navpanes=0&view=FitH`, title: props.title });
}

function Text(props: Props & { url: string }): JSX.Element {
  const isCut = () => props.document.sizeBytes > SHOWN_TEXT_BYTES;
  return (
    <Fetched url={props.url} {...(isCut() ? { range: `bytes=0-${SHOWN_TEXT_BYTES - 1}` } : {})} read={async (answer) => await answer.text()}>
      {(text) => <><pre tabindex="0" data-scrolls="" aria-label={words.text} role="group">{text}</pre><Show when={isCut()}><p class="viewer-acts small">{words.cut}</p></Show></>}
    </Fetched>
  );
}
