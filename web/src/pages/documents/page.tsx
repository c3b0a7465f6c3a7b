/** What is filed of a shop: the ways in, what is under way, and everything that is there. */
import { lazy, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { DocumentsView } from "../../../../src/features/documents/contract";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { look } from "./choice";
import { createDocuments, type Documents } from "./controller";
import { DropAnywhere, FileButtons } from "./filing";
import { createFiling } from "./filing-choice";
import { isFiltered } from "./filters";
import { Grid, Table } from "./shown";
import { Tools } from "./tools";
import { documentsWords as words } from "./words";
import "../../styles/documents.css";

const FilingFields = lazy(() => import("./filing-fields"));
const UploadDesk = lazy(() => import("./upload-desk"));
const Keeping = lazy(() => import("./keeping"));

/** /documents?search=&kind=&about=&subject=&expiring= */
export default function DocumentsPage(): JSX.Element {
  return <Permitted permission="documents.read"><Found /></Permitted>;
}

function Found(): JSX.Element {
  const shop = useShop();
  const documents = createDocuments();
  const choice = createFiling(documents.filters);
  const unfinished = () => documents.live.value()?.uploads ?? [];
  const add = async (files: readonly File[]) => {
    const { uploadsDesk } = await import("./desk");
    uploadsDesk().add(files, choice.filing(), unfinished());
  };
  const onFiles = (files: readonly File[]) => void add(files);
  return (
    <Page title={words.title} about={words.about} actions={<FileButtons onFiles={onFiles} />}>
      <DropAnywhere onFiles={onFiles} />
      <Show when={shop.may("documents.write")}>
        <p class="small">{words.hint} {words.limits}</p>
        <details class="filing"><summary>{words.options}</summary><Suspense><FilingFields choice={choice} /></Suspense></details>
        <Suspense><UploadDesk unfinished={unfinished()} onFile={(file) => onFiles([file])} onChanged={() => void documents.live.reload()} /></Suspense>
      </Show>
      <Loaded live={documents.live} skeleton={<><Bars count={2} /><Bars count={5} tall /></>}>
        {(view) => <Desk documents={documents} view={view} />}
      </Loaded>
    </Page>
  );
}

function Desk(props: { documents: Documents; view: Accessor<DocumentsView> }): JSX.Element {
  const isEmpty = () => props.documents.shown().length === 0 && !isFiltered(props.documents.filters());
  return (
    <>
      <Show when={!isEmpty()} fallback={<Nothing />}>
        <Tools documents={props.documents} />
        <Results documents={props.documents} />
      </Show>
      <Suspense><Keeping seals={props.view().rule.seals} live={props.documents.live} /></Suspense>
    </>
  );
}

function Results(props: { documents: Documents }): JSX.Element {
  let results: HTMLDivElement | undefined;
  const shown = () => props.documents.shown();
  const more = async () => {
    const before = shown().length;
    await props.documents.more();
    // Reading goes on at the first of the new ones; the button may be gone.
    results?.querySelectorAll<HTMLElement>("li > a, th > a")[before]?.focus();
  };
  const parts = () => ({ documents: shown(), filters: props.documents.filters(), today: props.documents.today });
  return (
    <div ref={(made) => (results = made)}>
      <p class="small found" role="status">{shown().length === 0 ? words.none : words.found(shown().length, props.documents.hasMore())}</p>
      <Show when={shown().length > 0}><Show when={look() === "grid"} fallback={<Table {...parts()} />}><Grid {...parts()} /></Show></Show>
      <Show when={props.documents.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void props.documents.more()} />}</Show>
      <Show when={props.documents.hasMore()}>
        <p class="buttons"><button type="button" class="button" aria-disabled={props.documents.isLoadingMore() ? "true" : undefined} onClick={() => void more()}>{props.documents.isLoadingMore() ? words.moreBusy : words.more}</button></p>
      </Show>
    </div>
  );
}

function Nothing(): JSX.Element {
  const shop = useShop();
  return <div class="notice" data-tone="quiet"><h2>{words.emptyTitle}</h2><p>{shop.may("documents.write") ? words.emptyText : words.emptyViewer}</p><Show when={shop.may("days.read")}><p><a href="/documents?kind=report">{words.reports}</a></p></Show></div>;
}
