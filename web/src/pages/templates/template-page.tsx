/** One template: what it says, seen as it is written. */
import { A, useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { TemplateChange, TemplatesView, TemplateView } from "../../../../src/features/messages/contract";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { announce } from "../../ui/toast";
import { templatesApi } from "../inbox/templates-api";
import { changeOf, NEW_TEMPLATE } from "./drafts";
import { Preview } from "./preview";
import { TemplateForm } from "./template-form";
import { editWords as words, templatesWords } from "./words";
import "../../styles/lists.css";
import "../../styles/picking.css";

/** /templates/new?starter= and /templates/:template */
export default function TemplatePage(): JSX.Element {
  return <Permitted permission="messages.manage"><Template /></Permitted>;
}

function Template(): JSX.Element {
  const params = useParams();
  const [query] = useSearchParams();
  const live = createLive({ key: () => "message-templates", ask: templatesApi.templates });
  const isNew = () => params["template"] === "new";
  const found = () => live.value()?.templates.find(({ id }) => id === params["template"]);
  const begin = (view: TemplatesView): TemplateChange => view.starters[Number(query["starter"] ?? -1)] ?? NEW_TEMPLATE;
  return (
    <Page title={isNew() ? words.newTitle : (found()?.name ?? templatesWords.title)} actions={<A class="button" href="/templates">{words.back}</A>}>
      <Loaded live={live} skeleton={<Bars count={6} tall />}>
        {(view) => (
          <Show when={isNew() || found()} keyed fallback={<div class="notice"><h2>{words.gone}</h2><p>{words.goneNext}</p></div>}>
            {(one) => <Editor id={one === true ? null : one.id} start={one === true ? begin(view()) : changeOf(one)} fields={view().fields} />}
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

function Editor(props: { id: string | null; start: TemplateChange; fields: TemplatesView["fields"] }): JSX.Element {
  const navigate = useNavigate();
  // What was read is written on, while the page may learn of something newer: the server then says so.
  const [draft, setDraft] = createSignal<TemplateChange>(props.start);
  const saved = (template: TemplateView) => {
    announce(words.saved(template.name));
    navigate("/templates");
  };
  return (
    <div class="template-page">
      <TemplateForm id={props.id} draft={draft()} fields={props.fields} onDraft={(change) => setDraft((before) => ({ ...before, ...change }))} onSaved={saved} />
      <Preview draft={draft()} />
    </div>
  );
}
