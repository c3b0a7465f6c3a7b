/** What went to many, and how far it is. */
import { A } from "@solidjs/router";
import { Show, type Accessor, type JSX } from "solid-js";
import type { BroadcastItem, BroadcastsView } from "../../../../src/features/broadcasts/contract";
import { ById } from "../../ui/by-id";
import { ago } from "../../ui/dates";
import { Page } from "../../ui/page";
import { createPages, type Pages } from "../../ui/pages";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { broadcastsApi } from "./broadcasts-api";
import { ListMark, Progress } from "./marks";
import { listsWords as words } from "./words";
import "../../styles/lists.css";

/** /broadcasts */
export default function BroadcastsPage(): JSX.Element {
  return <Permitted permission="messages.read"><Broadcasts /></Permitted>;
}

function Broadcasts(): JSX.Element {
  const shop = useShop();
  const pages = createPages<BroadcastsView, BroadcastItem>({
    key: () => "broadcasts", ask: (after) => broadcastsApi.lists(after === undefined ? {} : { after }),
    pageOf: ({ broadcasts, next }) => ({ rows: broadcasts, next }), idOf: ({ id }) => id, lookAgainWhile: ({ broadcasts }) => broadcasts.some(({ state }) => state === "running"),
  });
  const mayManage = () => shop.may("messages.manage");
  const make = () => <Show when={mayManage()}><A class="button primary" href="/broadcasts/new">{words.make}</A></Show>;
  return (
    <Page title={words.title} about={words.about} actions={<><A class="button" href="/templates">{words.templates}</A><Show when={pages.rows().length > 0}>{make()}</Show></>}>
      <Loaded live={pages.live} skeleton={<Bars count={5} tall />}>
        {() => (
          <Show
            when={pages.rows().length > 0}
            fallback={<div class="notice" data-tone="quiet"><h2>{words.empty}</h2><p>{mayManage() ? words.emptyNext : words.emptyViewer(shop.whoMay("messages.manage"))}</p><p>{make()}</p></div>}
          >
            <Table pages={pages} />
            <Show when={!mayManage()}><p class="small">{words.managers(shop.whoMay("messages.manage"))}</p></Show>
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

function Table(props: { pages: Pages<BroadcastsView, BroadcastItem> }): JSX.Element {
  const pages = props.pages;
  return (
    <>
      <div class="card flush">
        <table class="ledger people lists-table">
          <caption class="unseen">{words.list}</caption>
          <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.state}</th><th scope="col">{words.progress}</th></tr></thead>
          <tbody><ById items={pages.rows()}>{(one) => <Row list={one} />}</ById></tbody>
        </table>
      </div>
      <Show when={pages.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void pages.more()} />}</Show>
      <Show when={pages.hasMore()}>
        <p class="buttons"><button type="button" class="button" aria-disabled={pages.isLoadingMore() ? "true" : undefined} onClick={() => void pages.more()}>{pages.isLoadingMore() ? words.moreBusy : words.more}</button></p>
      </Show>
    </>
  );
}

function Row(props: { list: Accessor<BroadcastItem> }): JSX.Element {
  const shop = useShop();
  const one = () => props.list();
  return (
    <tr>
      <th scope="row"><A href={`/broadcasts/${one().id}`}>{one().name}</A><small>{words.by(one().createdBy, ago(one().createdAt, Date.now(), shop.view().zone))}</small></th>
      <td data-label={words.state}><ListMark state={one().state} /></td>
      <td class="list-progress"><Progress counts={one().counts} name={one().name} /></td>
    </tr>
  );
}
