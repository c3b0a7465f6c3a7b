/** The templates of a shop's certificates. */
import { A } from "@solidjs/router";
import { For, Show, type JSX } from "solid-js";
import type { TemplateView } from "../../../../src/features/certificates/contract";
import { createActing, type Act as Doing } from "../../ui/acting";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { certificatesApi } from "./certificates-api";
import { numberOf } from "./beforehand";
import { templateWords as words } from "./words";
import "../../styles/certificates.css";

/** /certificates/templates */
export default function TemplatesPage(): JSX.Element {
  return <Permitted permission="documents.read"><Templates /></Permitted>;
}

function Templates(): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => "certificates ", ask: () => certificatesApi.certificates("") });
  const { act, trouble } = createActing(live);
  const make = () => <Show when={shop.may("documents.manage")}><A class="button primary" href="/certificates/templates/new">{words.make}</A></Show>;
  return (
    <Page title={words.title} about={words.about} actions={<><A class="button" href="/certificates">{words.all}</A>{make()}</>}>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={3} tall />}>
        {(view) => (
          <Show when={view().templates.length > 0} fallback={<div class="notice" data-tone="quiet"><h2>{words.empty}</h2><p>{words.emptyNext}</p></div>}>
            <div class="card flush">
              <table class="ledger people papers">
                <caption class="unseen">{words.title}</caption>
                <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.nextIs}</th><th scope="col">{words.holds}</th><th scope="col">{words.state}</th><th scope="col"><span class="unseen">{words.acts}</span></th></tr></thead>
                <tbody><For each={view().templates}>{(one) => <Row template={one} act={act} />}</For></tbody>
              </table>
            </div>
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

function Row(props: { template: TemplateView; act: Doing }): JSX.Element {
  const shop = useShop();
  const one = () => props.template;
  const turn = () => void props.act(certificatesApi.archiveTemplate(one().id, one().version, !one().isArchived), one().isArchived ? words.restored(one().name) : words.archived(one().name));
  return (
    <tr>
      <th scope="row">{one().name}<small>{one().title}</small></th>
      <td data-label={words.nextIs}>{numberOf(one())}</td>
      <td data-label={words.holds}>{holds(one().validMonths)}</td>
      <td data-label={words.state}><span class="mark" data-tone={one().isArchived ? "quiet" : "ties"}>{one().isArchived ? `○ ${words.isArchived}` : `✓ ${words.inUse}`}</span></td>
      <td class="n">
        <div class="row-acts">
          <Show when={shop.may("documents.manage")}><A class="button" href={`/certificates/templates/${one().id}`} aria-label={words.changeOf(one().name)}>{words.change}</A></Show>
          <Act permission="documents.manage" onPress={turn}>{one().isArchived ? words.restore : words.archive}<span class="unseen"> {one().name}</span></Act>
        </div>
      </td>
    </tr>
  );
}

function holds(months: number | null): string {
  return months === null ? words.never : words.months(months);
}
