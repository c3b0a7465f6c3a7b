/** Certificates: found, issued, revoked, opened. */
import { A, useSearchParams } from "@solidjs/router";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import type { CertificatesView, CertificateView } from "../../../../src/features/certificates/contract";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { createShelf, type Shelf } from "./controller";
import { IssueDialog } from "./issue-dialog";
import { CertificateList } from "./list";
import { RevokeDialog } from "./revoke-dialog";
import { certificateWords as words } from "./words";
import "../../styles/certificates.css";

/** /certificates */
export default function CertificatesPage(): JSX.Element {
  return <Permitted permission="documents.read"><Certificates /></Permitted>;
}

function Certificates(): JSX.Element {
  const [query, setQuery] = useSearchParams();
  const search = () => (typeof query["find"] === "string" ? query["find"].trim().slice(0, 80) : "");
  const shelf = createShelf(search);
  const [isIssuing, setIssuing] = createSignal(false);
  const [revoking, setRevoking] = createSignal<CertificateView | null>(null);
  const usable = () => (shelf.live.value()?.templates ?? []).filter(({ isArchived }) => !isArchived);
  return (
    <Page title={words.title} about={words.about} actions={
      <>
        <A class="button" href="/certificates/templates">{words.templates}</A>
        <Show when={usable().length > 0}><Act permission="documents.write" isPrimary onPress={() => setIssuing(true)}>{words.issue}</Act></Show>
      </>
    }>
      <Loaded live={shelf.live} skeleton={<Bars count={6} tall />}>
        {(view) => (
          <Switch fallback={<Desk shelf={shelf} search={search()} onSearch={(find) => setQuery({ find: find === "" ? undefined : find })} onRevoke={setRevoking} />}>
            <Match when={view().certificates.length === 0 && search() === ""}><Nothing view={view()} /></Match>
          </Switch>
        )}
      </Loaded>
      <Show when={isIssuing()}><IssueDialog templates={usable()} onIssued={shelf.changed} onClose={() => setIssuing(false)} /></Show>
      <Show when={revoking()}>{(one) => <RevokeDialog certificate={one()} onRevoked={shelf.changed} onClose={() => setRevoking(null)} />}</Show>
    </Page>
  );
}

function Nothing(props: { view: CertificatesView }): JSX.Element {
  const hasTemplates = () => props.view.templates.some(({ isArchived }) => !isArchived);
  return (
    <div class="notice" data-tone="quiet">
      <h2>{words.empty}</h2>
      <p>{hasTemplates() ? words.emptyWithTemplates : words.emptyNext}</p>
      <Show when={!hasTemplates() && props.view.may.manage}><p><A class="button primary" href="/certificates/templates/new">{words.firstTemplate}</A></p></Show>
    </div>
  );
}

type DeskProps = { shelf: Shelf; search: string; onSearch: (find: string) => void; onRevoke: (certificate: CertificateView) => void };

function Desk(props: DeskProps): JSX.Element {
  const shop = useShop();
  return (
    <div class="stack">
      <Search search={props.search} onSearch={(find) => props.onSearch(find)} />
      <Show when={props.shelf.certificates().length > 0} fallback={<p class="nothing">{words.noneFound(props.search)}</p>}>
        <CertificateList certificates={props.shelf.certificates()} onRevoke={(one) => props.onRevoke(one)} onChanged={props.shelf.changed} />
      </Show>
      <Show when={!shop.may("documents.manage")}><p class="small">{words.revokersAre(shop.whoMay("documents.manage"))}</p></Show>
      <Show when={props.shelf.trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <Show when={props.shelf.isMore()}>
        <p class="center"><button type="button" class="button" aria-disabled={props.shelf.isLoadingMore() ? "true" : undefined} onClick={() => void props.shelf.more()}>{props.shelf.isLoadingMore() ? words.loadingMore : words.more}</button></p>
      </Show>
    </div>
  );
}

function Search(props: { search: string; onSearch: (find: string) => void }): JSX.Element {
  let field: HTMLInputElement | undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    props.onSearch(field?.value.trim() ?? "");
  };
  const clear = () => {
    props.onSearch("");
    field?.focus();
  };
  return (
    <search>
      <form class="find-row" onSubmit={submit}>
        <label class="unseen" for="find-certificate">{words.find}</label>
        <input id="find-certificate" ref={(made) => (field = made)} type="search" autocomplete="off" maxlength={80} placeholder={words.find} value={props.search} />
        <button type="submit" class="button">{words.findNow}</button>
        <Show when={props.search !== ""}><button type="button" class="button" onClick={clear}>{words.everything}</button></Show>
      </form>
    </search>
  );
}
