/** One document: seen in place, described, shared, replaced, removed. */
import { useLocation, useNavigate, useParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, lazy, on, onCleanup, onMount, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { Trouble } from "../../ask";
import { dateIn } from "../../ui/dates";
import { Icon } from "../../ui/icon";
import { createLive } from "../../ui/live";
import { focusHeading, Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { documentWords as words, removeWords } from "./document-words";
import { documentsApi } from "./documents-api";
import { Facts } from "./facts";
import { documentAddress, documentsAddress, readDocumentFilters } from "./filters";
import { lastShown } from "./last-shown";
import { saveLink } from "./link";
import { neighboursOf } from "./shelf";
import "../../styles/document.css";

const Viewer = lazy(() => import("./viewer"));
const ShareDialog = lazy(() => import("./share-dialog"));
const DetailsDialog = lazy(() => import("./details-dialog"));
const ReplaceDialog = lazy(() => import("./replace-dialog"));
const RemoveDialog = lazy(() => import("./remove-dialog"));

type Asked = "share" | "details" | "replace" | "remove" | null;

/** /documents/:document, with the filters of the list that it was opened from */
export default function DocumentPage(): JSX.Element {
  return <Permitted permission="documents.read"><One /></Permitted>;
}

function One(): JSX.Element {
  const params = useParams();
  const id = () => params["document"] ?? "";
  const live = createLive({ key: () => `document ${id()}`, ask: () => documentsApi.document(id()) });
  const [asked, setAsked] = createSignal<Asked>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const document = () => live.value()?.document;
  const download = async () => setTrouble(await saveLink(id()));
  return (
    <Page title={document()?.title ?? words.title} beside={<Steps id={id()} />} actions={<Show when={document()}>{(one) => <Acts document={one()} onAsk={setAsked} onDownload={() => void download()} />}</Show>}>
      <Show when={trouble()}>{(failure) => <Problem trouble={failure()} onRetry={() => void download()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={8} tall />}>
        {(view) => <Shown document={() => view().document} onDescribe={() => setAsked("details")} onDownload={() => void download()} />}
      </Loaded>
      <Suspense><Show when={document()}>{(one) => <Dialogs document={one} asked={asked()} onClose={() => setAsked(null)} onChanged={() => void live.reload()} />}</Show></Suspense>
    </Page>
  );
}

/** The way back, and to the neighbours of the list that it was opened from. */
function Steps(props: { id: string }): JSX.Element {
  const at = useLocation();
  const navigate = useNavigate();
  const filters = createMemo(() => readDocumentFilters(at.query));
  const neighbours = createMemo(() => neighboursOf(lastShown(), props.id));
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? neighbours().before : event.key === "ArrowRight" ? neighbours().after : null;
    const target = event.target instanceof Element ? event.target : null;
    const isTaken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || target?.closest("input, select, textarea, dialog, [data-scrolls]") !== null;
    if (step !== null && !isTaken) navigate(documentAddress(step, filters()));
  };
  // At the end of the list the pressed arrow is gone, and the focus with it.
  createEffect(on(() => props.id, () => queueMicrotask(() => document.activeElement === document.body && focusHeading()), { defer: true }));
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  const step = (id: string | null, icon: "left" | "right", name: string) => (
    <Show when={id} fallback={<span class="step off" aria-hidden="true"><Icon name={icon} /></span>}>{(other) => <a class="step" href={documentAddress(other(), filters())} aria-label={name} noScroll><Icon name={icon} /></a>}</Show>
  );
  return (
    <span class="stepper screen-only">
      {step(neighbours().before, "left", words.newer)}
      {step(neighbours().after, "right", words.older)}
      <a class="chip" href={documentsAddress(filters())}>{words.all}</a>
    </span>
  );
}

function Acts(props: { document: DocumentItem; onAsk: (asked: Asked) => void; onDownload: () => void }): JSX.Element {
  return (
    <>
      <button type="button" class="button" onClick={() => props.onDownload()}>{words.download}</button>
      <Act permission="documents.share" isPrimary onPress={() => props.onAsk("share")}>{words.share}</Act>
      <Show when={!isMade(props.document)}><Act permission="documents.write" onPress={() => props.onAsk("replace")}>{words.replace}</Act></Show>
      <Show when={props.document.kind !== "certificate"}><Act permission="documents.manage" onPress={() => props.onAsk("remove")}>{words.remove}</Act></Show>
    </>
  );
}

function Shown(props: { document: Accessor<DocumentItem>; onDescribe: () => void; onDownload: () => void }): JSX.Element {
  const shop = useShop();
  const one = () => props.document();
  return (
    <div class="document">
      <Show when={`${one().id} ${one().version}`} keyed>{(_content) => <Suspense fallback={<div class="viewer"><Bars count={8} tall /></div>}><Viewer document={one()} onDownload={() => props.onDownload()} /></Suspense>}</Show>
      <aside aria-label={words.facts}>
        <Facts document={one()} today={dateIn(shop.view().zone, Date.now())} zone={shop.view().zone} />
        <Show when={!isMade(one())} fallback={<p class="small">{words.made}</p>}><div><Act permission="documents.write" onPress={() => props.onDescribe()}>{words.describe}</Act></div></Show>
      </aside>
    </div>
  );
}

type DialogsProps = { document: Accessor<DocumentItem>; asked: Asked; onClose: () => void; onChanged: () => void };

function Dialogs(props: DialogsProps): JSX.Element {
  const at = useLocation();
  const navigate = useNavigate();
  const changed = () => {
    props.onClose();
    props.onChanged();
  };
  const removed = () => {
    announce(removeWords.done(props.document().title));
    navigate(documentsAddress(readDocumentFilters(at.query)));
  };
  const close = () => props.onClose();
  return (
    <>
      <Show when={props.asked === "share"}><ShareDialog document={props.document()} onClose={close} /></Show>
      <Show when={props.asked === "details"}><DetailsDialog document={props.document()} onSaved={changed} onStale={() => props.onChanged()} onClose={close} /></Show>
      <Show when={props.asked === "replace"}><ReplaceDialog document={props.document()} onReplaced={changed} onClose={close} /></Show>
      <Show when={props.asked === "remove"}><RemoveDialog document={props.document()} onRemoved={removed} onClose={close} /></Show>
    </>
  );
}

/** Certificates and reports are made here: they are what they say. A certificate is revoked, never removed. */
function isMade({ kind }: DocumentItem): boolean {
  return kind === "certificate" || kind === "report";
}
