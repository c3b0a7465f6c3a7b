/** One template: what is printed, seen as it is written. */
import { A, useNavigate, useParams } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { TemplateChange, TemplateView } from "../../../../src/features/certificates/contract";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { announce } from "../../ui/toast";
import { certificatesApi } from "./certificates-api";
import { Preview } from "./preview";
import { TemplateForm } from "./template-form";
import { formWords as words, templateWords } from "./words";
import "../../styles/certificates.css";

const NEW: TemplateChange = {
  name: "", title: "Warranty Certificate", statement: "", terms: "", numberPrefix: "", nextNumber: 1, validMonths: 24, logoDocumentId: null, version: 0,
};

/** /certificates/templates/new and /certificates/templates/:template */
export default function TemplatePage(): JSX.Element {
  return <Permitted permission="documents.manage"><Template /></Permitted>;
}

function Template(): JSX.Element {
  const params = useParams();
  const live = createLive({ key: () => "certificates ", ask: () => certificatesApi.certificates("") });
  const isNew = () => params["template"] === "new";
  const found = () => live.value()?.templates.find(({ id }) => id === params["template"]);
  return (
    <Page title={isNew() ? words.newTitle : (found()?.name ?? templateWords.title)} actions={<A class="button" href="/certificates/templates">{words.cancel}</A>}>
      <Loaded live={live} skeleton={<Bars count={8} tall />}>
        {() => (
          <Show when={isNew() || found()} keyed fallback={<div class="notice"><h2>{templateWords.gone}</h2><p>{templateWords.goneNext}</p></div>}>
            {(one) => <Editor template={one === true ? null : one} />}
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

function Editor(props: { template: TemplateView | null }): JSX.Element {
  const navigate = useNavigate();
  const [draft, setDraft] = createSignal<TemplateChange>(props.template === null ? NEW : changeOf(props.template));
  const saved = (template: TemplateView) => {
    announce(words.saved(template.name));
    navigate("/certificates/templates");
  };
  return (
    <div class="template">
      <TemplateForm id={props.template?.id ?? null} draft={draft()} onDraft={(change) => setDraft((before) => ({ ...before, ...change }))} onSaved={saved} />
      <Preview draft={draft()} />
    </div>
  );
}

function changeOf({ name, title, statement, terms, numberPrefix, nextNumber, validMonths, logoDocumentId, version }: TemplateView): TemplateChange {
  return { name, title, statement, terms, numberPrefix, nextNumber, validMonths, logoDocumentId, version };
}
