/** Chooses a template, shows it as this person will read it, and takes its words over. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { MessageView, TemplateView } from "../../../../src/features/messages/contract";
import { Dialog } from "../../ui/dialog";
import { createLive } from "../../ui/live";
import { Bars, Loaded } from "../../ui/states";
import { formWords } from "../../words";
import { costOf } from "./before-sending";
import type { Written } from "./draft";
import { templatesApi } from "./templates-api";
import { composerWords, pickWords as words } from "./words";

type Props = { contact: string; channel: MessageView["channel"]; onPick: (change: Partial<Written>) => void; onClose: () => void };

/** The words can still be changed before they are sent. */
export default function PickTemplate(props: Props): JSX.Element {
  const live = createLive({ key: () => "message-templates", ask: templatesApi.templates });
  const [chosen, setChosen] = createSignal<TemplateView | null>(null);
  const usable = () => (live.value()?.templates ?? []).filter(({ isArchived, channel }) => !isArchived && channel === props.channel);
  return (
    <Dialog title={words.templates} onClose={() => props.onClose()}>
      <Loaded live={live} skeleton={<Bars count={4} tall />}>
        {() => (
          <Show when={usable().length > 0} fallback={<p>{words.noTemplates} <a href="/templates">{words.toTemplates}</a></p>}>
            <ul class="pick-list">
              <For each={usable()}>{(one) => <li><button type="button" aria-pressed={chosen()?.id === one.id ? "true" : "false"} onClick={() => setChosen(one)}><b>{one.name}</b><small>{one.body}</small></button></li>}</For>
            </ul>
          </Show>
        )}
      </Loaded>
      <Show when={chosen()} keyed fallback={<Buttons onClose={() => props.onClose()} />}>{(template) => <Preview {...props} template={template} />}</Show>
    </Dialog>
  );
}

function Preview(props: Props & { template: TemplateView }): JSX.Element {
  const { id, channel, subject, body } = props.template;
  const live = createLive({ key: () => `template ${id} ${props.contact}`, ask: () => templatesApi.preview({ channel, subject, body, contact: props.contact, link: "", certificate: "" }) });
  return (
    <div role="status">
      <Loaded live={live} skeleton={<Bars count={3} />}>
        {(preview) => (
          <>
            <p class="small">{words.preview}</p>
            <div class="preview-text"><Show when={preview().subject !== ""}><b>{preview().subject}<br /></b></Show>{preview().body}</div>
            <Show when={channel === "text"}><p class="small">{composerWords.counted(preview().characters, preview().segments, costOf(1, preview().costMicros ?? 0))}</p></Show>
            <Show when={preview().missing.length > 0}><p class="small">{words.missing(preview().missing)}</p></Show>
            <For each={preview().warnings}>{(warning) => <p class="small">{warning.message}</p>}</For>
            <p class="small">{words.useAbout}</p>
            <Buttons onUse={() => props.onPick({ template: id, subject: preview().subject, body: preview().body })} onClose={() => props.onClose()} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Buttons(props: { onUse?: () => void; onClose: () => void }): JSX.Element {
  return (
    <div class="dialog-actions">
      <button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>
      <Show when={props.onUse}>{(use) => <button type="button" class="button primary" onClick={() => use()()}>{words.use}</button>}</Show>
    </div>
  );
}
