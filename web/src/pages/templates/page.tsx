/** The shop's templates, and some to begin with. */
import { A } from "@solidjs/router";
import { For, Show, type Accessor, type JSX } from "solid-js";
import type { TemplatesView, TemplateView } from "../../../../src/features/messages/contract";
import { createActing, type Act as Doing } from "../../ui/acting";
import { ById } from "../../ui/by-id";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { templatesApi } from "../inbox/templates-api";
import { channelWords, kindWords, templatesWords as words } from "./words";
import "../../styles/lists.css";

/** /templates */
export default function TemplatesPage(): JSX.Element {
  return <Permitted permission="messages.read"><Templates /></Permitted>;
}

function Templates(): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => "message-templates", ask: templatesApi.templates });
  const { act, trouble } = createActing(live);
  const mayManage = () => shop.may("messages.manage");
  return (
    <Page title={words.title} about={words.about} actions={<><A class="button" href="/broadcasts">{words.lists}</A><Show when={mayManage()}><A class="button primary" href="/templates/new">{words.make}</A></Show></>}>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={4} tall />}>
        {(view) => (
          <div class="stack">
            <Show when={view().templates.length > 0} fallback={<div class="notice" data-tone="quiet"><h2>{words.empty}</h2><p>{mayManage() ? words.emptyNext : words.emptyViewer(shop.whoMay("messages.manage"))}</p></div>}>
              <Table templates={view().templates} act={act} />
            </Show>
            <Show when={mayManage()} fallback={<p class="small">{words.managers(shop.whoMay("messages.manage"))}</p>}><Starters starters={view().starters} /></Show>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Table(props: { templates: readonly TemplateView[]; act: Doing }): JSX.Element {
  return (
    <div class="card flush">
      <table class="ledger people template-table">
        <caption class="unseen">{words.title}</caption>
        <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.words}</th><th scope="col">{words.state}</th><th scope="col"><span class="unseen">{words.acts}</span></th></tr></thead>
        <tbody><ById items={props.templates}>{(one) => <Row template={one} act={props.act} />}</ById></tbody>
      </table>
    </div>
  );
}

function Row(props: { template: Accessor<TemplateView>; act: Doing }): JSX.Element {
  const shop = useShop();
  const one = () => props.template();
  const turn = () => void props.act(templatesApi.archive(one().id, one().version, !one().isArchived), one().isArchived ? words.restored(one().name) : words.archived(one().name));
  return (
    <tr>
      <th scope="row">{one().name}<small>{channelWords[one().channel]} · {kindWords[one().kind]}</small></th>
      <td class="said-words">{one().body}</td>
      <td data-label={words.state}><span class="mark" data-tone={one().isArchived ? "quiet" : "ties"}><span aria-hidden="true">{one().isArchived ? "○ " : "✓ "}</span>{one().isArchived ? words.isArchived : words.inUse}</span></td>
      <td class="n">
        <Show when={shop.may("messages.manage")}>
          <div class="row-acts">
            <A class="button" href={`/templates/${one().id}`} aria-label={words.changeOf(one().name)}>{words.change}</A>
            <Act permission="messages.manage" onPress={turn}>{one().isArchived ? words.restore : words.archive}<span class="unseen"> {one().name}</span></Act>
          </div>
        </Show>
      </td>
    </tr>
  );
}

/** Each opens in the form, to be changed and saved. */
function Starters(props: { starters: TemplatesView["starters"] }): JSX.Element {
  return (
    <section>
      <h2>{words.starters}</h2>
      <p class="small">{words.startersAbout}</p>
      <ul class="starters">
        <For each={props.starters}>
          {(one, index) => (
            <li class="card">
              <h3>{one.name} <small>{channelWords[one.channel]}</small></h3>
              <p class="said-words">{one.body}</p>
              <p class="buttons"><A class="button" href={`/templates/new?starter=${index()}`}>{words.start}<span class="unseen">: {one.name}</span></A></p>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
