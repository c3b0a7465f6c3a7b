/** A new list: what goes to whom, what would happen, and only then the start. */
import { A, useNavigate } from "@solidjs/router";
import { createEffect, createSignal, lazy, on, Show, Suspense, type JSX } from "solid-js";
import type { BroadcastPlan, DryRunView } from "../../../../src/features/broadcasts/contract";
import type { TemplateView } from "../../../../src/features/messages/contract";
import { createForm } from "../../ui/form";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { announce } from "../../ui/toast";
import { templatesApi } from "../inbox/templates-api";
import { broadcastsApi } from "./broadcasts-api";
import { ListForm } from "./list-form";
import { planOf, problemsOf, type Draft } from "./plan";
import { newWords as words, startWords } from "./words";
import "../../styles/lists.css";
import "../../styles/picking.css";

const DryRun = lazy(() => import("./dry-run"));

/** /broadcasts/new */
export default function NewBroadcastPage(): JSX.Element {
  return <Permitted permission="messages.manage"><NewList /></Permitted>;
}

function NewList(): JSX.Element {
  const live = createLive({ key: () => "message-templates", ask: templatesApi.templates });
  const usable = () => (live.value()?.templates ?? []).filter(({ isArchived }) => !isArchived);
  return (
    <Page title={words.title} about={words.about} actions={<A class="button" href="/broadcasts">{words.back}</A>}>
      <Loaded live={live} skeleton={<Bars count={6} tall />}>
        {() => (
          <Show when={usable().length > 0} fallback={<div class="notice" data-tone="quiet"><p>{words.noTemplates}</p><p><A class="button primary" href="/templates">{words.toTemplates}</A></p></div>}>
            <Planner templates={usable()} />
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

type Seen = { readonly plan: BroadcastPlan; readonly view: DryRunView };

function Planner(props: { templates: readonly TemplateView[] }): JSX.Element {
  const navigate = useNavigate();
  const form = createForm();
  const [draft, setDraft] = createSignal<Draft>({ template: "", link: "", tags: "", contacts: [], perMinute: "60" });
  const [seen, setSeen] = createSignal<Seen | null>(null);
  let result: HTMLElement | undefined;
  const chosen = () => props.templates.find(({ id }) => id === draft().template);
  const hasLink = () => chosen()?.fields.includes("link") === true;
  const plan = () => planOf(draft(), hasLink());
  const isChanged = () => seen() !== null && JSON.stringify(seen()?.plan) !== JSON.stringify(plan());
  const run = () => {
    const asked = plan();
    return form.send(problemsOf(draft(), hasLink()), () => broadcastsApi.dryRun(asked), (view) => setSeen({ plan: asked, view }));
  };
  createEffect(on(seen, (now) => now !== null && result?.focus(), { defer: true }));
  const started = (id: string, name: string) => {
    announce(startWords.done(name));
    navigate(`/broadcasts/${id}`);
  };
  return (
    <div class="stack wide list-form">
      <ListForm form={form} templates={props.templates} hasLink={hasLink()} isLookedAt={seen() !== null && !isChanged()} draft={draft()} onDraft={(change) => setDraft((before) => ({ ...before, ...change }))} onRun={() => void run()} />
      <section class="result" tabindex="-1" ref={(made) => (result = made)}>
        <Suspense fallback={<Bars count={4} tall />}><Show when={seen()} keyed>{(one) => <DryRun {...one} isChanged={isChanged()} onStarted={started} />}</Show></Suspense>
      </section>
    </div>
  );
}
